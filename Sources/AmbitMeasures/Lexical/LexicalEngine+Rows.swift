extension LexicalEngine {
  /// The rows of one checkpoint alone: within prompts, then of sets.
  func ownRows(of checkpoint: Int) -> [Measurement] {
    statistics.indices.map { index in
      var row = blank(statistics[index], .within, checkpoint, nil)
      let known = values[checkpoint][index].filter { !$0.isNaN }
      guard note(index, [known.count], &row) else { return row }
      row.prompts = known.count
      row.value = SampleMoments(known).mean
      row.interval = context.interval(of: known)
      row.noteGaps(units: known.count)
      return row
    }
      + setStatistics.indices.map { index in
        var row = blank(setStatistics[index], setScope, checkpoint, nil)
        let own = setValues[checkpoint][index]
        guard noteSet(own, &row) else { return row }
        row.value = own.value
        row.interval = context.jackknifeInterval(
          estimate: own.value, leaveOneOut: [own.leaveOneOut])
        row.noteGaps(units: own.leaveOneOut.count)
        return row
      }
  }

  /// The rows of one checkpoint against another: within prompts, then of sets.
  func comparedRows(checkpoint: Int, reference: Int) -> [Measurement] {
    statistics.indices.map { comparedRow($0, checkpoint, reference) }
      + setStatistics.indices.map { comparedSetRow($0, checkpoint, reference) }
  }

  private func comparedRow(
    _ index: Int, _ checkpoint: Int, _ reference: Int
  ) -> Measurement {
    var row = blank(statistics[index], .within, checkpoint, reference)
    let after = values[checkpoint][index]
    let before = values[reference][index]
    let isPaired = context.design.hasSamePrompts(checkpoint, reference)
    let used = after.indices.filter { !after[$0].isNaN && (!isPaired || !before[$0].isNaN) }
    let usedBefore = isPaired ? used : before.indices.filter { !before[$0].isNaN }
    guard note(index, [used.count, usedBefore.count], &row) else { return row }
    let counts = context.design.sampleCounts(of: checkpoint)
    let countsBefore = context.design.sampleCounts(of: reference)
    row.prompts = used.count
    row.samples = used.reduce(0) { $0 + counts[$1] }
    row.value = SampleMoments(used.map { after[$0] }).mean
    row.referenceValue = SampleMoments(usedBefore.map { before[$0] }).mean
    let areMatched = Design.areEqual(
      used.map { counts[$0] }, usedBefore.map { countsBefore[$0] }, isPaired: isPaired)
    if statistics[index].measure.comparesOutputs && !areMatched {
      row.flag(.unmatchedCounts)
      guard context.settings.force else { return row }
      row.flag(.forced)
    }
    let floor = floor(index, reference)
    guard floor != nil || statistics[index].measure.effectKind == .difference else {
      row.flag(.degenerate)
      return row
    }
    if let floor {
      let floored =
        isPaired
        ? used.count { after[$0] < floor || before[$0] < floor }
        : used.count { after[$0] < floor } + usedBefore.count { before[$0] < floor }
      if floored > 0 { row.flag(.floored(floored)) }
    }
    context.compare(
      used.map { scaled(after[$0], index, floor: floor) },
      usedBefore.map { scaled(before[$0], index, floor: floor) }, isPaired: isPaired,
      band: .test, &row)
    row.noteGaps(units: min(used.count, usedBefore.count))
    return row
  }

  private func comparedSetRow(
    _ index: Int, _ checkpoint: Int, _ reference: Int
  ) -> Measurement {
    let statistic = setStatistics[index]
    var row = blank(statistic, setScope, checkpoint, reference)
    let after = setValues[checkpoint][index]
    let before = setValues[reference][index]
    guard noteSet(after, &row), noteSet(before, &row) else { return row }
    row.value = after.value
    row.referenceValue = before.value
    let design = context.design
    let areMatched =
      design.hasSameSampleCounts(checkpoint, reference)
      && design.rowCount(of: checkpoint) == design.rowCount(of: reference)
    if statistic.measure.comparesOutputs && !areMatched {
      row.flag(.unmatchedCounts)
      guard context.settings.force else { return row }
      row.flag(.forced)
    }
    let (tuned, base) = (
      after.pseudoValues(statistic.scaled), before.pseudoValues(statistic.scaled)
    )
    guard (tuned + base).allSatisfy(\.isFinite) else {
      row.flag(.degenerate)
      return row
    }
    context.compare(
      tuned, base, isPaired: design.hasSamePrompts(checkpoint, reference),
      band: .test, &row)
    row.noteGaps(units: min(tuned.count, base.count))
    return row
  }

  /// The floor under logarithms of a statistic's values; nil where there is none or none can be.
  func floor(_ statistic: Int, _ reference: Int) -> Double? {
    guard statistics[statistic].measure.effectKind != .difference else { return nil }
    return PromptLogs.floor(from: values[reference][statistic].filter { !$0.isNaN })
  }

  /// A value on the scale on which the statistic is compared.
  func scaled(_ value: Double, _ statistic: Int, floor: Double?) -> Double {
    statistics[statistic].scaled(floor.map { value < $0 ? $0 : value } ?? value)
  }

  /// A checkpoint's values on the scale on which they are compared with its own floor; nil where they
  /// cannot be.
  func scaled(_ statistic: Int, _ checkpoint: Int) -> [Double]? {
    let floor = floor(statistic, checkpoint)
    guard floor != nil || statistics[statistic].measure.effectKind == .difference else {
      return nil
    }
    return values[checkpoint][statistic].map { scaled($0, statistic, floor: floor) }
  }

  /// The word in the `space` column.
  static let space = "text"

  private var setScope: Scope { context.design.hasPrompts ? .across : .pooled }

  private func blank(
    _ statistic: LexicalStatistic, _ scope: Scope, _ checkpoint: Int, _ reference: Int?
  ) -> Measurement {
    let kind = statistic.measure.effectKind
    return context.row(
      statistic.measure, scope: scope, space: Self.space, variant: statistic.variant,
      checkpoint: checkpoint, reference: reference,
      kind: scope != .within && kind == .meanLogRatio ? .logRatio : kind,
      isPaired: reference.map { context.design.hasSamePrompts(checkpoint, $0) } ?? true)
  }

  /// Flags what the numbers of samples and prompts do; `false` where no prompt has a value.
  private func note(_ index: Int, _ counts: [Int], _ row: inout Measurement) -> Bool {
    let fewest = counts.min() ?? 0
    if statistics[index].measure.comparesOutputs && context.design.fewestSamples < 4 {
      row.flag(.fewSamples)
    } else if fewest == 0 {
      row.flag(.degenerate)
    }
    if fewest > 0 && fewest < StudyContext.fewestUnits { row.flag(.fewPrompts) }
    return fewest > 0
  }

  /// Flags what the number of units does; `false` where there is no value.
  private func noteSet(_ own: JackknifedValue, _ row: inout Measurement) -> Bool {
    if own.leaveOneOut.count < StudyContext.fewestUnits { row.flag(.fewPrompts) }
    guard own.value.isFinite else {
      row.flag(.degenerate)
      return false
    }
    return true
  }

  /// The value of every prompt of a checkpoint, of whole outputs; one list a statistic.
  func promptRows(of checkpoint: Int) -> [[PromptMeasurement]] {
    let design = context.design
    let counts = design.sampleCounts(of: checkpoint)
    return statistics.indices.map { index in
      if statistics[index].isWindowed { return [] }
      let measure = statistics[index].measure
      return design.promptIDs[checkpoint].indices.map { prompt in
        let value = values[checkpoint][index][prompt]
        return PromptMeasurement(
          checkpoint: design.checkpoints[checkpoint],
          promptID: design.promptIDs[checkpoint][prompt], metric: measure.id,
          variant: measure.variant, space: Self.space, samples: counts[prompt],
          value: value.isNaN ? nil : value,
          flags: !value.isNaN
            ? [] : [counts[prompt] < measure.samplesNeeded ? .fewSamples : .degenerate])
      }
    }
  }
}
