internal import AmbitMatrix

/// The points of one or two checkpoints in one random plane, and the hull areas of any regrouping.
///
/// Points are sorted once. Most regroupings need only the outermost seventh: if the hull of those
/// that belong to a group holds the hull of all inner points, it is the hull of the group; that is
/// checked each time, and where it fails more points are used, in the end all. One a thread.
package final class FramePool {
  private let rounding: Double
  private let points: [SIMD2<Double>]
  private let owners: [Int32]
  private let shells: [Shell]
  /// The points beyond some distance, and the hull of the others.
  private struct Shell {
    let points: [SIMD2<Double>]
    let owners: [Int32]
    /// The corners of the hull of the inner points.
    let core: [SIMD2<Double>]

    init(of pool: PlanePool, _ distances: [Double], beyond limit: Double) {
      let outside = distances.indices.filter { distances[$0] > limit }
      points = outside.map { pool.points[$0] }
      owners = outside.map { pool.owners[$0] }
      core =
        ConvexPolygon(
          hullOf: distances.indices.filter { distances[$0] <= limit }.map { pool.points[$0] }
        ).vertices
    }
  }

  /// The shares of points that lie within each shell.
  private static let shares = [0.85, 0.6]

  /// The points of a group, and those of the other one where both are taken at once.
  private let kept: UnsafeMutablePointer<SIMD2<Double>>
  private let keptOther: UnsafeMutablePointer<SIMD2<Double>>
  private let corners: UnsafeMutablePointer<Int32>
  private let scratch: UnsafeMutablePointer<Int32>

  /// - Parameter rounding: how far rounding may have moved a point; a hull no wider has no area.
  package init(_ entries: [(point: SIMD2<Double>, owner: Int)], rounding: Double = 0) {
    self.rounding = rounding
    let pool = PlanePool(entries)
    points = pool.points
    owners = pool.owners
    let scatter = RobustLocationScatter(PlaneMoments(of: pool.points), isFallback: false)
    let distances = pool.points.map { scatter.squaredDistance(to: $0) }
    let sorted = distances.sorted()
    shells = Self.shares.map { share in
      let limit = sorted.isEmpty ? 0 : Quantile.ofSorted(sorted, share)
      return Shell(of: pool, distances, beyond: limit)
    }
    kept = .allocate(capacity: points.count + 1)
    keptOther = .allocate(capacity: points.count + 1)
    corners = .allocate(capacity: 2 * points.count + 2)
    scratch = .allocate(capacity: 2 * points.count + 2)
  }

  deinit {
    kept.deallocate()
    keptOther.deallocate()
    corners.deallocate()
    scratch.deallocate()
  }

  /// The hull area of the points whose owners have the flag `group`.
  package func area(_ groups: [UInt8], _ group: UInt8) -> Double {
    area(groups, group, from: 0)
  }

  /// The hull areas of groups 0 and 1: one walk over the points for both.
  package func areas(_ groups: [UInt8]) -> (Double, Double) {
    let counts = loadBoth(shells[0].points, shells[0].owners, groups)
    let first =
      area(kept, counts.0, around: shells[0].core) ?? area(groups, 0, from: 1)
    let second =
      area(keptOther, counts.1, around: shells[0].core) ?? area(groups, 1, from: 1)
    return (first, second)
  }

  private func area(_ groups: [UInt8], _ group: UInt8, from first: Int) -> Double {
    for shell in shells[first...] {
      let count = load(shell.points, shell.owners, groups, group)
      if let area = area(kept, count, around: shell.core) { return area }
    }
    let count = load(points, owners, groups, group)
    return area(
      kept, HullChain.corners(of: kept, count: count, into: corners, scratch: scratch))
  }

  /// The hull area of sorted points, if it surely holds the inner ones.
  private func area(
    _ points: UnsafePointer<SIMD2<Double>>, _ count: Int, around core: [SIMD2<Double>]
  ) -> Double? {
    let cornerCount = HullChain.corners(of: points, count: count, into: corners, scratch: scratch)
    guard cornerCount > 2 && holds(core, points, cornerCount) else { return nil }
    return area(points, cornerCount)
  }

  /// The owners of the hull's corners.
  func cornerOwners(_ groups: [UInt8], _ group: UInt8) -> [Int32] {
    var chosen: [Int32] = []
    for index in points.indices where groups[Int(owners[index])] == group {
      chosen.append(owners[index])
    }
    let size = load(points, owners, groups, group)
    let count = HullChain.corners(of: kept, count: size, into: corners, scratch: scratch)
    return (0..<count).map { chosen[Int(corners[$0])] }
  }

  /// Takes the points of a group; returns their number.
  private func load(
    _ points: [SIMD2<Double>], _ owners: [Int32], _ groups: [UInt8], _ group: UInt8
  ) -> Int {
    var count = 0
    points.withUnsafeBufferPointer { points in
      owners.withUnsafeBufferPointer { owners in
        groups.withUnsafeBufferPointer { groups in
          for index in points.indices {
            // Written always, kept where it belongs: no branch to mispredict.
            kept[count] = points[index]
            count &+= groups[Int(owners[index])] == group ? 1 : 0
          }
        }
      }
    }
    return count
  }

  /// Takes the points of groups 0 and 1; returns their numbers.
  private func loadBoth(
    _ points: [SIMD2<Double>], _ owners: [Int32], _ groups: [UInt8]
  ) -> (Int, Int) {
    var (first, second) = (0, 0)
    points.withUnsafeBufferPointer { points in
      owners.withUnsafeBufferPointer { owners in
        groups.withUnsafeBufferPointer { groups in
          for index in points.indices {
            let group = groups[Int(owners[index])]
            kept[first] = points[index]
            keptOther[second] = points[index]
            first &+= group == 0 ? 1 : 0
            second &+= group == 1 ? 1 : 0
          }
        }
      }
    }
    return (first, second)
  }

  private func holds(
    _ core: [SIMD2<Double>], _ points: UnsafePointer<SIMD2<Double>>, _ count: Int
  ) -> Bool {
    var previous = points[Int(corners[count - 1])]
    for index in 0..<count {
      let current = points[Int(corners[index])]
      let side = current - previous
      var least = Double.infinity
      for corner in core {
        let offset = corner - previous
        least = min(least, side.x * offset.y - side.y * offset.x)
      }
      // On the line is good enough for the area; in doubt all points are used.
      if !(least > 0) { return core.isEmpty }
      previous = current
    }
    return true
  }

  private func area(_ points: UnsafePointer<SIMD2<Double>>, _ count: Int) -> Double {
    guard count > 2 else { return 0 }
    let first = points[Int(corners[0])]
    var previous = points[Int(corners[1])] - first
    var twice = 0.0
    var length = (previous * previous).sum().squareRoot()
    for index in 2..<count {
      let next = points[Int(corners[index])] - first
      twice += previous.x * next.y - previous.y * next.x
      let step = next - previous
      length += (step * step).sum().squareRoot()
      previous = next
    }
    return twice / 2 > rounding * length ? twice / 2 : 0
  }
}
