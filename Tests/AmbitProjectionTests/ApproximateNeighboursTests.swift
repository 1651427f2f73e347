import AmbitMatrix
import AmbitProjection
import AmbitTestSupport
import Testing

@Suite struct ApproximateNeighboursTests {
  static let workers = Workers(threadCount: 2)

  /// Overlapping groups of 250 rows, some rows twice.
  static func rows(_ random: inout SplitMix64) -> Matrix {
    let groups = TSNETests.groups(
      [Int](repeating: 250, count: 16), width: 12, distance: 2, &random)
    return Matrix.stacked([groups, groups.rows([3, 700, 3, 2100])])
  }

  static func found(
    _ rows: Matrix, count: Int = 30, seed: UInt64 = 0, workers: Workers = workers
  ) throws -> ApproximateNeighbours {
    try #require(
      ApproximateNeighbours(
        of: rows, count: count, largestShare: 1, seed: seed, workers: workers))
  }

  @Test func recallIsHighAndTold() {
    forEachSeed(3) { random in
      let rows = Self.rows(&random)
      let exact = NearestNeighbours(of: rows, count: 30, workers: Self.workers)
      let approximate = try Self.found(rows, seed: random.next())
      var kept = 0
      for row in 0..<rows.rowCount {
        let known = Set(exact.indices(of: row))
        kept += approximate.neighbours.indices(of: row).count { known.contains($0) }
      }
      let recall = Double(kept) / Double(30 * rows.rowCount)
      try require(recall >= 0.97, "recall \(recall)")
      try require(abs(recall - approximate.recall) < 0.01, "\(recall), told \(approximate.recall)")
      try require(approximate.probeCount < approximate.cellCount, "every cell was searched")
    }
  }

  @Test func listsHoldOtherRowsAndTheirDistancesNearestFirst() throws {
    var random = SplitMix64(seed: 4)
    let rows = Self.rows(&random)
    let found = try Self.found(rows).neighbours
    #expect(found.rowCount == rows.rowCount)
    for row in stride(from: 0, to: rows.rowCount, by: 37) {
      let near = found.indices(of: row)
      #expect(Set(near).count == 30 && !near.contains(Int32(row)))
      let distances = Array(found.distances[row * 30..<(row + 1) * 30])
      #expect(distances == distances.sorted())
      for (index, distance) in zip(near, distances) {
        let truth = Reductions.squaredDistance(rows.row(row), rows.row(Int(index))).squareRoot()
        #expect(agree(Double(distance), truth, relative: 1e-5))
      }
    }
    // Equal rows stand first, in their order.
    #expect(Array(found.indices(of: 3).prefix(2)) == [4000, 4002])
    #expect(found.distances[3 * 30] == 0)
  }

  @Test func whoeverWantsAllRowsGetsThemAll() throws {
    // More than the planned cells hold: each row looks on until it has enough.
    var random = SplitMix64(seed: 8)
    let rows = NearestNeighboursTests.cloud(600, 40, &random)
    let found = try Self.found(rows, count: 599)
    let exact = NearestNeighbours(of: rows, count: 599, workers: Self.workers)
    #expect(found.recall == 1)
    // Rows that are equally far to seven digits may have changed places.
    let agrees = zip(found.neighbours.distances, exact.distances).allSatisfy {
      agree(Double($0), Double($1), relative: 1e-5)
    }
    #expect(agrees)
  }

  @Test func threadsDoNotChangeAnything() throws {
    var random = SplitMix64(seed: 5)
    let rows = Self.rows(&random)
    let one = try Self.found(rows, workers: Workers(threadCount: 1))
    let three = try Self.found(rows, workers: Workers(threadCount: 3))
    let agrees = one.neighbours == three.neighbours && one.recall == three.recall
    #expect(agrees)
  }

  @Test func theExactSearchIsLeftWhereItIsFaster() {
    var random = SplitMix64(seed: 6)
    let few = Self.rows(&random)
    #expect(ApproximateNeighbours(of: few, count: 30, workers: Self.workers) == nil)
    let noise = NearestNeighboursTests.cloud(4000, 40, &random)
    #expect(
      ApproximateNeighbours(
        of: noise, count: 90, largestShare: 0.5, seed: 0, workers: Self.workers) == nil)
    let equal = Matrix(
      rowCount: 2000, columnCount: 3, values: [Float](repeating: 0.37, count: 6000))
    #expect(
      ApproximateNeighbours(
        of: equal, count: 9, largestShare: 0.5, seed: 0, workers: Self.workers) == nil)
  }
}
