internal import AmbitMatrix

/// Takes MAUVE of two checkpoints in their joint leading components.
///
/// Buckets do not look at labels, so a relabelling within prompts (Test B) and a half of the reference
/// only count anew: at most 999 relabellings, 200 halves.
struct MauveEngine: Sendable {
  let context: StudyContext
  let space: MeasuredSpace
  let measures: [(measure: Mauve, order: Int)]

  static let seedCount = 5
  static let mostPermutations = 999
  static let splitCount = 200
  /// The fewest outputs of a set.
  static let fewestRows = 500

  init(context: StudyContext, space: MeasuredSpace, measures: [any Measure]) {
    self.context = context
    self.space = space
    self.measures = measures.enumerated().compactMap { index, measure in
      (measure as? Mauve).map { ($0, index) }
    }
  }

  var isEmpty: Bool { measures.isEmpty }

  /// The rows of one checkpoint against another.
  ///
  /// - Parameters:
  ///   - components: of both, reference first; `nil` where there are too few rows for one.
  ///   - null: of the reference; `nil` where the value is refused.
  func comparedRows(
    checkpoint: Int, reference: Int, components: LeadingComponents?, null: MauveNull?
  ) -> [(order: Int, row: Measurement)] {
    guard let (measure, order) = measures.first else { return [] }
    let design = context.design
    let units = context.unitCount(checkpoint, reference)
    let refusals = refusals(checkpoint, reference)
    var rows = measure.variants.map { variant in
      var row = context.row(
        measure, scope: .pooled, space: space.id, variant: variant, checkpoint: checkpoint,
        reference: reference, kind: nil, isPaired: design.hasSamePrompts(checkpoint, reference))
      for refusal in refusals { row.flag(refusal) }
      if units < StudyContext.fewestUnits { row.flag(.fewPrompts) }
      if !refusals.isEmpty && context.settings.force { row.flag(.forced) }
      return row
    }
    guard refusals.isEmpty || context.settings.force, let components, let null else {
      if refusals.isEmpty { for index in rows.indices { rows[index].flag(.fewSamples) } }
      return rows.map { (order, $0) }
    }
    let labels = StratifiedLabels(
      design, checkpoint: checkpoint, reference: reference, seed: context.settings.seed)
    let fewest = min(design.rowCount(of: checkpoint), design.rowCount(of: reference))
    let buckets = MauveBuckets(components.rows, fewest: fewest, workers: context.workers)
    let replicates = permuted(
      buckets, labels, tunedCount: design.rowCount(of: checkpoint),
      count: units < StudyContext.fewestUnits ? 0 : context.settings.permutations)
    for (index, smoothing) in DivergenceFrontier.Smoothing.allCases.enumerated() {
      let seeds = SampleMoments(buckets.areas(labels.observed, smoothing))
      rows[index].value = seeds.mean
      rows[index].nullBand = null.bands[index]
      if design.hasPrompts && !null.isWithinUnits { rows[index].flag(.halvesByPrompt) }
      rows[index].interval = interval(
        buckets, smoothing, seeds, checkpoint, reference, labels.observed)
      if !replicates.isEmpty {
        rows[index].p = PermutationTest.pValue(
          observed: seeds.mean, replicates: replicates.map { $0[index] }, tail: .low,
          isExhaustive: false)
        context.notePermutations(replicates.count, &rows[index])
      }
      rows[index].noteGaps(units: units)
      if smoothing == .none { rows[2].value = seeds.variance.squareRoot() }
    }
    return rows.map { (order, $0) }
  }

  /// Why a value is refused.
  func refusals(_ checkpoint: Int, _ reference: Int) -> [MeasurementFlag] {
    let counts = [checkpoint, reference].map { context.design.rowCount(of: $0) }
    var flags: [MeasurementFlag] = []
    if counts.contains(where: { $0 < Self.fewestRows }) { flags.append(.fewSamples) }
    if counts[0] != counts[1] { flags.append(.unmatchedCounts) }
    return flags
  }

  /// Per relabelling, the mean over seeds of the plain and the smoothed area.
  private func permuted(
    _ buckets: MauveBuckets, _ labels: StratifiedLabels, tunedCount: Int, count: Int
  ) -> [[Double]] {
    let tables = DivergenceFrontier.Smoothing.allCases.map { smoothing in
      buckets.labels.map {
        FrontierTable(
          labels: $0, bucketCount: buckets.count, tunedCount: tunedCount, smoothing: smoothing)
      }
    }
    // Where whole prompts change sides the numbers of rows change with them.
    var groups = labels.observed
    let isTabulated = (0..<min(3, count)).allSatisfy { replicate in
      labels.write(replicate, to: &groups)
      return groups.count { $0 == 1 } == tunedCount
    }
    return context.workers.map(min(Self.mostPermutations, count)) { replicate in
      var groups = labels.observed
      labels.write(replicate, to: &groups)
      return DivergenceFrontier.Smoothing.allCases.enumerated().map { index, smoothing in
        SampleMoments(
          isTabulated && groups.count { $0 == 1 } == tunedCount
            ? tables[index].map { $0.area(of: groups) } : buckets.areas(groups, smoothing)
        ).mean
      }
    }
  }

