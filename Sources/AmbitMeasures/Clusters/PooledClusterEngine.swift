internal import AmbitMatrix

/// Takes measures of the clusters of all outputs.
///
/// Clusters are made once, over all checkpoints jointly, and held fixed: every resample counts labels
/// again. Intervals are Student's from the jackknife over prompts, leave-one-out for what is smooth in
/// the counts, random halves for the supports, which thresholds define; a bootstrap would draw outputs
/// twice, and what was seen once would be seen twice. p values: labels shuffled within prompts (Test B).
struct PooledClusterEngine: Sendable {
  let context: StudyContext
  let space: MeasuredSpace
  let measures: [(measure: any ClusterMeasure, order: Int)]
  let pairMeasures: [(measure: any ClusterPairMeasure, order: Int)]
  /// `nil` where there is nothing to measure.
  let clusters: PooledClusters?
  let levels: ClusterLevels
  /// Per checkpoint, per measure.
  let values: [[Double]]
  /// Per checkpoint, per measure, per unit left out, on the scale of comparison.
  let leftOut: [[[Double]]]

  /// Outputs that show a cluster.
  static let exemplarLimit = 3

  init(context: StudyContext, space: MeasuredSpace, measures: [any Measure]) {
    self.context = context
    self.space = space
    let design = context.design
    let chosen: [(measure: any ClusterMeasure, order: Int)] = measures.enumerated().compactMap {
      guard let measure = $0.element as? any ClusterMeasure, measure.scope == .pooled else {
        return nil
      }
      return (measure, $0.offset)
    }
    self.measures = chosen
    pairMeasures = measures.enumerated().compactMap { index, measure in
      (measure as? any ClusterPairMeasure).map { ($0, index) }
    }
    guard !chosen.isEmpty || !pairMeasures.isEmpty else {
      (clusters, levels, values, leftOut) = (nil, .none, [], [])
      return
    }
    let clusters = PooledClusters(
      Array(space.coordinates), baseline: design.baseline, seed: context.settings.seed,
      workers: context.workers)
    self.clusters = clusters
    let counts = design.checkpoints.indices.map { clusters.counts(of: $0) }
    let coverages = counts.map { SampleCoverageEstimate.chaoJost(AbundanceCounts($0)) }
    let levels = ClusterLevels(
      size: design.checkpoints.indices.map { design.rowCount(of: $0) }.min() ?? 0,
      coverage: coverages.filter { !$0.isNaN }.min() ?? 0)
    self.levels = levels
    values = counts.map { own in
      let abundances = AbundanceCounts(own)
      return chosen.map { $0.measure.value(of: abundances, at: levels) }
    }
    leftOut = design.checkpoints.indices.map { checkpoint in
      let offsets = design.unitOffsets(of: checkpoint)
      guard offsets.count - 1 >= StudyContext.fewestUnits else { return chosen.map { _ in [] } }
      let labels = clusters.labels[checkpoint]
      let whole = counts[checkpoint]
      @Sendable func without(_ dropped: ArraySlice<Int>) -> [Double] {
        var rest = whole
        for label in dropped { rest[label] -= 1 }
        let abundances = AbundanceCounts(rest)
        return chosen.map { $0.measure.scaled($0.measure.value(of: abundances, at: levels)) }
      }
      // A unit of one row is any other of its cluster.
      let singles =
        context.workers.map(whole.count) { whole[$0] > 0 ? without([$0]) : [] }
      let rows = context.workers.map(offsets.count - 1) { unit in
        offsets[unit + 1] - offsets[unit] == 1
          ? singles[labels[offsets[unit]]] : without(labels[offsets[unit]..<offsets[unit + 1]])
      }
      return chosen.indices.map { index in rows.map { $0[index] } }
    }
  }

  /// The rows of one checkpoint alone.
  func ownRows(of checkpoint: Int) -> [(order: Int, row: Measurement)] {
    let units = context.unitCount(checkpoint, nil)
    return measures.enumerated().map { index, entry in
      var row = blank(entry.measure, entry.measure.variant, checkpoint, nil)
      if units < StudyContext.fewestUnits { row.flag(.fewPrompts) }
      let value = values[checkpoint][index]
      guard value.isFinite else {
        row.flag(.degenerate)
        return (entry.order, row)
      }
      row.value = value
      let interval = context.jackknifeInterval(
        estimate: entry.measure.scaled(value), leaveOneOut: [leftOut[checkpoint][index]])
      row.interval = entry.measure.effectKind == .difference ? interval : interval?.exponential
      row.noteGaps(units: units)
      return (entry.order, row)
    }
  }

