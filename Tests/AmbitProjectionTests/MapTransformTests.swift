import AmbitMatrix
import AmbitProjection
import AmbitTestSupport
import Testing

@Suite struct MapTransformTests {
  static let workers = Workers(threadCount: 2)

  @Test func heldOutRowsLandInTheirOwnGroup() throws {
    var random = SplitMix64(seed: 1)
    let size = 150
    let x = TSNETests.groups([Int](repeating: size, count: 6), distance: 4, &random)
    let held = (0..<x.rowCount).filter { $0 % 10 == 0 }
    let kept = (0..<x.rowCount).filter { $0 % 10 != 0 }
    let map = try TSNE().map(of: x.rows(kept), workers: Self.workers).coordinates
    let transform = try MapTransform(rows: x.rows(kept), map: map)
    let landed = try transform.coordinates(of: x.rows(held), workers: Self.workers)
    let near = NearestNeighbours(of: landed, among: map, count: 1, workers: Self.workers)
    let right = held.indices.count { held[$0] / size == kept[Int(near.indices[$0])] / size }
    #expect(Double(right) / Double(held.count) >= 0.97)
  }

  @Test func rowsOfTheMapLandWhereTheyWere() throws {
    var random = SplitMix64(seed: 2)
    let x = TSNETests.groups([100, 100], &random)
    let map = try TSNE(perplexity: 15).map(of: x, workers: Self.workers).coordinates
    let transform = try MapTransform(rows: x, map: map)
    #expect(try transform.coordinates(of: x, workers: Self.workers) == map)
    // Rows a hair away land next to them.
    let moved = Matrix(
      rowCount: 200, columnCount: x.columnCount, values: x.values.map { $0 + 1e-3 })
    let landed = try transform.coordinates(of: moved, workers: Self.workers)
    let near = NearestNeighbours(of: landed, among: map, count: 15, workers: Self.workers)
    #expect((0..<200).count { near.indices(of: $0).contains(Int32($0)) } > 180)
  }

  @Test func aRowLandsWhereItWouldLandAlone() throws {
    var random = SplitMix64(seed: 3)
    let x = TSNETests.groups([80, 80], &random)
    let map = try TSNE(perplexity: 10).map(of: x, workers: Self.workers).coordinates
    let transform = try MapTransform(rows: x, map: map)
    let new = TSNETests.groups([7], &random)
    let together = try transform.coordinates(of: new, workers: Self.workers)
    let alone = try transform.coordinates(of: new.rows([4]), workers: Workers(threadCount: 1))
    #expect(Array(together.row(4)) == Array(alone.row(0)))
  }

  @Test func badInputIsRefused() throws {
    var random = SplitMix64(seed: 4)
    let x = NearestNeighboursTests.cloud(20, 3, &random)
    #expect(throws: ProjectionError(.mapRows(map: 19, rows: 20))) {
      try MapTransform(rows: x, map: Matrix(rowCount: 19, columnCount: 2))
    }
    let transform = try MapTransform(rows: x, map: x.firstColumns(2))
    #expect(throws: ProjectionError(.width(expected: 3, found: 2))) {
      try transform.coordinates(of: x.firstColumns(2), workers: Self.workers)
    }
    var broken = x
    broken[2, 0] = .infinity
    #expect(throws: ProjectionError(.rowNotFinite(2))) {
      try transform.coordinates(of: broken, workers: Self.workers)
    }
  }
}
