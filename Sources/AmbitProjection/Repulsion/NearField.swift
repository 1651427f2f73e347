/// The push of near points on each other beyond what the mesh gives: the rest of a `SplitKernel`.
///
/// The cells are half as wide as the reach, so that all near points of a point lie in the five cells
/// about its own, each way. Farther ones that come along have the rest 0 by themselves.
struct NearField {
  let grid: CellGrid
  let kernel: SplitKernel

  /// The push on two sorted points of one cell, and their sums of the rest of φ.
  @inline(__always)
  func push(_ first: Int, _ second: Int, row: Int, column: Int) -> (SIMD3<Float>, SIMD3<Float>) {
    let (x, y) = (grid.x.pointer, grid.y.pointer)
    let points = (SIMD2(x[first], y[first]), SIMD2(x[second], y[second]))
    var sums = NearSums()
    for neighbour in max(0, row - 2)...min(grid.rowCount - 1, row + 2) {
      let range = grid.range(row: neighbour, columns: column - 2...column + 2)
      addNear(points.0, points.1, x, y, range, kernel.limit, kernel.inverse, &sums)
    }
    return (
      SIMD3(sums.x1.total, sums.y1.total, sums.phi1.total),
      SIMD3(sums.x2.total, sums.y2.total, sums.phi2.total)
    )
  }
}

struct NearSums {
  var (x1, y1, phi1) = (Lanes.zero, Lanes.zero, Lanes.zero)
  var (x2, y2, phi2) = (Lanes.zero, Lanes.zero, Lanes.zero)
}

/// Adds what the sorted points of a range contribute to two points.
private func addNear(
  _ first: SIMD2<Float>, _ second: SIMD2<Float>, _ x: UnsafePointer<Float>,
  _ y: UnsafePointer<Float>, _ range: Range<Int>, _ limit: Float, _ inverse: Float,
  _ sums: inout NearSums
) {
  var local = sums
  let slope = 4 * inverse
  var index = range.lowerBound
  while index < range.upperBound {
    let (sourceX, sourceY) = (x.lanes(index), y.lanes(index))
    let (dx1, dy1) = (first.x - sourceX, first.y - sourceY)
    let (dx2, dy2) = (second.x - sourceX, second.y - sourceY)
    let s1 = dx1 * dx1 + dy1 * dy1
    let s2 = dx2 * dx2 + dy2 * dy2
    let (a, b) = (s1 + 1, s2 + 1)
    let quotient = 1 / (a * b)
    let (phi1, phi2) = (quotient * b, quotient * a)
    let u1 = (limit - s1) * inverse
    let u2 = (limit - s2) * inverse
    let t1 = u1.replacing(with: 0, where: u1 .< 0)
    let t2 = u2.replacing(with: 0, where: u2 .< 0)
    let (square1, square2) = (t1 * t1, t2 * t2)
    let rest1 = phi1 * square1 * square1
    let rest2 = phi2 * square2 * square2
    local.phi1 += rest1
    local.phi2 += rest2
    let force1 = phi1 * (rest1 + slope * square1 * t1)
    let force2 = phi2 * (rest2 + slope * square2 * t2)
    local.x1 += force1 * dx1
    local.y1 += force1 * dy1
    local.x2 += force2 * dx2
    local.y2 += force2 * dy2
    index += 16
  }
  sums = local
}
