import AmbitMatrix
import AmbitTestSupport
import Testing

/// A matrix of which half is kept is the whole one.
@Suite struct SymmetricMatrixTests {
  private let workers = Workers(threadCount: 2)

  /// One row fewer than a panel, a panel, one more, and several.
  private static let counts = [1, 7, 255, 256, 257, 700, 1100]

  /// A symmetric matrix, whole and half; above the diagonal the half is given nonsense.
  private func matrices(_ count: Int, _ random: inout SplitMix64) -> (Matrix, SymmetricMatrix) {
    var values = [Float](repeating: 0, count: count * count)
    for row in 0..<count {
      for column in 0...row {
        let value = Float(random.normal())
        values[row * count + column] = value
        values[column * count + row] = value
      }
    }
    let whole = Matrix(rowCount: count, columnCount: count, values: values)
    let half = SymmetricMatrix(count: count, workers: workers) { rows, columns, target in
      for row in rows {
        for column in columns {
          target[(row - rows.lowerBound) * columns.count + column - columns.lowerBound] =
            column > row ? .nan : whole.values[row * count + column]
        }
      }
    }
    return (whole, half)
  }

  @Test(arguments: counts) func elementsAndRowsAreThoseOfTheWhole(_ count: Int) {
    var random = SplitMix64(seed: UInt64(count))
    let (whole, half) = matrices(count, &random)
    #expect(half.count == count)
    for _ in 0..<200 {
      let (row, column) = (random.index(below: count), random.index(below: count))
      #expect(half[row, column] == whole[row, column])
    }
    let rows: [Int] = half.mapRows(width: 2, workers: workers) { row, numbers, target in
      target.initialize(to: row)
      (target + 1).initialize(to: numbers.elementsEqual(whole.row(row)) ? 1 : 0)
    }
    #expect(rows == (0..<count).flatMap { [$0, 1] })
    half.withRows(count - 1..<count) { numbers in
      #expect((0..<count).allSatisfy { numbers[$0] == whole[count - 1, $0] })
    }
  }

  @Test(arguments: counts) func everyPairIsMetOnce(_ count: Int) {
    var random = SplitMix64(seed: UInt64(count))
    let (whole, half) = matrices(count, &random)
    var isMet = [Bool](repeating: false, count: count * count)
    half.forEachRun { row, columns, numbers in
      for column in columns {
        #expect(column < row && !isMet[row * count + column])
        isMet[row * count + column] = true
        #expect(numbers[column - columns.lowerBound] == whole[row, column])
      }
    }
    #expect(isMet.count { $0 } == count * (count - 1) / 2)
  }

  @Test(arguments: counts) func pairsOfSomeRowsAreThoseOfTheWhole(_ count: Int) {
    var random = SplitMix64(seed: UInt64(count))
    let (whole, half) = matrices(count, &random)
    let rows = (0..<count).filter { _ in random.index(below: 3) > 0 }
    let expected = rows.indices.flatMap { place in
      rows[..<place].map { whole[rows[place], $0] }
    }
    #expect(half.pairs(of: rows).sorted() == expected.sorted())
  }

  @Test(arguments: counts) func changesReachEveryNumber(_ count: Int) {
    var random = SplitMix64(seed: UInt64(count))
    let (whole, half) = matrices(count, &random)
    var changed = half.mapped(workers: workers) { rows, columns, source, target in
      for index in 0..<rows.count * columns.count { target[index] = 2 * source[index] }
    }
    changed.subtractOffDiagonal(0.5, workers: workers)
    for _ in 0..<200 {
      let (row, column) = (random.index(below: count), random.index(below: count))
      let expected = 2 * whole[row, column]
      #expect(changed[row, column] == (row == column ? expected : expected - 0.5))
    }
  }

  /// Column after column, as a plain loop adds them: not a bit differs.
  @Test(arguments: counts) func rowSumsAreThoseOfAPlainLoop(_ count: Int) {
    var random = SplitMix64(seed: UInt64(count))
    let (whole, half) = matrices(count, &random)
    let groups = (0..<count).map { _ in UInt8(random.index(below: 3)) }
    let found = half.rowSums(groups, groupCount: 2, workers: workers)
    #expect(found.count == 2)
    for group in 0..<2 {
      for row in 0..<count {
        var sum = 0.0
        for column in 0..<count where groups[column] == group {
          sum += Double(whole[row, column])
        }
        #expect(found[group][row] == sum)
      }
    }
  }

  @Test(arguments: counts) func formsAndProductsAreThoseOfTheDefinition(_ count: Int) {
    var random = SplitMix64(seed: UInt64(count))
    let (whole, half) = matrices(count, &random)
    let rows = Matrix(
      rowCount: 3, columnCount: count,
      values: (0..<3 * count).map { _ in Float(random.index(below: 3)) - 1 })
    let forms = half.quadraticForms(of: rows)
    let products = half.products(ofRows: rows)
    for row in 0..<3 {
      var (form, size) = (0.0, 0.0)
      for second in 0..<count {
        var sum = 0.0
        for first in 0..<count {
          let term = Double(rows[row, first] * whole[first, second])
          sum += term
          form += term * Double(rows[row, second])
          size += abs(term)
        }
        #expect(abs(Double(products[row, second]) - sum) <= 1e-6 * max(1, Double(count)))
      }
      #expect(abs(forms[row] - form) <= 1e-6 * max(1, size), "row \(row)")
    }
  }

  @Test func productsOfRowsAreThoseOfAMatrix() {
    var random = SplitMix64(seed: 8)
    let rows = Matrix(
      rowCount: 300, columnCount: 21, values: (0..<6300).map { _ in Float(random.normal()) })
    let (half, whole) = (
      rows.symmetricProducts(workers: workers),
      rows.multiplied(byTransposeOf: rows, workers: workers)
    )
    for row in 0..<300 {
      for column in 0..<300 { #expect(abs(half[row, column] - whole[row, column]) < 1e-4) }
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
    let none = SymmetricMatrix(count: 0, workers: workers) { _, _, _ in }
    #expect(none.quadraticForms(of: Matrix(rowCount: 0, columnCount: 0)).isEmpty)
    #expect(none.rowSums([], groupCount: 2, workers: workers) == [[], []])
    let rows: [Int] = none.mapRows(width: 1, workers: workers) { row, _, target in
      target.initialize(to: row)
    }
    #expect(rows.isEmpty)
  }
}
