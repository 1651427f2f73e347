import AmbitMatrix
import AmbitTestSupport
import Testing

/// Rows packed once give the products of any block of others.
@Suite struct PackedRowsTests {
  @Test func productsEqualTheDefinition() {
    forEachSeed(20) { random in
      func matrix(_ rows: Int, _ columns: Int) -> Matrix {
        Matrix(
          rowCount: rows, columnCount: columns,
          values: (0..<rows * columns).map { _ in Float(random.normal()) })
      }
      let width = 1 + random.index(below: 40)
      let (some, others) = (
        matrix(1 + random.index(below: 200), width), matrix(1 + random.index(below: 60), width)
      )
      let first = random.index(below: some.rowCount)
      let range = first..<first + 1 + random.index(below: some.rowCount - first)
      let packed = PackedRows(range, of: some, workers: Workers(threadCount: 2))
      try require(packed.count == range.count && packed.stride >= packed.count, "extent")
      let start = random.index(below: others.rowCount)
      let part = start..<min(others.rowCount, start + packed.blockRows)
      var found = [Float](repeating: .nan, count: part.count * packed.stride)
      packed.writeProducts(ofRows: part, of: others, to: &found)
      for row in part {
        for (column, other) in range.enumerated() {
          let expected = Reductions.dot(others.row(row), some.row(other))
          let product = Double(found[(row - start) * packed.stride + column])
          try require(abs(product - expected) < 1e-4, "\(row), \(other)")
        }
      }
    }
  }
}
