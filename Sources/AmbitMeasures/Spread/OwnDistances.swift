internal import AmbitMatrix

/// What the distances between the outputs of one checkpoint say, whole and with prompts left out.
struct OwnDistances: Sendable {
  private let mean: SpreadStatistic
  private let median: SpreadStatistic
  private let sums: NeighbourSums
  private let halves: [NeighbourSums]
  /// 1 % of the median distance to the fifth nearest output, as a logarithm.
  let logFloor: Double

  /// `nil` where there are too many rows.
  ///
  /// - Parameter logFloor: the least `log r₅`; the rows' own where `nil`.
  init?(_ rows: Matrix, _ context: StudyContext, _ checkpoint: Int, logFloor: Double?) {
    guard rows.rowCount <= TwoSetEngine.mostRows else { return nil }
    let squares = rows.symmetricSquaredDistances(workers: context.workers)
    let units = CosinePairs.rows(context.design.unitOffsets(of: checkpoint), from: 0)
    let hasEnough = units.count >= StudyContext.fewestUnits
    let matrix = PairMatrix(distancesOf: squares, workers: context.workers)
    let all = [UInt8](repeating: 0, count: rows.rowCount)
    mean = SpreadStatistic(
      value: matrix.means(of: all).base,
      leftOut: hasEnough
        ? matrix.leaveOneOut(units, groups: all, workers: context.workers).map(\.base) : [])
    median = SpreadStatistic(
      value: PairMedian.value(squares),
      leftOut: hasEnough ? PairMedian.leaveOneOut(squares, units: units) : [])
    let neighbours = DistinctNeighbours(squaredDistances: squares, workers: context.workers)
    let floor = logFloor ?? Self.floor(of: neighbours.logRadii())
    self.logFloor = floor
    sums = neighbours.sums(all, of: 0, logFloor: floor)
    halves =
      hasEnough
      ? context.workers.map(Jackknife.halfCount) { replicate in
        var isDropped: [Bool] = []
        Jackknife.writeHalf(
          replicate, units: units.count, seed: context.settings.seed, to: &isDropped)
        var groups = all
        for unit in units.indices where isDropped[unit] {
          for row in units[unit] { groups[row] = 2 }
        }
        return neighbours.sums(groups, of: 0, logFloor: floor)
      } : []
  }

  /// No floor where half of the outputs have five equals.
  private static func floor(of logRadii: [Double]) -> Double {
    let known = logRadii.filter { !$0.isNaN }
    return (Quantile.median(known) ?? -.infinity) + Elementary.log(0.01)
  }

  func statistic(_ statistic: DistanceStatistic) -> SpreadStatistic {
    switch statistic {
    case .mean: mean
    case .median: median
    }
  }

  func statistic(_ measure: any NeighbourSpreadMeasure, _ variant: Int) -> SpreadStatistic {
    SpreadStatistic(
      value: measure.values(of: sums)[variant],
      leftOut: halves.map { measure.values(of: $0)[variant] })
  }

  /// Flags what was done with equal outputs of this checkpoint, or of this and another.
  func note(
    _ measure: any NeighbourSpreadMeasure, with other: OwnDistances? = nil,
    _ row: inout Measurement
  ) {
    if measure.skipsDuplicates {
      let duplicates =
        sums.rows - sums.distinct + (other.map { $0.sums.rows - $0.sums.distinct } ?? 0)
      if duplicates > 0 { row.flag(.duplicates(duplicates)) }
    } else {
      let floored = sums.floored + (other?.sums.floored ?? 0)
      if floored > 0 { row.flag(.floored(floored)) }
    }
  }
}
