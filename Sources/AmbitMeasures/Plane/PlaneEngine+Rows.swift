internal import AmbitMatrix

extension PlaneEngine {
  /// The rows of one checkpoint alone, each with its measure's place in the suite.
  func ownRows(of checkpoint: Int) -> [(order: Int, row: Measurement)] {
    let cloud = clouds[checkpoint]
    let pool = PlanePool(cloud.entries(from: 0, isCentred: false))
    let unchanged = [UInt8](repeating: 0, count: cloud.unitCount)
    let workspace = makeWorkspace(pool.points.count)
    workspace.regroup(pool, unchanged, levels: levels)
    let values = record(workspace, withPairs: false).base
    let hasEnough = !isRefused && cloud.unitCount >= StudyContext.fewestUnits
    let deletions =
      hasEnough
      ? [
        PlaneDeletions(
          engine: self, pool: pool, unchanged: unchanged, starts: [0], units: cloud.unitCount
        ) { workspace in
          record(workspace, withPairs: false).base
        }
      ] : []
    return singles.enumerated().map { index, statistic in
      var row = blank(statistic.measure, statistic, checkpoint: checkpoint, reference: nil)
      guard !isRefused else { return (statistic.order, row) }
      row.value = values[index].isFinite ? values[index] : nil
      if !(values[index] > 0) && statistic.measure.effectKind == .logRatio { row.flag(.degenerate) }
      if !hasEnough { row.flag(.fewPrompts) }
      row.interval = valueInterval(values[index], index, statistic, deletions)
      row.noteGaps(units: cloud.unitCount)
      return (statistic.order, row)
    }
  }

  /// The rows of one checkpoint against another.
  func comparedRows(
    checkpoint: Int, reference: Int, null: NullBands?
  ) -> [(order: Int, row: Measurement)] {
    guard let null else {
      return singles.map {
        ($0.order, blank($0.measure, $0, checkpoint: checkpoint, reference: reference))
      }
        + pairs.map {
          ($0.order, blank($0.measure, $0, checkpoint: checkpoint, reference: reference))
        }
    }
    let evidence = evidence(checkpoint: checkpoint, reference: reference)
    return singleRows(evidence, null, checkpoint, reference)
      + pairRows(evidence, null, checkpoint, reference)
  }

  private func singleRows(
    _ evidence: Evidence, _ bands: NullBands, _ checkpoint: Int, _ reference: Int
  ) -> [(order: Int, row: Measurement)] {
    singles.enumerated().map { index, statistic in
      let measure = statistic.measure
      var row = blank(measure, statistic, checkpoint: checkpoint, reference: reference)
      let (value, before) = (evidence.record.tuned[index], evidence.record.base[index])
      row.value = value.isFinite ? value : nil
      if !value.isFinite { row.flag(.degenerate) }
      if !areComparable(measure.dependsOnCount, checkpoint, reference) {
        row.flag(.unmatchedCounts)
        guard context.settings.force else { return (statistic.order, row) }
        row.flag(.forced)
      }
      row.referenceValue = before.isFinite ? before : nil
      noteCounts(bands, checkpoint, reference, &row)
      let effect = measure.effectKind.effect(of: value, against: before)
      guard effect.isFinite else {
        row.flag(.degenerate)
        return (statistic.order, row)
      }
      row.setEffect(
        effect,
        interval: context.studentInterval(
          estimate: effect,
          variance: evidence.deletions.variance(of: index, level: statistic.level),
          units: evidence.deletions.units),
        nullBand: bands.effects[index])
      row.noteGaps(units: context.unitCount(checkpoint, reference))
      row.p = evidence.effectP[index]
      if let permutations = evidence.permutations {
        context.notePermutations(permutations, &row)
      }
      return (statistic.order, row)
    }
  }

  private func pairRows(
    _ evidence: Evidence, _ bands: NullBands, _ checkpoint: Int, _ reference: Int
  ) -> [(order: Int, row: Measurement)] {
    pairs.enumerated().map { index, statistic in
      var row = blank(statistic.measure, statistic, checkpoint: checkpoint, reference: reference)
      if !areComparable(true, checkpoint, reference) {
        row.flag(.unmatchedCounts)
        guard context.settings.force else { return (statistic.order, row) }
        row.flag(.forced)
      }
      noteCounts(bands, checkpoint, reference, &row)
      let value = evidence.record.pair[index]
      guard value.isFinite else {
        row.flag(.degenerate)
        return (statistic.order, row)
      }
      row.value = value
      row.interval = context.studentInterval(
        estimate: value,
        variance: evidence.deletions.variance(
          of: singles.count + index, level: statistic.level),
        units: evidence.deletions.units
      ).map { Interval(low: max(0, $0.low), high: min(1, $0.high)) }
      row.nullBand = bands.pairs[index]
      row.noteGaps(units: context.unitCount(checkpoint, reference))
      row.p = evidence.pairP[index]
      return (statistic.order, row)
    }
  }

  /// Whether the counts of two checkpoints allow a measure to be compared.
  ///
  /// About a prompt's own mean the points have the variance `(1 − 1/r) σ²`, so where the space is
  /// centred within prompts no measure of any kind is free of the samples per prompt.
  private func areComparable(_ dependsOnCount: Bool, _ checkpoint: Int, _ reference: Int) -> Bool {
    let design = context.design
    if space.isCentredWithinPrompts && !design.hasSameSampleCounts(checkpoint, reference) {
      return false
    }
    return !dependsOnCount || design.rowCount(of: checkpoint) == design.rowCount(of: reference)
  }

  private func noteCounts(
    _ bands: NullBands, _ checkpoint: Int, _ reference: Int, _ row: inout Measurement
  ) {
    if context.unitCount(checkpoint, reference) < StudyContext.fewestUnits {
      row.flag(.fewPrompts)
    }
    if context.design.hasPrompts && !bands.isWithinUnits { row.flag(.halvesByPrompt) }
  }

  private func blank<M>(
    _ measure: any Measure, _ statistic: PlaneStatistic<M>, checkpoint: Int, reference: Int?
  ) -> Measurement {
    let kind = (measure as? any PlaneMeasure)?.effectKind
    var row = context.row(
      measure, scope: .pooled, space: space.id, variant: statistic.variant,
      checkpoint: checkpoint, reference: reference, kind: kind,
      isPaired: context.design.isPaired)
    if let refusal = space.refusal {
      row.flag(refusal)
      if !isRefused { row.flag(.forced) }
    }
    return row
  }

  /// The interval of a value: on the log scale where effects are log ratios.
  private func valueInterval(
    _ value: Double, _ index: Int, _ statistic: PlaneStatistic<any PlaneMeasure>,
    _ deletions: [PlaneDeletions]
  ) -> Interval? {
    guard statistic.measure.effectKind != .difference else {
      return context.studentInterval(
        estimate: value, variance: deletions.variance(of: index, level: statistic.level),
        units: deletions.units)
    }
    guard value > 0 else { return nil }
    let variance = deletions.variance(of: index, level: statistic.level) {
      StudyContext.logarithm($0)
    }
    return context.studentInterval(
      estimate: Elementary.log(value), variance: variance, units: deletions.units
    )?.exponential
  }
}
