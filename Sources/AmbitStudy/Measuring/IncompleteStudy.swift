import AmbitMeasures

// Every number of a study that had to leave checkpoints out is flagged: with them, other prompts would have
// matched, joint planes and clusters would be others, and p values would be adjusted over more rows.

extension MeasureSuite.Result {
  /// Flags every row, where checkpoints were left out.
  mutating func flagIncomplete(_ count: Int) {
    measurements = measurements.flaggedIncomplete(count)
    guard count > 0 else { return }
    promptMeasurements.setFlags { $0.adding(.incomplete(count)) }
  }
}

extension [Measurement] {
  /// The same rows with their flag, where checkpoints were left out.
  func flaggedIncomplete(_ count: Int) -> [Measurement] {
    guard count > 0 else { return self }
    return map { row in
      var row = row
      row.flags = row.flags.adding(.incomplete(count))
      return row
    }
  }
}

extension [MeasurementFlag] {
  /// With one more, in the order in which flags are written: only `forced` comes behind it.
  fileprivate func adding(_ flag: MeasurementFlag) -> [MeasurementFlag] {
    var flags = self
    flags.insert(flag, at: flags.last == .forced ? flags.count - 1 : flags.count)
    return flags
  }
}
