internal import AmbitMatrix

/// Room for one planar cloud at a time, so that thousands of resampled clouds cost no allocation.
///
/// The cloud's points must be loaded in ascending (x, y): then every result is a function of the
/// multiset of points. Not `Sendable`: one workspace a thread.
package final class PlaneWorkspace {
  let capacity: Int
  /// The number of points now loaded.
  package private(set) var count = 0

  /// The points, sorted by (x, y).
  let points: UnsafeMutablePointer<SIMD2<Double>>
  /// The same as two columns, padded with zeros to a multiple of sixteen.
  private let xs: UnsafeMutablePointer<Double>
  private let ys: UnsafeMutablePointer<Double>
  private let distances: UnsafeMutablePointer<Double>
  private let ordered: UnsafeMutablePointer<Double>
  private let kept: UnsafeMutablePointer<SIMD2<Double>>
  private let corners: UnsafeMutablePointer<Int32>
  private let scratch: UnsafeMutablePointer<Int32>

  package init(capacity: Int) {
    self.capacity = capacity
    let padded = capacity + 32
    points = .allocate(capacity: padded)
    xs = .allocate(capacity: padded)
    ys = .allocate(capacity: padded)
    distances = .allocate(capacity: padded)
    ordered = .allocate(capacity: padded)
    kept = .allocate(capacity: padded)
    corners = .allocate(capacity: 2 * padded)
    scratch = .allocate(capacity: 2 * padded)
    xs.initialize(repeating: 0, count: padded)
    ys.initialize(repeating: 0, count: padded)
    distances.initialize(repeating: 0, count: padded)
  }

  deinit {
    points.deallocate()
    xs.deallocate()
    ys.deallocate()
    distances.deallocate()
    ordered.deallocate()
    kept.deallocate()
    corners.deallocate()
    scratch.deallocate()
  }

  /// Loads a cloud in any order.
  func load(_ cloud: [SIMD2<Double>]) {
    precondition(cloud.count <= capacity, "the workspace is too small for this cloud")
    let sorted = cloud.sorted { $0.x != $1.x ? $0.x < $1.x : $0.y < $1.y }
    for index in sorted.indices { points[index] = sorted[index] }
    finishLoading(sorted.count)
  }

  /// Takes over what a caller has written to `points`, in ascending (x, y).
  @inline(__always)
  func finishLoading(_ newCount: Int) {
    count = newCount
    for index in 0..<newCount {
      xs[index] = points[index].x
      ys[index] = points[index].y
    }
    for index in newCount..<(newCount + 7) & ~3 {
      xs[index] = 0
      ys[index] = 0
    }
  }

  /// The classical moments of the whole cloud, in two passes.
  func moments() -> PlaneMoments {
    guard count > 0 else { return PlaneMoments(count: 0, mean: .zero, xx: 0, xy: 0, yy: 0) }
    for index in 0..<count { distances[index] = 0 }
    padDistances()
    let rough = sumWhere(distancesUpTo: 0, about: points[count / 2])
    return sumWhere(distancesUpTo: 0, about: rough.mean)
  }

  /// The robust estimate; see `RobustLocationScatter`.
  func robustScatter() -> RobustLocationScatter { robustScatter(from: moments()) }

  func robustScatter(from classical: PlaneMoments) -> RobustLocationScatter {
    var current = RobustLocationScatter(classical, isFallback: false)
    if classical.isSingular || count < 4 {
      current.isFallback = true
      return current
    }
    let half = min(count, (count + 4) / 2)
    var lowest = Double.infinity
    // Half of a Gaussian cloud lies within 2 ln 2.
    var guess = 1.386
    for step in 0..<RobustLocationScatter.maximumSteps {
      measureDistances(from: current)
      let threshold = OrderSelection.value(
        atRank: half - 1, of: distances, count: count, near: guess, scratch: ordered)
      // The first step goes from the covariance of all to that of the central half.
      guess = step == 0 ? 3.3 * threshold : threshold
      let next = sumWhere(distancesUpTo: threshold, about: current.location)
      if next.isSingular { return RobustLocationScatter(classical, isFallback: true) }
      let determinant = next.determinant
      if determinant >= lowest * (1 - 1e-9) { break }
      lowest = determinant
      current = RobustLocationScatter(next, isFallback: false)
    }
    return current
  }

  /// Fills `distances` with squared Mahalanobis distances.
  func measureDistances(from scatter: RobustLocationScatter) {
    let form = QuadraticForm(inverting: scatter)
    fillDistances(
      xs, ys, distances, count, scatter.location.x, scatter.location.y, form.a, form.b, form.c)
    padDistances()
  }

  private func padDistances() {
    for index in count..<(count + 15) & ~15 { distances[index] = .infinity }
  }

  private func sumWhere(distancesUpTo threshold: Double, about middle: SIMD2<Double>)
    -> PlaneMoments
  {
    let sums = momentSums(xs, ys, distances, (count + 3) & ~3, threshold, middle.x, middle.y)
    let meanX = sums.x / sums.count
    let meanY = sums.y / sums.count
    return PlaneMoments(
      count: sums.count, mean: SIMD2(meanX + middle.x, meanY + middle.y),
      xx: sums.xx / sums.count - meanX * meanX, xy: sums.xy / sums.count - meanX * meanY,
      yy: sums.yy / sums.count - meanY * meanY)
  }

  /// Keeps all but the `⌊(1 − fraction)·n⌋` points of largest distance in `distances`; among equal
  /// distances the larger (x, y) goes first. Returns the hull's corner count; see `corner(_:)`.
  func hull(keeping fraction: Double) -> Int {
    let keptCount = Self.keptCount(of: count, fraction: fraction)
    if keptCount == count {
      return HullChain.corners(of: points, count: count, into: corners, scratch: scratch)
    }
    // What a Gaussian cloud would give, measured in units of its central half.
    let guess = -9.06 * Elementary.log(1 - Double(keptCount) / Double(count + 1))
    let threshold = OrderSelection.value(
      atRank: keptCount - 1, of: distances, count: count, near: guess, scratch: ordered)
    var closer = 0
    for index in 0..<count { closer &+= distances[index] < threshold ? 1 : 0 }
    var ties = keptCount - closer
    var size = 0
    for index in 0..<count {
      kept[size] = points[index]
      let distance = distances[index]
      if distance < threshold {
        size += 1
      } else if distance == threshold && ties > 0 {
        ties -= 1
        size += 1
      }
    }
    let cornerCount = HullChain.corners(of: kept, count: size, into: corners, scratch: scratch)
    return cornerCount
  }

  /// Copies the corners that `hull(keeping:)` has found; `whole` says whether nothing was dropped.
  @inline(__always)
  func copyCorners(
    _ cornerCount: Int, whole: Bool, to target: UnsafeMutablePointer<SIMD2<Double>>
  ) {
    let source = whole ? points : kept
    for index in 0..<cornerCount { target[index] = source[Int(corners[index])] }
  }

  /// How many points stay when `fraction` of them is kept.
  static func keptCount(of count: Int, fraction: Double) -> Int {
    count - max(0, Int(((1 - fraction) * Double(count) + 1e-9).rounded(.down)))
  }
}

