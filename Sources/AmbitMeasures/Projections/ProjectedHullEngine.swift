internal import AmbitMatrix

/// Takes the mean hull area over random planes.
///
/// The planes are the outer loop: in each, points are sorted once and every regrouping of the units
/// costs a few microseconds. Intervals are Student's from the delete-one jackknife, in which only the
/// owners of corners change anything; null bands are those of random halves of the reference; p values
/// come from exchanging whole units between the models, each about its own mean, so that a shift is no
/// change of spread.
struct ProjectedHullEngine: ComparingEngine, Sendable {
  let context: StudyContext
  let space: MeasuredSpace
  /// The measure and its place in the suite.
  let entry: (measure: ProjectedHull, order: Int)
  /// Two rows a plane; `nil` where the space has fewer than two dimensions.
  private let directions: Matrix?

  /// The `space` column.
  static let spaceID = "random2"

  /// `nil` where the suite has no such measure.
  init?(context: StudyContext, space: MeasuredSpace, measures: [any Measure]) {
    let found = measures.enumerated().compactMap { index, measure in
      (measure as? ProjectedHull).map { (measure: $0, order: index) }
    }
    guard let entry = found.first else { return nil }
    self.context = context
    self.space = space
    self.entry = entry
    let width = space.coordinates.first?.columnCount ?? 0
    directions =
      width > 1 ? RandomFrames.directions(width: width) : nil
  }

  /// A cloud in every plane, and who owns its rows.
  private struct Projection: Sendable {
    let rows: Matrix
    let offsets: [Int]
    /// How far rounding may have moved a coordinate: sums of many terms in single precision.
    let rounding: Double
    var unitCount: Int { offsets.count - 1 }

    /// The points of a plane about their mean; row *i* belongs to `first` plus its unit, or, without
    /// units, to *i*.
    func entries(frame: Int, from first: Int, byRow: Bool = false) -> [(SIMD2<Double>, Int)] {
      var points: [SIMD2<Double>] = []
      points.reserveCapacity(rows.rowCount)
      var sum = SIMD2<Double>.zero
      for row in 0..<rows.rowCount {
        let start = row * rows.columnCount + 2 * frame
        let point = SIMD2(Double(rows.values[start]), Double(rows.values[start + 1]))
        points.append(point)
        sum += point
      }
      let mean = sum / Double(max(1, points.count))
      if byRow { return points.enumerated().map { ($0.element - mean, first + $0.offset) } }
      return (0..<unitCount).flatMap { unit in
        (offsets[unit]..<offsets[unit + 1]).map { (points[$0] - mean, first + unit) }
      }
    }
  }

  private func projection(of checkpoint: Int, _ directions: Matrix) -> Projection {
    let rows = space.coordinates[checkpoint].multiplied(
      byTransposeOf: directions, workers: context.workers)
    let largest = rows.values.reduce(Float.zero) { max($0, abs($1)) }
    return Projection(
      rows: rows, offsets: context.design.unitOffsets(of: checkpoint),
      rounding: 0x1p-20 * Double(largest))
  }

  /// The sums over planes, plane by plane in order, of what `values` gives for each.
  private func means(_ values: @Sendable (Int) -> [Double]) -> [Double] {
    let frames = context.workers.map(RandomFrames.count, values)
    var sums = [Double](repeating: 0, count: frames.first?.count ?? 0)
    for frame in frames {
      for index in sums.indices { sums[index] += frame[index] }
    }
    return sums.map { $0 / Double(RandomFrames.count) }
  }

  /// The rows of one checkpoint alone.
  func ownRows(of checkpoint: Int) -> [(order: Int, row: Measurement)] {
    var row = blank(checkpoint, nil)
    let units = context.unitCount(checkpoint, nil)
    if units < StudyContext.fewestUnits { row.flag(.fewPrompts) }
    let areas = directions.map { directions -> [Double] in
      let cloud = projection(of: checkpoint, directions)
      return means { frame in
        let pool = FramePool(
          cloud.entries(frame: frame, from: 0), rounding: cloud.rounding)
        return withDeletions(pool, groups: [UInt8](repeating: 0, count: units), starts: [0], units)
          .map(\.0)
      }
    }
    guard let areas, areas[0] > 0 else {
      row.flag(.degenerate)
      return [(entry.order, row)]
    }
    row.value = areas[0]
    row.interval =
      context.jackknifeInterval(
        estimate: Elementary.log(areas[0]),
        leaveOneOut: [areas.dropFirst().map(StudyContext.logarithm)]
      )?.exponential
    row.noteGaps(units: units)
    return [(entry.order, row)]
  }

