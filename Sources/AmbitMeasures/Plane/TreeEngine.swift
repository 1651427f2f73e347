internal import AmbitMatrix

/// Takes the share of edges of a joint spanning tree that join two models in a plane.
///
/// The tree does not change when labels do, so relabellings are cheap: whole units are exchanged between
/// the models, as for hulls. The null band is that of random halves of the
/// reference; the interval Student's, from leaving a tenth of the units out at a time.
struct TreeEngine: ComparingEngine, Sendable {
  let context: StudyContext
  let space: MeasuredSpace
  /// The measure and its place in the suite.
  let entry: (measure: TreeCrossings, order: Int)
  private let clouds: [PlaneCloud]

  /// The most labels that are read for a p value: some hundredths of a second.
  static let pointBudget = 3.2e6

  /// `nil` where the suite has no such measure.
  init?(context: StudyContext, space: MeasuredSpace, measures: [any Measure]) {
    let found = measures.enumerated().compactMap { index, measure in
      (measure as? TreeCrossings).map { (measure: $0, order: index) }
    }
    guard let entry = found.first else { return nil }
    self.context = context
    self.space = space
    self.entry = entry
    clouds = space.coordinates.indices.map {
      PlaneCloud(space.coordinates[$0], offsets: context.design.unitOffsets(of: $0))
    }
  }

  /// Whether these points may be measured.
  var isRefused: Bool { space.refusal != nil && !context.settings.force }

  var isEmpty: Bool { false }

  func allowsNull(checkpoint: Int, reference: Int) -> Bool { !isRefused }

  /// The row of one checkpoint against another.
  ///
  /// - Parameter null: the band of the reference; `nil` where refused.
  func comparedRows(
    checkpoint: Int, reference: Int, null: Band?
  ) -> [(order: Int, row: Measurement)] {
    let design = context.design
    var row = context.row(
      entry.measure, scope: .pooled, space: space.id, variant: "", checkpoint: checkpoint,
      reference: reference, kind: nil, isPaired: design.isPaired)
    if let refusal = space.refusal {
      row.flag(refusal)
      guard !isRefused else { return [(entry.order, row)] }
      row.flag(.forced)
    }
    let isComparable =
      design.rowCount(of: checkpoint) == design.rowCount(of: reference)
      && (!space.isCentredWithinPrompts || design.hasSameSampleCounts(checkpoint, reference))
    if !isComparable {
      row.flag(.unmatchedCounts)
      guard context.settings.force else { return [(entry.order, row)] }
      row.flag(.forced)
    }
    let units = context.unitCount(checkpoint, reference)
    if units < StudyContext.fewestUnits { row.flag(.fewPrompts) }
    if let null, design.hasPrompts, !null.isWithinUnits { row.flag(.halvesByPrompt) }
    let (base, tuned) = (clouds[reference], clouds[checkpoint])
    let first = base.unitCount
    let entries =
      base.entries(from: 0, isCentred: false)
      + tuned.entries(from: first, isCentred: false)
    let tree = JointTree(entries.map(\.point))
    let owners = entries.map(\.owner)
    let value = tree.crossShare(owners.map { $0 < first ? 0 : 1 })
    guard value.isFinite else {
      row.flag(.degenerate)
      return [(entry.order, row)]
    }
    row.value = value
    row.nullBand = null?.interval
    if units >= StudyContext.fewestUnits {
      row.interval = interval(value, entries, first, tuned.unitCount)
      let swaps = LabelSwaps(
        first: first, second: tuned.unitCount, isPaired: design.isPaired,
        permutations: context.affordable(
          cost: Double(entries.count), budget: Self.pointBudget), seed: context.settings.seed)
      let replicates = context.workers.map(swaps.count) { replicate in
        var flags = [UInt8](repeating: 0, count: swaps.flagCount)
        swaps.write(replicate, to: &flags)
        if design.isPaired { flags += flags.map { 1 - $0 } }
        return tree.crossShare(owners.map { flags[$0] })
      }
      row.p = PermutationTest.pValue(
        observed: value, replicates: replicates, tail: .low, isExhaustive: swaps.isExhaustive)
      if !swaps.isExhaustive { context.notePermutations(swaps.count, &row) }
    }
    row.noteGaps(units: units)
    return [(entry.order, row)]
  }

  private func interval(
    _ value: Double, _ entries: [(point: SIMD2<Double>, owner: Int)], _ first: Int, _ second: Int
  ) -> Interval? {
    // Paired units leave both sets together; others one set at a time.
    let parts =
      context.design.isPaired
      ? [(0..<first + second, first)] : [(0..<first, first), (first..<first + second, second)]
    let lists = parts.map { owners, units in
      let groups = min(Jackknife.groupCount, units)
      return context.workers.map(groups) { group in
        let kept = entries.filter {
          !owners.contains($0.owner) || ($0.owner - owners.lowerBound) % units % groups != group
        }
        return JointTree(kept.map(\.point)).crossShare(kept.map { $0.owner < first ? 0 : 1 })
      }
    }
    return context.jackknifeInterval(estimate: value, leaveOneOut: lists).map {
      Interval(low: max(0, $0.low), high: min(1, $0.high))
    }
  }

  /// What the share looks like between random halves of one checkpoint.
  struct Band {
    var interval: Interval?
    var isWithinUnits: Bool
  }

  func null(of checkpoint: Int) -> Band {
    let cloud = clouds[checkpoint]
    let isResidual = space.isCentredWithinPrompts
    let halves = SplitHalves(
      offsets: cloud.offsets, samplesNeeded: isResidual ? 2 : 1,
      count: context.dearSplits(points: cloud.points.count), seed: context.settings.seed)
    let shares = context.workers.map(halves.count) { replicate in
      var groups = [UInt8](repeating: 2, count: cloud.points.count)
      halves.write(replicate, to: &groups)
      let points = isResidual && halves.isWithinUnits ? cloud.recentred(groups) : cloud.points
      let kept = groups.indices.filter { groups[$0] < 2 }
      return JointTree(kept.map { points[$0] }).crossShare(kept.map { groups[$0] })
    }
    return Band(interval: .percentile(shares), isWithinUnits: halves.isWithinUnits)
  }
}