  /// The rows of one checkpoint against another.
  func comparedRows(
    checkpoint: Int, reference: Int, null: PooledClusterNull
  ) -> [(order: Int, row: Measurement)] {
    guard let clusters else { return [] }
    let pair = ClusterPair(self, clusters, checkpoint: checkpoint, reference: reference)
    let permuted = pair.permuted()
    return measures.indices.map { index in
      (measures[index].order, row(index, pair, permuted, null))
    }
      + pairMeasures.indices.map { index in
        (pairMeasures[index].order, pairRow(index, pair, permuted, null))
      }
  }

  private func row(
    _ index: Int, _ pair: ClusterPair, _ permuted: [ClusterPair.Replicate],
    _ null: PooledClusterNull
  ) -> Measurement {
    let measure = measures[index].measure
    var row = blank(measure, measure.variant, pair.checkpoint, pair.reference)
    let (value, before) = (values[pair.checkpoint][index], values[pair.reference][index])
    row.value = value.isFinite ? value : nil
    row.referenceValue = before.isFinite ? before : nil
    if !pair.hasEnough { row.flag(.fewPrompts) }
    if measure.dependsOnCount && !pair.isMatched {
      row.flag(.unmatchedCounts)
      guard context.settings.force else { return row }
      row.flag(.forced)
    }
    if context.design.hasPrompts && !null.isWithinUnits { row.flag(.halvesByPrompt) }
    let effect = measure.scaled(value) - measure.scaled(before)
    guard effect.isFinite else {
      row.flag(.degenerate)
      return row
    }
    let (after, first) = (leftOut[pair.checkpoint][index], leftOut[pair.reference][index])
    row.setEffect(
      effect,
      interval: context.jackknifeInterval(
        estimate: effect, leaveOneOut: pair.isPaired ? [zip(after, first).map(-)] : [after, first]),
      nullBand: null.bands[index])
    if pair.hasEnough {
      let replicates = permuted.prefix(measure.permutationLimit).map { $0.effects[index] }
      row.p = PermutationTest.pValue(
        observed: effect, replicates: replicates, tail: .twoSided, isExhaustive: false)
      context.notePermutations(replicates.count, &row)
    }
    row.noteGaps(units: pair.unitCount)
    return row
  }

  private func pairRow(
    _ index: Int, _ pair: ClusterPair, _ permuted: [ClusterPair.Replicate],
    _ null: PooledClusterNull
  ) -> Measurement {
    let measure = pairMeasures[index].measure
    var row = blank(measure, "", pair.checkpoint, pair.reference)
    if !pair.hasEnough { row.flag(.fewPrompts) }
    if !pair.isMatched {
      row.flag(.unmatchedCounts)
      guard context.settings.force else { return row }
      row.flag(.forced)
    }
    if context.design.hasPrompts && !null.isWithinUnits { row.flag(.halvesByPrompt) }
    let value = measure.value(of: pair.observed)
    guard value.isFinite else {
      row.flag(.degenerate)
      return row
    }
    row.value = value
    row.nullBand = null.pairBands[index]
    if pair.hasEnough {
      row.interval = pair.halvesInterval(
        index, value: value, bound: measure.upperBound(clusters: pair.observed.base.count))
      row.p = PermutationTest.pValue(
        observed: value, replicates: permuted.map { $0.pairs[index] }, tail: measure.tail,
        isExhaustive: false)
      context.notePermutations(permuted.count, &row)
    }
    row.noteGaps(units: pair.unitCount)
    return row
  }

  /// The clusters lost and gained, lost ones first, by p value.
  func changes(checkpoint: Int, reference: Int) -> [ClusterChange] {
    guard let clusters else { return [] }
    let table = ClusterTable(
      base: clusters.counts(of: reference), tuned: clusters.counts(of: checkpoint))
    return table.changes
      .sorted {
        $0.isLost != $1.isLost
          ? $0.isLost : ($0.adjustedP, $0.cluster) < ($1.adjustedP, $1.cluster)
      }
      .map { change in
        let owner = change.isLost ? reference : checkpoint
        return ClusterChange(
          kind: change.isLost ? .lost : .gained, checkpoint: checkpoint, reference: reference,
          cluster: change.cluster, checkpointSize: table.tuned[change.cluster],
          referenceSize: table.base[change.cluster], adjustedP: change.adjustedP,
          exemplars: clusters.exemplars(
            of: change.cluster, in: owner, rows: space.coordinates[owner],
            limit: Self.exemplarLimit))
      }
  }

  private func blank(
    _ measure: any Measure, _ variant: String, _ checkpoint: Int, _ reference: Int?
  ) -> Measurement {
    context.row(
      measure, scope: .pooled, space: space.id, variant: variant, checkpoint: checkpoint,
      reference: reference, kind: (measure as? any ClusterMeasure)?.effectKind,
      isPaired: reference.map { context.design.hasSamePrompts(checkpoint, $0) } ?? true)
  }
}
