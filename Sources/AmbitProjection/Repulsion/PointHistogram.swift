/// How many points lie where, in 32 × 32 cells: enough to foresee how many pairs are near.
struct PointHistogram {
  static let side = 32

  private let counts: [Double]
  /// How many points lie in the cells before a corner, both ways: 33 × 33.
  private let sums: [Double]
  /// Cells per unit.
  private let scale: SIMD2<Double>

  /// O(n + cells).
  init(_ points: MapPoints, low: SIMD2<Float>, span: SIMD2<Float>) {
    let side = Self.side
    let scale = Float(side) / span
    var counts = [Double](repeating: 0, count: side * side)
    for index in 0..<points.count {
      let cell = (points[index] - low) * scale
      counts[min(side - 1, Int(cell.x)) * side + min(side - 1, Int(cell.y))] += 1
    }
    var sums = [Double](repeating: 0, count: (side + 1) * (side + 1))
    for row in 0..<side {
      var rowSum = 0.0
      for column in 0..<side {
        rowSum += counts[row * side + column]
        sums[(row + 1) * (side + 1) + column + 1] = sums[row * (side + 1) + column + 1] + rowSum
      }
    }
    self.counts = counts
    self.sums = sums
    self.scale = SIMD2<Double>(scale)
  }

  /// About how many ordered pairs lie within a square of half the side `halfWidth` about the first.
  func pairs(within halfWidth: Double) -> Double {
    let side = Self.side
    let half = halfWidth * scale
    var pairs = 0.0
    for row in 0..<side {
      for column in 0..<side where counts[row * side + column] > 0 {
        let middle = SIMD2(Double(row) + 0.5, Double(column) + 0.5)
        let (low, high) = (middle - half, middle + half)
        let box =
          before(high.x, high.y) - before(low.x, high.y) - before(high.x, low.y)
          + before(low.x, low.y)
        pairs += counts[row * side + column] * box
      }
    }
    return pairs
  }

  /// How many points lie before a place, as if each cell were filled evenly.
  @inline(__always)
  private func before(_ x: Double, _ y: Double) -> Double {
    let last = Double(Self.side)
    let (x, y) = (min(max(x, 0), last), min(max(y, 0), last))
    let (row, column) = (min(Self.side - 1, Int(x)), min(Self.side - 1, Int(y)))
    let (u, v) = (x - Double(row), y - Double(column))
    let corner = row * (Self.side + 1) + column
    let next = corner + Self.side + 1
    return (1 - u) * ((1 - v) * sums[corner] + v * sums[corner + 1])
      + u * ((1 - v) * sums[next] + v * sums[next + 1])
  }
}