  /// Student's: the variance between tenths of the prompts left out, and that of the mean over seeds.
  private func interval(
    _ buckets: MauveBuckets, _ smoothing: DivergenceFrontier.Smoothing, _ seeds: SampleMoments,
    _ checkpoint: Int, _ reference: Int, _ observed: [UInt8]
  ) -> Interval? {
    let pairs = CosinePairs(context.design, checkpoint: checkpoint, reference: reference)
    let lists =
      pairs.isPaired ? [zip(pairs.units[0], pairs.units[1]).map { $0 + $1 }] : pairs.units
    var variance = seeds.varianceOfMean
    var fewest = Int.max
    for units in lists {
      let groupCount = min(SpectrumEngine.groupCount, units.count)
      fewest = min(fewest, groupCount)
      guard units.count >= StudyContext.fewestUnits else { return nil }
      let left = context.workers.map(groupCount) { group in
        var groups = observed
        for unit in stride(from: group, to: units.count, by: groupCount) {
          for row in units[unit] { groups[row] = 2 }
        }
        return SampleMoments(buckets.areas(groups, smoothing)).mean
      }
      guard let part = Jackknife.variance(left) else { return nil }
      variance += part
    }
    return context.studentInterval(estimate: seeds.mean, variance: variance, units: fewest)
      .map { Interval(low: max(0, $0.low), high: min(1, $0.high)) }
  }
}

/// Rows cut into buckets by k-means, once for each of five seeds, which are the same in every study.
struct MauveBuckets: Sendable {
  /// Per seed, the bucket of each row.
  let labels: [[Int]]
  /// The number of buckets.
  let count: Int

  /// - Parameter fewest: the rows of the smaller set; a tenth as many buckets, two at least.
  init(_ rows: Matrix, fewest: Int, workers: Workers) {
    let count = max(2, Int((Double(fewest) / 10).rounded(.toNearestOrEven)))
    self.count = count
    labels = workers.map(MauveEngine.seedCount) { replicate in
      KMeans.fit(
        rows: rows, count: count, seed: 0, replicate: replicate,
        workers: Workers(threadCount: 1)
      ).labels
    }
  }

  /// The area of every seed; rows of group 2 are left out.
  func areas(_ groups: [UInt8], _ smoothing: DivergenceFrontier.Smoothing) -> [Double] {
    labels.map { labels in
      var counts = [[Int]](repeating: [Int](repeating: 0, count: count), count: 3)
      for (row, label) in labels.enumerated() { counts[Int(groups[row])][label] += 1 }
      return DivergenceFrontier.area(base: counts[0], tuned: counts[1], smoothing: smoothing)
    }
  }
}

/// The null bands of MAUVE: random halves of the reference, in buckets of the reference alone.
struct MauveNull: Sendable {
  /// Plain and smoothed.
  let bands: [Interval?]
  /// Whether each prompt's samples were split, so that both halves hold every prompt.
  let isWithinUnits: Bool

  init(_ engine: MauveEngine, of checkpoint: Int) {
    let context = engine.context
    let splits = SplitHalves(
      offsets: context.design.unitOffsets(of: checkpoint), samplesNeeded: 1,
      count: min(MauveEngine.splitCount, context.settings.splits), seed: context.settings.seed)
    isWithinUnits = splits.isWithinUnits
    let rows = engine.space.coordinates[checkpoint]
    guard
      let components = LeadingComponents(
        of: [rows], fewest: rows.rowCount / 2, workers: context.workers)
    else {
      bands = [nil, nil]
      return
    }
    let buckets = MauveBuckets(
      components.rows, fewest: rows.rowCount / 2, workers: context.workers)
    let values = context.workers.map(splits.count) { replicate in
      var groups = [UInt8](repeating: 2, count: rows.rowCount)
      splits.write(replicate, to: &groups)
      return DivergenceFrontier.Smoothing.allCases.map {
        SampleMoments(buckets.areas(groups, $0)).mean
      }
    }
    bands = [0, 1].map { index in .percentile(values.map { $0[index] }) }
  }
}
