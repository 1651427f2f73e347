import AmbitMatrix
import AmbitProjection
import AmbitTestSupport
import Testing

@Suite struct NearestNeighboursTests {
  static let workers = Workers(threadCount: 2)

  static func cloud(_ count: Int, _ width: Int, offset: Double = 0, _ random: inout SplitMix64)
    -> Matrix
  {
    Matrix(
      rowCount: count, columnCount: width,
      values: (0..<count * width).map { _ in Float(random.normal() + offset) })
  }

  /// By brute force, all in double precision.
  static func oracle(
    _ query: Int, _ queries: Matrix, _ rows: Matrix, _ metric: NeighbourMetric, excluding: Int?
  ) -> [(distance: Double, row: Int)] {
    let q = queries.row(query).map(Double.init)
    let all = (0..<rows.rowCount).filter { $0 != excluding }.map { row in
      let x = rows.row(row).map(Double.init)
      switch metric {
      case .euclidean:
        return (distance: zip(q, x).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }, row: row)
      case .cosine:
        let product = zip(q, x).reduce(0) { $0 + $1.0 * $1.1 }
        let lengths =
          (q.reduce(0) { $0 + $1 * $1 } * x.reduce(0) { $0 + $1 * $1 }).squareRoot()
        return (distance: lengths > 0 ? 1 - product / lengths : 1, row: row)
      }
    }
    return all.sorted { $0.distance != $1.distance ? $0.distance < $1.distance : $0.row < $1.row }
  }

  @Test(arguments: NeighbourMetric.allCases)
  func equalsBruteForce(metric: NeighbourMetric) {
    forEachSeed(10) { random in
      let count = 2 + random.index(below: 700)
      let width = 1 + random.index(below: 40)
      let k = min(count - 1, 1 + random.index(below: 60))
      // An offset makes single precision useless for ranking, as with vectors that share a mean.
      let offset = [0, 1, 100][random.index(below: 3)]
      // So small that squares vanish in single precision, and so large that they nearly overflow.
      let scale: Float = [1, 1, metric == .cosine ? 1e-12 : 1e-22, 3e13][random.index(below: 4)]
      let cloud = Self.cloud(count, width, offset: Double(offset), &random)
      let x = Matrix(
        rowCount: count, columnCount: width, values: cloud.values.map { scale * $0 })
      let found = NearestNeighbours(of: x, count: k, metric: metric, workers: Self.workers)
      for row in [0, count / 2, count - 1] {
        let truth = Self.oracle(row, x, x, metric, excluding: row).prefix(k)
        for (rank, expected) in truth.enumerated() {
          let distance = metric == .euclidean ? expected.distance.squareRoot() : expected.distance
          let got = Double(found.distances[row * k + rank])
          try require(
            abs(got - distance) <= 1e-6 * distance + 1e-9, "distance \(got) for \(distance)")
          let index = Int(found.indices(of: row)[row * k + rank])
          // Sums in another order may swap rows whose distances agree to fifteen digits.
          try require(
            index == expected.row
              || truth.contains {
                $0.row == index && agree($0.distance, expected.distance, relative: 1e-9)
              },
            "row \(row), rank \(rank): \(index) for \(expected.row)")
        }
      }
    }
  }

  @Test func tiesStandInRowOrder() {
    // Points of a small grid: most distances are shared, and exact in single precision.
    forEachSeed(6) { random in
      let count = 300
      let x = Matrix(
        rowCount: count, columnCount: 3,
        values: (0..<count * 3).map { _ in Float(random.index(below: 4)) })
      let found = NearestNeighbours(of: x, count: 25, workers: Self.workers)
      for row in 0..<count {
        let truth = Self.oracle(row, x, x, .euclidean, excluding: row).prefix(25).map {
          Int32($0.row)
        }
        try require(Array(found.indices(of: row)) == truth, "row \(row)")
      }
    }
  }

  @Test func equalRowsAreOneAnothersNeighboursInRowOrder() {
    let x = Matrix(
      rowCount: 1500, columnCount: 5, values: [Float](repeating: 0.37, count: 1500 * 5))
    let found = NearestNeighbours(of: x, count: 7, workers: Self.workers)
    #expect(Array(found.indices(of: 0)) == [1, 2, 3, 4, 5, 6, 7])
    #expect(Array(found.indices(of: 1400)) == [0, 1, 2, 3, 4, 5, 6])
    #expect(found.distances.allSatisfy { $0 == 0 })
  }

  @Test func queriesFindThemselvesAmongTheRows() {
    var random = SplitMix64(seed: 5)
    let x = Self.cloud(900, 12, &random)
    let queries = x.rows([17, 800, 3])
    let found = NearestNeighbours(of: queries, among: x, count: 4, workers: Self.workers)
    #expect(found.rowCount == 3)
    #expect([found.indices[0], found.indices[4], found.indices[8]] == [17, 800, 3])
    #expect(found.distances[4] == 0)
  }

  @Test func aZeroRowHasCosineDistanceOne() {
    let x = Matrix(rowCount: 3, columnCount: 2, values: [0, 0, 1, 0, -1, 0])
    let found = NearestNeighbours(of: x, count: 2, metric: .cosine, workers: Self.workers)
    #expect(found.distances == [1, 1, 1, 2, 1, 2])
    #expect(found.indices == [1, 2, 0, 2, 0, 1])
  }

  @Test func threadsDoNotChangeAnything() {
    var random = SplitMix64(seed: 9)
    let x = Self.cloud(1300, 20, &random)
    let one = NearestNeighbours(of: x, count: 30, workers: Workers(threadCount: 1))
    #expect(one == NearestNeighbours(of: x, count: 30, workers: Workers(threadCount: 3)))
  }

  @Test func noNeighboursAreAskedFor() {
    let one = Matrix(rowCount: 1, columnCount: 2, values: [1, 2])
    #expect(NearestNeighbours(of: one, count: 0, workers: Self.workers).indices.isEmpty)
  }
}
