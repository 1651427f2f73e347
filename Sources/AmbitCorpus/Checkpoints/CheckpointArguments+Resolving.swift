public import AmbitFormats

extension CheckpointArguments {
  /// Checkpoints in the order given, and which is the baseline.
  public struct Resolved: Sendable {
    /// The checkpoints; their names are distinct.
    public var checkpoints: [Checkpoint]
    /// The index of the baseline.
    public var baselineIndex: Int
    /// Whether the user put them in this order: not a folder, a pattern, an alphabet or one file of many.
    public var isOrderGiven: Bool
    /// Files skipped, checkpoints left out.
    public var notices: [CorpusNotice]
    /// Chains of checkpoints, where any were given.
    public var lineages: [CheckpointLineage] = []
    /// What was left out because it could not be used, in order.
    public var skipped: [SkippedFile] = []
  }

  /// A file that was left out because it cannot be used.
  public struct SkippedFile: Sendable, Equatable {
    /// The name that it would have.
    public var name: String
    /// What is wrong with it.
    public var error: InputError
  }

  /// Reads all files; linear in their size. Files that cannot be used are all named at once, or left out
  /// where `skipsBad` says so.
  ///
  /// Throws `InputError`: `selection` for `name=FOLDER`, an empty name or folder, two checkpoints of one
  /// name, fewer than two checkpoints (unless `allowsOne`), an unknown baseline, dropped name or member of a
  /// lineage; and what `OutputFile` throws.
  ///
  /// - Parameter progress: called before each file with how many were read and how many there are.
  public func resolve(
    allowsOne: Bool = false, progress: (_ done: Int, _ total: Int) -> Void = { _, _ in }
  ) throws -> Resolved {
    var reading = try CheckpointReading(self, progress: progress)
    try reading.checkVectors()
    try reading.settle()
    var checkpoints = reading.checkpoints
    try checkNames(checkpoints)
    for name in dropped {
      if !reading.droppedUnread.contains(where: { TextKey($0) == TextKey(name) }) {
        try checkExists(name, among: checkpoints.map(\.checkpoint), option: "drop")
      }
      checkpoints.removeAll { TextKey($0.checkpoint.name) == TextKey(name) }
      reading.notices.append(
        CorpusNotice(.checkpointDropped, subject: name, "left out by --drop"))
    }
    let found = checkpoints.map(\.checkpoint)
    guard found.count > (allowsOne ? 0 : 1) else {
      throw InputError(
        .selection,
        found.isEmpty
          ? "no checkpoint is left"
          : "only one checkpoint, `\(found[0].name)`; a comparison needs two",
        hint: reading.skipped.isEmpty
          ? "name two files or more, e.g. base=base.jsonl sft=sft.jsonl"
          : "mend \(reading.skipped[0].error.path ?? reading.skipped[0].name)")
    }
    if let baseline { try checkExists(baseline, among: found, option: "baseline") }
    let index =
      baseline.flatMap { name in found.firstIndex { TextKey($0.name) == TextKey(name) } } ?? 0
    if baseline == nil, found.count > 1, checkpoints[index].isOrderedHere {
      reading.notices.append(
        CorpusNotice(
          .baselineChosen, "the baseline is `\(found[index].name)`, the first in natural order",
          hint: "--baseline NAME takes another"))
    }
    reading.notices += found.flatMap(\.source.notices)
    reading.notices += DecodingComparison(found).notices
    return Resolved(
      checkpoints: found, baselineIndex: index, isOrderGiven: reading.isOrderGiven,
      notices: Self.distinct(reading.notices),
      lineages: try CheckpointLineage.all(
        lineages, names: found.map(\.name), labels: checkpoints.map(\.lineage), baseline: index,
        absent: dropped + reading.skipped.map(\.name)),
      skipped: reading.skipped)
  }

  private func checkNames(_ checkpoints: [CheckpointReading.Found]) throws {
    var seen: [TextKey: String] = [:]
    for found in checkpoints {
      let checkpoint = found.checkpoint
      let first = seen.updateValue(checkpoint.source.path, forKey: TextKey(checkpoint.name))
      guard let first else { continue }
      let hasGenerators = checkpoints.allSatisfy {
        CheckpointLabels($0.checkpoint.records).hasGenerators
      }
      throw InputError(
        .selection, line: found.entry?.line, field: found.entry?.line.map { _ in "checkpoints" },
        "two checkpoints have the name `\(checkpoint.name)`: \(first) and \(checkpoint.source.path)",
        hint: hasGenerators && nameSource == nil && found.entry == nil
          ? "--name-from generator takes the names in the files, or give them: name=FILE"
          : found.entry == nil
            ? "give each a name: name=FILE"
            : "give each a name, with gaps where there are many: `name: \"{run} {step}\"`")
    }
  }

  private func checkExists(
    _ name: String, among checkpoints: [Checkpoint], option: String
  ) throws {
    let names = checkpoints.map(\.name)
    guard !names.contains(where: { TextKey($0) == TextKey(name) }) else { return }
    let line = places[option]
    throw InputError(
      .selection, line: line, field: line.map { _ in option },
      "\(line == nil ? "--\(option) names `\(name)`" : "names `\(name)`"), but no checkpoint has that name",
      hint: NearestNames.hint(for: name, among: names)
        ?? "the checkpoints are \(names.joined(separator: ", "))")
  }

  private static func distinct(_ notices: [CorpusNotice]) -> [CorpusNotice] {
    var kept: [CorpusNotice] = []
    for notice in notices where !kept.contains(notice) { kept.append(notice) }
    return kept
  }
}
