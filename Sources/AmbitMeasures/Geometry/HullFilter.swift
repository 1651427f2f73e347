/// Drops points that cannot be corners of the hull, before anything is sorted.
enum HullFilter {
  /// The points outside, on or near the polygon of the extreme points in sixteen directions.
  ///
  /// Every corner of the hull is among them. O(n).
  static func outerPoints(of points: [SIMD2<Double>]) -> [SIMD2<Double>] {
    points.withUnsafeBufferPointer { buffer in
      let polygon = ConvexPolygon(hullOf: extremes(of: buffer)).vertices
      guard polygon.count > 2 else { return points }
      let edges = polygon.indices.map { index in
        (polygon[index], polygon[(index + 1) % polygon.count] - polygon[index])
      }
      var reach = 0.0
      for vertex in polygon {
        let offset = vertex - polygon[0]
        reach = max(reach, max(abs(offset.x), abs(offset.y)))
      }
      let margin = 1e-14 * reach * reach
      return edges.withUnsafeBufferPointer { outside(buffer, of: $0, margin: margin) }
    }
  }

  private static func outside(
    _ points: UnsafeBufferPointer<SIMD2<Double>>,
    of edges: UnsafeBufferPointer<(SIMD2<Double>, SIMD2<Double>)>, margin: Double
  ) -> [SIMD2<Double>] {
    // A circle inside the polygon settles most points with one comparison.
    let centre = edges.reduce(SIMD2<Double>.zero) { $0 + $1.0 } / Double(edges.count)
    var radius = Double.infinity
    for (corner, direction) in edges {
      let offset = centre - corner
      let length = (direction * direction).sum().squareRoot()
      radius = min(radius, (direction.x * offset.y - direction.y * offset.x) / length)
    }
    let safe = max(0, radius) * (1 - 1e-9)
    let squaredRadius = safe * safe
    var kept: [SIMD2<Double>] = []
    for point in points {
      let fromCentre = point - centre
      if fromCentre.x * fromCentre.x + fromCentre.y * fromCentre.y < squaredRadius { continue }
      for (corner, direction) in edges {
        let offset = point - corner
        if !(direction.x * offset.y - direction.y * offset.x > margin) {
          kept.append(point)
          break
        }
      }
    }
    return kept
  }

  /// The extreme points in eight directions and their opposites.
  private static func extremes(
    of points: UnsafeBufferPointer<SIMD2<Double>>
  ) -> [SIMD2<Double>] {
    let cosines = SIMD8<Double>(1, 0.92, 0.71, 0.38, 0, -0.38, -0.71, -0.92)
    let sines = SIMD8<Double>(0, 0.38, 0.71, 0.92, 1, 0.92, 0.71, 0.38)
    var highest = SIMD8<Double>(repeating: -.infinity)
    var lowest = SIMD8<Double>(repeating: .infinity)
    var highestIndex = SIMD8<Int64>(repeating: 0)
    var lowestIndex = SIMD8<Int64>(repeating: 0)
    for index in points.indices {
      let point = points[index]
      let height = cosines * point.x + sines * point.y
      let here = SIMD8<Int64>(repeating: Int64(index))
      let above = height .> highest
      let below = height .< lowest
      highest.replace(with: height, where: above)
      highestIndex.replace(with: here, where: above)
      lowest.replace(with: height, where: below)
      lowestIndex.replace(with: here, where: below)
    }
    return (0..<8).flatMap { [points[Int(highestIndex[$0])], points[Int(lowestIndex[$0])]] }
  }
}
