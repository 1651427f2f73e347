internal import AmbitMatrix

/// Planar statistics with units left out: one at a time, and random halves.
struct PlaneDeletions: Sendable {
  let units: Int
  /// Per unit left out, one number a statistic.
  let ones: [[Double]]
  /// Per random half left out, one number a statistic.
  let halves: [[Double]]

  /// Hulls leave every unit out in turn, and random halves; the dearer fields a tenth of the units at a
  /// time, which then count as the units.
  ///
  /// - Parameter starts: unit *u* owns the flags `start + u` of every start.
  init(
    engine: PlaneEngine, pool: PlanePool, unchanged: [UInt8], starts: [Int], units: Int,
    read: @Sendable (PlanePairWorkspace) -> [Double]
  ) {
    let groupCount = engine.tier == .hulls ? units : min(Jackknife.groupCount, units)
    self.units = groupCount
    let seed = engine.context.settings.seed
    ones = engine.replicates(
      groupCount, pool: pool, groupCount: unchanged.count, levels: engine.levels,
      write: { replicate, groups in
        groups = unchanged
        for start in starts {
          for unit in stride(from: replicate, to: units, by: groupCount) {
            groups[start + unit] = 2
          }
        }
      }, read: read)
    halves = engine.replicates(
      engine.tier == .hulls ? Jackknife.halfCount : 0, pool: pool, groupCount: unchanged.count,
      levels: engine.levels,
      write: { replicate, groups in
        groups = unchanged
        var isDropped: [Bool] = []
        Jackknife.writeHalf(replicate, units: units, seed: seed, to: &isDropped)
        for unit in 0..<units where isDropped[unit] {
          for start in starts { groups[start + unit] = 2 }
        }
      }, read: read)
  }

  /// The variance of statistic `index` at a peel: delete-one for all points, delete-half for peels.
  func variance(
    of index: Int, level: PeelLevel, transform: (Double) -> Double = { $0 }
  ) -> Double? {
    level == .all
      ? Jackknife.variance(ones.map { transform($0[index]) })
      : Jackknife.variance(
        ofHalves: halves.map { transform($0[index]) }, units: units, dropped: units / 2)
  }
}

extension [PlaneDeletions] {
  /// The sum of the variances of the parts that vary independently; `nil` where one is unknown.
  func variance(
    of index: Int, level: PeelLevel, transform: (Double) -> Double = { $0 }
  ) -> Double? {
    guard !isEmpty else { return nil }
    var total = 0.0
    for part in self {
      guard let variance = part.variance(of: index, level: level, transform: transform) else {
        return nil
      }
      total += variance
    }
    return total
  }

  /// The fewest units of any part.
  var units: Int { map(\.units).min() ?? 0 }
}
