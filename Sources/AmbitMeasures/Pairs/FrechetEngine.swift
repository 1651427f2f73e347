internal import AmbitMatrix

/// Takes the Fréchet distance of two checkpoints in their joint leading components.
///
/// Every replicate costs two small eigenproblems, so the p value rests on at most 999 relabellings
/// within prompts, the null band on 200 halves of the reference in the same components, and the interval
/// on leaving out a tenth of the prompts at a time.
struct FrechetEngine: Sendable {
  let context: StudyContext
  let space: MeasuredSpace
  let measures: [(measure: Frechet, order: Int)]

  static let mostPermutations = 999
  static let splitCount = 200

  init(context: StudyContext, space: MeasuredSpace, measures: [any Measure]) {
    self.context = context
    self.space = space
    self.measures = measures.enumerated().compactMap { index, measure in
      (measure as? Frechet).map { ($0, index) }
    }
  }

  /// The rows of one checkpoint against another.
  ///
  /// - Parameter components: of both, reference first; `nil` where there are too few rows for one.
  func comparedRows(
    checkpoint: Int, reference: Int, components: LeadingComponents?
  ) -> [(order: Int, row: Measurement)] {
    guard let (measure, order) = measures.first else { return [] }
    let design = context.design
    let units = context.unitCount(checkpoint, reference)
    let isMatched = design.rowCount(of: checkpoint) == design.rowCount(of: reference)
    var blank = Frechet.variants.map { variant in
      context.row(
        measure, scope: .pooled, space: space.id, variant: variant, checkpoint: checkpoint,
        reference: reference, kind: nil, isPaired: design.hasSamePrompts(checkpoint, reference))
    }
    for index in blank.indices {
      if units < StudyContext.fewestUnits { blank[index].flag(.fewPrompts) }
      if !isMatched {
        blank[index].flag(.unmatchedCounts)
        if context.settings.force { blank[index].flag(.forced) }
      }
    }
    guard isMatched || context.settings.force else { return blank.map { (order, $0) } }
    guard let components = components?.rows else {
      return blank.map { row in
        var row = row
        row.flag(.fewSamples)
        return (order, row)
      }
    }
    let labels = StratifiedLabels(
      design, checkpoint: checkpoint, reference: reference, seed: context.settings.seed)
    let observed = Self.values(components, labels.observed)
    let (bands, isWithinUnits) = nullBands(components, reference)
    let left = leftOut(components, checkpoint, reference, labels.observed)
    let permutations =
      units < StudyContext.fewestUnits
      ? 0 : min(Self.mostPermutations, context.settings.permutations)
    let permuted = context.workers.map(permutations) { replicate in
      var groups = labels.observed
      labels.write(replicate, to: &groups)
      return Self.values(components, groups)
    }
    return blank.indices.map { index in
      var row = blank[index]
      if design.hasPrompts && !isWithinUnits { row.flag(.halvesByPrompt) }
      guard observed[index].isFinite else {
        row.flag(.degenerate)
        return (order, row)
      }
      row.value = observed[index]
      row.nullBand = bands[index]
      row.interval = context.jackknifeInterval(
        estimate: observed[index], leaveOneOut: left.map { $0.map { $0[index] } }
      ).map { Interval(low: max(0, $0.low), high: $0.high) }
      if permutations > 0 {
        row.p = PermutationTest.pValue(
          observed: observed[index], replicates: permuted.map { $0[index] }, tail: .high,
          isExhaustive: false)
        context.notePermutations(permutations, &row)
      }
      row.noteGaps(units: units)
      return (order, row)
    }
  }

  private static func values(_ rows: Matrix, _ groups: [UInt8]) -> [Double] {
    let base = groups.indices.filter { groups[$0] == 0 }
    let tuned = groups.indices.filter { groups[$0] == 1 }
    guard base.count > 1, tuned.count > 1 else { return [.nan, .nan] }
    return Frechet.values(GaussianFit(rows, chosen: base), GaussianFit(rows, chosen: tuned))
  }

  private func nullBands(_ components: Matrix, _ reference: Int) -> ([Interval?], Bool) {
    let splits = SplitHalves(
      offsets: context.design.unitOffsets(of: reference), samplesNeeded: 1,
      count: min(context.settings.splits, Self.splitCount), seed: context.settings.seed)
    let count = context.design.rowCount(of: reference)
    let values = context.workers.map(splits.count) { replicate in
      var groups = [UInt8](repeating: 2, count: count)
      splits.write(replicate, to: &groups)
      return Self.values(components, groups)
    }
    return (
      [0, 1].map { index in .percentile(values.map { $0[index] }) }, splits.isWithinUnits
    )
  }

  private func leftOut(
    _ components: Matrix, _ checkpoint: Int, _ reference: Int, _ observed: [UInt8]
  ) -> [[[Double]]] {
    let pairs = CosinePairs(context.design, checkpoint: checkpoint, reference: reference)
    let lists =
      pairs.isPaired ? [zip(pairs.units[0], pairs.units[1]).map { $0 + $1 }] : pairs.units
    return lists.map { units in
      guard units.count >= StudyContext.fewestUnits else { return [] }
      let groupCount = min(SpectrumEngine.groupCount, units.count)
      return context.workers.map(groupCount) { group in
        var groups = observed
        for unit in stride(from: group, to: units.count, by: groupCount) {
          for row in units[unit] { groups[row] = 2 }
        }
        return Self.values(components, groups)
      }
    }
  }
}