  var isEmpty: Bool { false }

  /// The rows of one checkpoint against another.
  ///
  /// - Parameter null: the band of the reference.
  func comparedRows(
    checkpoint: Int, reference: Int, null: Band?
  ) -> [(order: Int, row: Measurement)] {
    let design = context.design
    var row = blank(checkpoint, reference)
    let units = context.unitCount(checkpoint, reference)
    if units < StudyContext.fewestUnits { row.flag(.fewPrompts) }
    guard let directions else {
      row.flag(.degenerate)
      return [(entry.order, row)]
    }
    let isMatched = design.rowCount(of: checkpoint) == design.rowCount(of: reference)
    let (base, tuned) = (
      projection(of: reference, directions), projection(of: checkpoint, directions)
    )
    let evidence = evidence(base, tuned)
    row.value = evidence.tuned
    if !isMatched {
      row.flag(.unmatchedCounts)
      guard context.settings.force else { return [(entry.order, row)] }
      row.flag(.forced)
    }
    row.referenceValue = evidence.base
    if let null, design.hasPrompts, !null.isWithinUnits { row.flag(.halvesByPrompt) }
    let effect = EffectKind.logRatio.effect(of: evidence.tuned, against: evidence.base)
    guard effect.isFinite else {
      row.flag(.degenerate)
      return [(entry.order, row)]
    }
    row.setEffect(
      effect,
      interval: context.jackknifeInterval(
        estimate: effect, leaveOneOut: evidence.deletions),
      nullBand: null?.interval)
    if units >= StudyContext.fewestUnits {
      row.p = PermutationTest.pValue(
        observed: effect, replicates: evidence.permuted, tail: .twoSided,
        isExhaustive: evidence.isExhaustive)
      if !evidence.isExhaustive { context.notePermutations(evidence.permuted.count, &row) }
    }
    row.noteGaps(units: units)
    return [(entry.order, row)]
  }

  private struct Evidence {
    var base: Double
    var tuned: Double
    /// Log ratios without each unit: one list where units are paired, else two.
    var deletions: [[Double]]
    var permuted: [Double]
    var isExhaustive: Bool
  }

  private func evidence(_ base: Projection, _ tuned: Projection) -> Evidence {
    let (first, second) = (base.unitCount, tuned.unitCount)
    let isPaired = context.design.isPaired
    let hasEnough = min(first, second) >= StudyContext.fewestUnits
    let points = base.rows.rowCount + tuned.rows.rowCount
    let swaps = LabelSwaps(
      first: first, second: second, isPaired: isPaired,
      permutations: hasEnough ? context.dearReplicates(points: points) : 0,
      seed: context.settings.seed)
    let unchanged = (0..<first + second).map { UInt8($0 < first ? 0 : 1) }
    let parts = isPaired ? [([0, first], first)] : [([0], first), ([first], second)]
    let relabelled = (0..<swaps.count).map { replicate in
      var flags = [UInt8](repeating: 0, count: swaps.flagCount)
      swaps.write(replicate, to: &flags)
      return isPaired ? flags + flags.map { 1 - $0 } : flags
    }
    // Per plane: areas as they are, then without each unit of each part, then relabelled; pairs.
    let areas = means { frame in
      let pool = FramePool(
        base.entries(frame: frame, from: 0) + tuned.entries(frame: frame, from: first),
        rounding: max(base.rounding, tuned.rounding))
      var pairs: [(Double, Double)] = []
      for (index, part) in parts.enumerated() {
        let found = withDeletions(pool, groups: unchanged, starts: part.0, part.1)
        pairs += index == 0 ? found[...] : found.dropFirst()
      }
      for groups in relabelled { pairs.append(pool.areas(groups)) }
      return pairs.flatMap { [$0.0, $0.1] }
    }
    let effects = stride(from: 0, to: areas.count, by: 2).map {
      EffectKind.logRatio.effect(of: areas[$0 + 1], against: areas[$0])
    }
    let firstDeletions = Array(effects[1...first])
    let others = effects[(first + 1)...]
    return Evidence(
      base: areas[0], tuned: areas[1],
      deletions: isPaired ? [firstDeletions] : [firstDeletions, Array(others.prefix(second))],
      permuted: Array(effects.suffix(swaps.count)), isExhaustive: swaps.isExhaustive)
  }

