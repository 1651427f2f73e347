internal import AmbitMatrix

/// The nearest centre of every row.
struct NearestCentres: Sendable {
  /// Per row, the centre; the lowest index of equally near ones.
  let indices: [Int]
  /// Per row, its squared distance.
  let squaredDistances: [Double]

  /// Centres whose single-precision distances differ by less are compared again. Rows are no longer
  /// than 1, so rounding is far below.
  private static let slack: Float = 1e-4
  private static let blockRows = 256

  /// - Parameters:
  ///   - rows: of length at most 1. - centres: likewise, at least one.
  init(of rows: Matrix, among centres: Matrix, workers: Workers) {
    let count = centres.rowCount
    let norms = (0..<count).map { Float(Reductions.squaredNorm(centres.row($0))) }
    let blocks = (rows.rowCount + Self.blockRows - 1) / Self.blockRows
    let found = workers.map(blocks) { block in
      let range = block * Self.blockRows..<min(rows.rowCount, (block + 1) * Self.blockRows)
      var products = [Float](repeating: 0, count: range.count * count)
      return products.withUnsafeMutableBufferPointer { products in
        guard let start = products.baseAddress else { return [(index: Int, distance: Double)]() }
        rows.writeProducts(ofRows: range, withRows: 0..<count, of: centres, to: start)
        return range.map { row in
          let own = start + (row - range.lowerBound) * count
          var least = Float.infinity
          for centre in 0..<count {
            own[centre] = norms[centre] - 2 * own[centre]
            least = min(least, own[centre])
          }
          var best = (index: 0, distance: Double.infinity)
          for centre in 0..<count where own[centre] <= least + Self.slack {
            let distance = Reductions.squaredDistance(rows.row(row), centres.row(centre))
            if distance < best.distance { best = (centre, distance) }
          }
          return best
        }
      }
    }
    indices = found.flatMap { $0.map(\.index) }
    squaredDistances = found.flatMap { $0.map(\.distance) }
  }

  /// `Σ wᵢ dᵢ²`, what Lloyd's steps make smaller.
  func cost(_ weights: [Double]) -> Double {
    var sum = 0.0
    for (weight, square) in zip(weights, squaredDistances) { sum += weight * square }
    return sum
  }
}
