import AmbitMatrix
import AmbitProjection
import AmbitTestSupport
import Testing

@Suite struct BasisTests {
  static let workers = Workers(threadCount: 2)

  @Test func coordinatesEqualTheDefinition() {
    forEachSeed(20) { random in
      let width = 2 + random.index(below: 30)
      let frame = PrincipalComponentsTests.rotation(width, &random)
      let mean = (0..<width).map { _ in random.normal() }
      let basis = try Basis(space: "pca2", mean: mean, components: Array(frame[..<2]))
      let x = PrincipalComponentsTests.rows(300, width, &random)
      let points = try basis.coordinates(of: x, workers: Self.workers)
      for row in [0, 17, 255, 256, 299] {
        for axis in 0..<2 {
          let expected = (0..<width).reduce(0.0) {
            $0 + (Double(x[row, $1]) - mean[$1]) * frame[axis][$1]
          }
          try require(abs(Double(points[row, axis]) - expected) < 1e-5, "row \(row), axis \(axis)")
        }
      }
    }
  }

  @Test func partsThatAreNoBasisAreRefused() {
    expect(.shape(mean: 3, components: [])) {
      try Basis(space: "s", mean: [0, 0, 0], components: [])
    }
    expect(.shape(mean: 2, components: [2, 3])) {
      try Basis(space: "s", mean: [0, 0], components: [[1, 0], [0, 1, 0]])
    }
    expect(.notFinite) { try Basis(space: "s", mean: [.nan, 0], components: [[1, 0]]) }
    expect(.notOrthonormal) { try Basis(space: "s", mean: [0, 0], components: [[2, 0]]) }
    expect(.notOrthonormal) {
      try Basis(space: "s", mean: [0, 0], components: [[1, 0], [0.6, 0.8]])
    }
  }

  @Test func rowsOfAnotherWidthAreRefused() throws {
    let basis = try Basis(space: "s", mean: [0, 0], components: [[1, 0], [0, 0]])
    let rows = Matrix(rowCount: 4, columnCount: 3)
    expect(.width(expected: 2, found: 3)) { try basis.coordinates(of: rows, workers: Self.workers) }
    expect(.width(expected: 2, found: 3)) {
      try basis.varianceExplained(of: rows, weights: [1, 1, 1, 1], workers: Self.workers)
    }
  }

  private func expect(
    _ reason: ProjectionError.Reason, sourceLocation: SourceLocation = #_sourceLocation,
    _ body: () throws -> Any
  ) {
    let error = #expect(throws: ProjectionError.self, sourceLocation: sourceLocation) {
      _ = try body()
    }
    #expect(error?.reason == reason, sourceLocation: sourceLocation)
    #expect(error?.hint.isEmpty == false, sourceLocation: sourceLocation)
  }
}
