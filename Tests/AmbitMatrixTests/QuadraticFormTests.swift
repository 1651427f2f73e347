import AmbitMatrix
import AmbitTestSupport
import Testing

/// Quadratic forms of a symmetric matrix.
@Suite struct QuadraticFormTests {
  /// One row fewer than a panel, a panel, one more, and several.
  @Test(arguments: [1, 7, 255, 256, 257, 700]) func formsAreThoseOfTheDefinition(_ count: Int) {
    var random = SplitMix64(seed: UInt64(count))
    var values = [Float](repeating: 0, count: count * count)
    for row in 0..<count {
      for column in 0...row {
        let value = Float(random.normal())
        values[row * count + column] = value
        values[column * count + row] = value
      }
    }
    let matrix = Matrix(rowCount: count, columnCount: count, values: values)
    let rows = Matrix(
      rowCount: 3, columnCount: count,
      values: (0..<3 * count).map { _ in Float(random.index(below: 3)) - 1 })
    let forms = matrix.quadraticForms(of: rows)
    for row in 0..<3 {
      var (form, size) = (0.0, 0.0)
      for first in 0..<count {
        for second in 0..<count {
          let term = Double(rows[row, first] * matrix[first, second] * rows[row, second])
          form += term
          size += abs(term)
        }
      }
      #expect(abs(forms[row] - form) <= 1e-6 * max(1, size), "row \(row)")
    }
  }

  @Test func productsWithAVectorAreInDoublePrecision() {
    var random = SplitMix64(seed: 4)
    let matrix = Matrix(
      rowCount: 5, columnCount: 21, values: (0..<105).map { _ in Float(random.normal()) })
    let vector = (0..<21).map { _ in random.normal() }
    let products = matrix.products(with: vector)
    for row in 0..<5 {
      let expected = (0..<21).reduce(0.0) { $0 + Double(matrix[row, $1]) * vector[$1] }
      #expect(abs(products[row] - expected) < 1e-13)
    }
  }

  @Test func nothingHasNoForm() {
    let none = Matrix(rowCount: 0, columnCount: 0, values: [])
    #expect(none.quadraticForms(of: none).isEmpty)
  }
}