  /// The areas of groups 0 and 1 as they are, then with each unit left out that owns the flags
  /// `start + unit` of every start.
  private func withDeletions(
    _ pool: FramePool, groups: [UInt8], starts: [Int], _ units: Int
  ) -> [(Double, Double)] {
    let whole = pool.areas(groups)
    var result = [(Double, Double)](repeating: whole, count: units + 1)
    var owners = Set(pool.cornerOwners(groups, 0).map { Int($0) })
    owners.formUnion(pool.cornerOwners(groups, 1).map { Int($0) })
    var changed = groups
    for unit in 0..<units where starts.contains(where: { owners.contains($0 + unit) }) {
      for start in starts { changed[start + unit] = 2 }
      result[unit + 1] = pool.areas(changed)
      for start in starts { changed[start + unit] = groups[start + unit] }
    }
    return result
  }

  /// What the effect looks like between random halves of one checkpoint.
  struct Band {
    var interval: Interval?
    var isWithinUnits: Bool
  }

  func null(of checkpoint: Int) -> Band {
    let offsets = context.design.unitOffsets(of: checkpoint)
    let rowCount = context.design.rowCount(of: checkpoint)
    let halves = SplitHalves(
      offsets: offsets, samplesNeeded: 1, count: context.dearSplits(points: rowCount),
      seed: context.settings.seed)
    guard let directions else { return Band(interval: nil, isWithinUnits: halves.isWithinUnits) }
    let cloud = projection(of: checkpoint, directions)
    let splits = (0..<halves.count).map { replicate in
      var groups = [UInt8](repeating: 2, count: rowCount)
      halves.write(replicate, to: &groups)
      return groups
    }
    let areas = means { frame in
      let pool = FramePool(
        cloud.entries(frame: frame, from: 0, byRow: true), rounding: cloud.rounding)
      return splits.flatMap { groups in
        let areas = pool.areas(groups)
        return [areas.0, areas.1]
      }
    }
    let effects = stride(from: 0, to: areas.count, by: 2).map {
      EffectKind.logRatio.effect(of: areas[$0 + 1], against: areas[$0])
    }
    return Band(interval: .percentile(effects), isWithinUnits: halves.isWithinUnits)
  }

  private func blank(_ checkpoint: Int, _ reference: Int?) -> Measurement {
    context.row(
      entry.measure, scope: .pooled, space: Self.spaceID, variant: "", checkpoint: checkpoint,
      reference: reference, kind: .logRatio, isPaired: context.design.isPaired)
  }
}

extension StudyContext {
  /// The points that all relabellings of a statistic look at which costs a fraction of a millisecond:
  /// some tenths of a second.
  private static let pointBudget = 200_000
  /// The most that the fewest relabellings worth a p value may look at.
  private static let mostPoints = 1_000_000

  /// How many relabellings of so many points such a statistic is worth; none where too few would be.
  func dearReplicates(points: Int) -> Int {
    let asked = min(settings.permutations, 999)
    let least = min(asked, Self.fewestPermutations)
    if least * points > Self.mostPoints { return 0 }
    return min(asked, max(least, Self.pointBudget / max(1, points)))
  }

  /// How many random halves: the ends of a band need no more precision than that.
  func dearSplits(points: Int) -> Int {
    min(settings.splits, max(40, min(100, Self.pointBudget / max(1, points))))
  }
}