// Free functions over plain pointers: the optimiser vectorises them, which it did not do for the
// same loops over stored properties.

private func fillDistances(
  _ xs: UnsafePointer<Double>, _ ys: UnsafePointer<Double>,
  _ distances: UnsafeMutablePointer<Double>, _ count: Int, _ x: Double, _ y: Double, _ a: Double,
  _ b: Double, _ c: Double
) {
  for index in 0..<count {
    let dx = xs[index] - x
    let dy = ys[index] - y
    distances[index] = a * dx * dx + b * dx * dy + c * dy * dy
  }
}

private struct MomentSums {
  var count = 0.0
  var x = 0.0
  var y = 0.0
  var xx = 0.0
  var xy = 0.0
  var yy = 0.0
}

private func momentSums(
  _ xs: UnsafePointer<Double>, _ ys: UnsafePointer<Double>, _ distances: UnsafePointer<Double>,
  _ paddedCount: Int, _ threshold: Double, _ x: Double, _ y: Double
) -> MomentSums {
  typealias Lanes = SIMD4<Double>
  var (count, sumX, sumY) = (Lanes.zero, Lanes.zero, Lanes.zero)
  var (sumXX, sumXY, sumYY) = (Lanes.zero, Lanes.zero, Lanes.zero)
  let limit = Lanes(repeating: threshold)
  let one = Lanes(repeating: 1)
  var index = 0
  while index < paddedCount {
    let distance = UnsafeRawPointer(distances + index).loadUnaligned(as: Lanes.self)
    let weight = Lanes.zero.replacing(with: one, where: distance .<= limit)
    let dx = UnsafeRawPointer(xs + index).loadUnaligned(as: Lanes.self) - x
    let dy = UnsafeRawPointer(ys + index).loadUnaligned(as: Lanes.self) - y
    let weightedX = weight * dx
    let weightedY = weight * dy
    count += weight
    sumX += weightedX
    sumY += weightedY
    sumXX += weightedX * dx
    sumXY += weightedX * dy
    sumYY += weightedY * dy
    index += 4
  }
  return MomentSums(
    count: count.sum(), x: sumX.sum(), y: sumY.sum(), xx: sumXX.sum(), xy: sumXY.sum(),
    yy: sumYY.sum())
}
