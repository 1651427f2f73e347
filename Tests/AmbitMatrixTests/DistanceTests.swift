import AmbitMatrix
import AmbitTestSupport
import Testing

@Suite struct DistanceTests {
  private func random(_ rows: Int, _ width: Int, seed: UInt64, centre: Double) -> Matrix {
    var random = SplitMix64(seed: seed)
    return Matrix(
      rowCount: rows, columnCount: width,
      values: (0..<rows * width).map { _ in Float(centre + random.normal()) })
  }

  @Test func distancesAreThoseOfTheRows() {
    // Far from the origin, where products of single precision would lose every digit.
    let rows = random(150, 7, seed: 5, centre: 1000)
    let squares = rows.squaredDistances(workers: Workers(threadCount: 2))
    for first in stride(from: 0, to: 150, by: 13) {
      for second in 0..<150 {
        var expected = 0.0
        for column in 0..<7 {
          let difference = Double(rows[first, column]) - Double(rows[second, column])
          expected += difference * difference
        }
        #expect(agree(Double(squares[first, second]), expected, relative: 1e-6))
        let turned = Double(squares[second, first])
        #expect(agree(Double(squares[first, second]), turned, relative: 1e-6))
      }
      #expect(squares[first, first] == 0)
    }
    #expect(squares == rows.squaredDistances(workers: Workers(threadCount: 1)))
  }

  /// Several panels of which half is kept hold what the whole holds.
  @Test func halfOfTheDistancesIsAsGoodAsAll() {
    let rows = random(600, 33, seed: 7, centre: 3)
    let squares = rows.squaredDistances(workers: Workers(threadCount: 2))
    let halves = [1, 3].map { rows.symmetricSquaredDistances(workers: Workers(threadCount: $0)) }
    for first in 0..<600 {
      for second in 0..<600 {
        let half = halves[0][first, second]
        #expect(half == halves[1][first, second])
        #expect(agree(Double(half), Double(squares[first, second]), relative: 1e-6))
      }
      #expect(halves[0][first, first] == 0)
    }
  }

  @Test func equalRowsAreAtDistanceZero() {
    let some = random(40, 384, seed: 6, centre: 0.2)
    let squares = Matrix.stacked([some, some]).squaredDistances(workers: Workers(threadCount: 1))
    for row in 0..<40 { #expect(squares[row, row + 40] == 0) }
    #expect(squares.values.count { $0 == 0 } == 160)
  }

  @Test func eigenvaluesAloneAreThoseWithVectors() {
    for order in [1, 2, 5, 30] {
      let rows = random(order, order + 2, seed: 9, centre: 0)
      let gram = rows.multiplied(byTransposeOf: rows, workers: Workers(threadCount: 1)).values
        .map { Double($0) }
      let whole = SymmetricEigen(of: gram, order: order, largest: order).values
      for (value, expected) in zip(SymmetricEigen.values(of: gram, order: order), whole) {
        #expect(abs(value - expected) < 1e-9 * max(1, whole[0]))
      }
    }
  }
}
