internal import AmbitMatrix

/// The level above which a density estimate holds a given share of its own sample.
enum HighestDensity {
  /// Scott's factor in the plane: the bandwidth matrix is `n^(−1/3)` times the covariance.
  static func scottFactor(count: Int) -> Double { Elementary.pow(Double(count), -1.0 / 6) }

  /// The sums of the other points' bumps at every point, ascending.
  static func leaveOneOutSums(
    of grid: DensityGrid, at points: UnsafePointer<SIMD2<Double>>, count: Int,
    into sums: UnsafeMutablePointer<Double>
  ) {
    for index in 0..<count {
      let (sum, own) = grid.sum(at: points[index])
      sums[index] = max(0, sum - own)
    }
    var list = UnsafeMutableBufferPointer(start: sums, count: count)
    list.sort()
  }

  /// The level of the sum of all bumps: the `1 − mass` quantile of the leave-one-out density, in the
  /// units of the sum; `nil` where it is 0, as for points that lie far from all others.
  static func level(mass: Double, sortedSums: UnsafePointer<Double>, count: Int) -> Double? {
    let position = (1 - mass) * Double(count - 1)
    let below = Int(position)
    let above = min(below + 1, count - 1)
    let quantile =
      sortedSums[below] + (sortedSums[above] - sortedSums[below]) * (position - Double(below))
    // The mean of n − 1 bumps against the mean of n.
    let level = quantile * Double(count) / Double(count - 1)
    return level > 1e-6 ? level : nil
  }
}
