import AmbitMatrix
import AmbitProjection
import AmbitTestSupport
import Testing

@Suite struct TSNETests {
  static let workers = Workers(threadCount: 2)

  /// Groups of normal rows about far centres, one after another.
  static func groups(
    _ counts: [Int], width: Int = 10, deviations: [Double]? = nil, distance: Double = 8,
    _ random: inout SplitMix64
  ) -> Matrix {
    var values: [Float] = []
    for (group, count) in counts.enumerated() {
      let centre = (0..<width).map { _ in distance * random.normal() }
      for _ in 0..<count {
        values += centre.map { Float($0 + (deviations?[group] ?? 1) * random.normal()) }
      }
    }
    return Matrix(rowCount: counts.reduce(0, +), columnCount: width, values: values)
  }

  static func isGroup(_ row: Int, _ other: Int, size: Int) -> Bool { row / size == other / size }

  @Test func groupsStayApart() throws {
    var random = SplitMix64(seed: 1)
    let x = Self.groups([Int](repeating: 120, count: 6), &random)
    let map = try TSNE().map(of: x, workers: Self.workers)
    let near = NearestNeighbours(of: map.coordinates, count: 5, workers: Self.workers)
    let kept = (0..<720).reduce(0) { sum, row in
      sum + near.indices(of: row).count { Self.isGroup(row, Int($0), size: 120) }
    }
    #expect(Double(kept) / Double(5 * 720) > 0.99)
    #expect(map.divergence < 1.2)
    #expect(map.perplexities == [30])
  }

  @Test func theReportedDivergenceIsThatOfTheMap() throws {
    var random = SplitMix64(seed: 2)
    let x = Self.groups([300, 300, 300], &random)
    let map = try TSNE().map(of: x, workers: Self.workers)
    let exact = try MapDivergence.exact(of: map.coordinates, rows: x, workers: Self.workers)
    #expect(agree(map.divergence, exact, relative: 1e-3))
  }

  @Test func sameSeedSameBitsForAnyThreadCount() throws {
    var random = SplitMix64(seed: 3)
    let x = Self.groups([900, 900, 900], &random)
    var method = TSNE(seed: 7)
    method.iterationCount = 150
    let one = try method.map(of: x, workers: Workers(threadCount: 1))
    let three = try method.map(of: x, workers: Workers(threadCount: 3))
    #expect(one.coordinates == three.coordinates)
    #expect(one.divergence == three.divergence)
    // So many points are stored in the order of the map; they must come back in that of the rows.
    let near = NearestNeighbours(of: one.coordinates, count: 1, workers: Self.workers)
    let kept = near.indices.indices.count { Self.isGroup($0, Int(near.indices[$0]), size: 900) }
    #expect(kept > 2690)
    method.seed = 8
    #expect(try method.map(of: x, workers: Self.workers).coordinates != one.coordinates)
  }

  @Test func fewRowsLowerThePerplexity() throws {
    var random = SplitMix64(seed: 4)
    for count in [4, 5, 17, 90] {
      let x = Self.groups([count], &random)
      let map = try TSNE().map(of: x, workers: Self.workers)
      #expect(map.perplexities == [min(30, Double(count - 1) / 3)])
      #expect(map.coordinates.values.allSatisfy { $0.isFinite })
      #expect(Set(map.coordinates.values).count > count)
    }
  }

  @Test func duplicatesAreNeighbours() throws {
    var random = SplitMix64(seed: 5)
    let x = Self.groups([100, 100], &random)
    let twice = Matrix.stacked([x, x])
    let map = try TSNE(perplexity: 10).map(of: twice, workers: Self.workers).coordinates
    #expect(map.values.allSatisfy { $0.isFinite })
    let near = NearestNeighbours(of: map, count: 10, workers: Self.workers)
    let together = (0..<200).count { near.indices(of: $0).contains(Int32($0 + 200)) }
    #expect(together > 180)
  }

  @Test func rowsAllEqualLieAtTheOrigin() throws {
    let x = Matrix(rowCount: 40, columnCount: 3, values: [Float](repeating: 2.5, count: 120))
    let map = try TSNE().map(of: x, workers: Self.workers)
    #expect(map.coordinates == Matrix(rowCount: 40, columnCount: 2))
    #expect(map.iterationCount == 0)
  }

  @Test func rowsOnALineGiveAMap() throws {
    let x = Matrix(rowCount: 200, columnCount: 2, values: (0..<400).map { Float($0 / 2) })
    let map = try TSNE(perplexity: 10).map(of: x, workers: Self.workers)
    #expect(map.coordinates.values.allSatisfy { $0.isFinite })
    let near = NearestNeighbours(of: map.coordinates, count: 2, workers: Self.workers)
    let kept = (0..<200).count { abs(Int(near.indices(of: $0).first!) - $0) <= 3 }
    #expect(kept > 190)
  }

  @Test func badInputIsRefused() {
    let few = Matrix(rowCount: 3, columnCount: 2)
    #expect(throws: ProjectionError(.tooFewRows(3))) {
      try TSNE().map(of: few, workers: Self.workers)
    }
    var x = Matrix(rowCount: 10, columnCount: 2)
    x[6, 1] = .nan
    #expect(throws: ProjectionError(.rowNotFinite(6))) {
      try TSNE().map(of: x, workers: Self.workers)
    }
    x[6, 1] = 1e18
    #expect(throws: ProjectionError(.rowTooLong(6))) {
      try TSNE().map(of: x, workers: Self.workers)
    }
    #expect(throws: ProjectionError(.perplexity([0.5]))) {
      try TSNE(perplexity: 0.5).map(of: few, workers: Self.workers)
    }
  }

  @Test func progressTellsAFallingDivergence() throws {
    var random = SplitMix64(seed: 6)
    let x = Self.groups([200, 200], &random)
    var told: [MapProgress] = []
    let map = try TSNE().map(of: x, workers: Self.workers) { told.append($0) }
    #expect(told.map(\.iteration) == Array(stride(from: 50, through: map.iterationCount, by: 50)))
    #expect(told.last!.divergence < told[4].divergence)
    #expect(told.allSatisfy { $0.iterationCount == 550 })
  }

  @Test func severalPerplexitiesGiveAMap() throws {
    var random = SplitMix64(seed: 9)
    var method = TSNE()
    method.perplexities = [5, 50]
    let x = Self.groups([150, 150, 150], &random)
    let map = try method.map(of: x, workers: Self.workers)
    #expect(map.perplexities == [5, 50])
    #expect(map.coordinates.values.allSatisfy { $0.isFinite })
  }
}
