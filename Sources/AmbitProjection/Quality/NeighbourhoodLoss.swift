internal import AmbitMatrix

/// What the neighbourhood of one row loses and gains in a map.
struct NeighbourhoodLoss: Sendable {
  /// Σ (rank among the rows − k) over points that are near in the map alone.
  var intruders = 0.0
  /// Σ (rank in the map − k) over points that are near among the rows alone.
  var strays = 0.0
  /// How many neighbours are neighbours in the map.
  var kept = 0

  static func all(
    original: Matrix, map: Matrix, count: Int, workers: Workers
  ) -> [NeighbourhoodLoss] {
    let near = NearestNeighbours(of: original, count: count, workers: workers)
    let shown = NearestNeighbours(of: map, count: count, workers: workers)
    // Ranks are by products in single precision: a mean far from 0 would drown them.
    let (original, map) = (original.centred, map.centred)
    let blockRows = 64
    let blocks = (original.rowCount + blockRows - 1) / blockRows
    let originalSquares = squares(original)
    let mapSquares = squares(map)
    return workers.map(blocks) { block in
      let rows = block * blockRows..<min(original.rowCount, (block + 1) * blockRows)
      let products = SharedBuffer<Float>(
        repeating: 0, count: rows.count * original.rowCount)
      var losses = [NeighbourhoodLoss](repeating: NeighbourhoodLoss(), count: rows.count)
      for (offset, row) in rows.enumerated() {
        losses[offset].kept = Set(near.indices(of: row)).intersection(shown.indices(of: row)).count
      }
      let all = 0..<original.rowCount
      original.writeProducts(ofRows: rows, withRows: all, of: original, to: products.pointer)
      for (offset, row) in rows.enumerated() {
        losses[offset].intruders = excess(
          of: shown.indices(of: row), beyond: near.indices(of: row), row: row,
          products.pointer + offset * all.count, originalSquares)
      }
      map.writeProducts(ofRows: rows, withRows: all, of: map, to: products.pointer)
      for (offset, row) in rows.enumerated() {
        losses[offset].strays = excess(
          of: near.indices(of: row), beyond: shown.indices(of: row), row: row,
          products.pointer + offset * all.count, mapSquares)
      }
      return losses
    }.flatMap { $0 }
  }

  private static func squares(_ rows: Matrix) -> [Float] {
    (0..<rows.rowCount).map { Float(Reductions.squaredNorm(rows.row($0))) }
  }

  /// Σ (rank − k) over the `points` that are not among `neighbours`.
  ///
  /// - Parameter values: the products of the row with all rows; overwritten by distances.
  private static func excess(
    of points: ArraySlice<Int32>, beyond neighbours: ArraySlice<Int32>, row: Int,
    _ values: UnsafeMutablePointer<Float>, _ squares: [Float]
  ) -> Double {
    let strangers = points.filter { !neighbours.contains($0) }
    guard !strangers.isEmpty else { return 0 }
    for index in squares.indices { values[index] = squares[index] - 2 * values[index] }
    values[row] = .infinity
    var sum = 0
    for stranger in strangers {
      let rank = 1 + countBelow(values[Int(stranger)], values, squares.count)
      // Single precision may rank a stranger among the neighbours that it ties with.
      sum += max(1, rank - neighbours.count)
    }
    return Double(sum)
  }
}

extension Matrix {
  /// All rows less their mean.
  fileprivate var centred: Matrix {
    let mean = columnMeans()
    return Matrix(
      rowCount: rowCount, columnCount: columnCount,
      values: values.indices.map { Float(Double(values[$0]) - mean[$0 % columnCount]) })
  }
}

/// How many of the numbers are smaller than `limit`.
private func countBelow(_ limit: Float, _ values: UnsafePointer<Float>, _ count: Int) -> Int {
  var counts = SIMD16<Int32>.zero
  var index = 0
  while index + 16 <= count {
    let below = values.lanes(index) .< Lanes(repeating: limit)
    counts &-= unsafeBitCast(below, to: SIMD16<Int32>.self)
    index += 16
  }
  var sum = Int(counts.wrappedSum())
  while index < count {
    sum += values[index] < limit ? 1 : 0
    index += 1
  }
  return sum
}
