import AmbitMatrix
import AmbitProjection
import AmbitTestSupport
import Testing

@Suite struct MapQualityTests {
  static let workers = Workers(threadCount: 2)

  /// Ranks of all rows by distance from one, by sorting, in double precision; its own rank is 0.
  static func ranks(_ rows: Matrix, from row: Int) -> [Int] {
    let distances = (0..<rows.rowCount).map { other in
      other == row
        ? -1
        : zip(rows.row(row), rows.row(other)).reduce(0.0) {
          $0 + (Double($1.0) - Double($1.1)) * (Double($1.0) - Double($1.1))
        }
    }
    var ranks = [Int](repeating: 0, count: rows.rowCount)
    for (rank, other) in distances.indices.sorted(by: { distances[$0] < distances[$1] })
      .enumerated()
    {
      ranks[other] = rank
    }
    return ranks
  }

  /// The definition of Venna and Kaski, literally.
  static func trustworthiness(of map: Matrix, rows: Matrix, k: Int) -> Double {
    let n = rows.rowCount
    var sum = 0
    for row in 0..<n {
      let (far, near) = (ranks(rows, from: row), ranks(map, from: row))
      for other in 0..<n where other != row && near[other] <= k && far[other] > k {
        sum += far[other] - k
      }
    }
    return 1 - 2 / (Double(n * k) * Double(2 * n - 3 * k - 1)) * Double(sum)
  }

  @Test func equalsTheDefinition() {
    forEachSeed(5) { random in
      let count = 30 + random.index(below: 200)
      // A common mean must not matter.
      let offset = Double(500 * random.index(below: 2))
      let x = NearestNeighboursTests.cloud(count, 6, offset: offset, &random)
      let map = x.firstColumns(2)
      let k = 5 + random.index(below: 8)
      let found = try MapQuality(of: map, rows: x, neighbourCount: k, workers: Self.workers).overall
      let trust = Self.trustworthiness(of: map, rows: x, k: k)
      let continuity = Self.trustworthiness(of: x, rows: map, k: k)
      try require(abs(found.trustworthiness - trust) < 1e-9, "trustworthiness")
      try require(abs(found.continuity - continuity) < 1e-9, "continuity")
      var kept = 0
      for row in 0..<count {
        let (far, near) = (Self.ranks(x, from: row), Self.ranks(map, from: row))
        kept += (0..<count).count { $0 != row && near[$0] <= k && far[$0] <= k }
      }
      try require(
        agree(found.neighbourRecall, Double(kept) / Double(count * k), relative: 1e-12), "recall")
    }
  }

  @Test func aMapThatTurnsTheRowsIsPerfect() throws {
    var random = SplitMix64(seed: 2)
    let x = NearestNeighboursTests.cloud(400, 2, &random)
    let turned = Matrix(
      rowCount: 400, columnCount: 2, values: (0..<400).flatMap { [-3 * x[$0, 1], 3 * x[$0, 0]] })
    let quality = try MapQuality(of: turned, rows: x, workers: Self.workers).overall
    #expect(quality.trustworthiness == 1)
    #expect(quality.continuity == 1)
    #expect(quality.neighbourRecall == 1)
    #expect(abs(quality.shepardCorrelation - 1) < 1e-9)
  }

  @Test func aMapAtRandomIsWorthNothing() throws {
    var random = SplitMix64(seed: 3)
    let x = NearestNeighboursTests.cloud(1000, 10, &random)
    let map = NearestNeighboursTests.cloud(1000, 2, &random)
    let quality = try MapQuality(of: map, rows: x, workers: Self.workers).overall
    #expect(abs(quality.trustworthiness - 0.5) < 0.03)
    #expect(abs(quality.continuity - 0.5) < 0.03)
    #expect(quality.neighbourRecall < 0.03)
    #expect(abs(quality.shepardCorrelation) < 0.02)
  }

  @Test func partsAddUpToTheWhole() throws {
    var random = SplitMix64(seed: 4)
    let x = NearestNeighboursTests.cloud(300, 5, &random)
    let quality = try MapQuality(of: x.firstColumns(2), rows: x, workers: Self.workers)
    let parts = [quality.figures(of: 0..<100)!, quality.figures(of: 100..<300)!]
    let trust = (parts[0].trustworthiness + 2 * parts[1].trustworthiness) / 3
    #expect(abs(trust - quality.overall.trustworthiness) < 1e-12)
    #expect(parts.map(\.rowCount) == [100, 200])
    #expect(quality.figures(of: 300..<300) == nil)
  }

  @Test func largeMapsAreSampledByTheSeed() throws {
    var random = SplitMix64(seed: 5)
    let x = NearestNeighboursTests.cloud(10_300, 3, &random)
    let map = x.firstColumns(2)
    let one = try MapQuality(of: map, rows: x, seed: 1, workers: Workers(threadCount: 1))
    let again = try MapQuality(of: map, rows: x, seed: 1, workers: Workers(threadCount: 3))
    #expect(one.rows.count == 10_000)
    #expect(one.rows == one.rows.sorted())
    #expect(one.overall == again.overall)
  }

  @Test func badInputIsRefused() {
    let x = Matrix(rowCount: 6, columnCount: 2, values: (0..<12).map { Float($0 * $0) })
    #expect(throws: ProjectionError(.mapRows(map: 5, rows: 6))) {
      try MapQuality(of: x.rows([0, 1, 2, 3, 4]), rows: x, workers: Self.workers)
    }
    #expect(throws: ProjectionError(.tooFewRows(2))) {
      try MapQuality(of: x.rows([0, 1]), rows: x.rows([0, 1]), workers: Self.workers)
    }
  }
}

extension Matrix {
  /// The first columns of every row.
  func firstColumns(_ count: Int) -> Matrix {
    Matrix(
      rowCount: rowCount, columnCount: count,
      values: (0..<rowCount).flatMap { row($0).prefix(count) })
  }
}
