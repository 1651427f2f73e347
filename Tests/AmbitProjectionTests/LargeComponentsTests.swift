import AmbitMatrix
import AmbitProjection
import AmbitTestSupport
import Testing

@Suite struct LargeComponentsTests {
  static let workers = Workers(threadCount: 2)

  /// The sine of the largest angle between the spans of two bases.
  static func sine(_ a: Basis, _ b: Basis) -> Double {
    // What a direction of `a` has outside the span of `b`.
    a.components.map { direction in
      var rest = direction
      for other in b.components {
        let overlap = PrincipalComponentsTests.dot(direction, other)
        for index in rest.indices { rest[index] -= overlap * other[index] }
      }
      return PrincipalComponentsTests.dot(rest, rest).squareRoot()
    }.max()!
  }

  @Test func aStreamGivesTheBasisOfAllRows() {
    forEachSeed(8) { random in
      let count = 50 + random.index(below: 800)
      let width = 3 + random.index(below: 30)
      let x = PrincipalComponentsTests.rows(count, width, &random)
      let weights = (0..<count).map { _ in 0.1 + random.uniform() }
      var stream = ComponentStream(width: width)
      var start = 0
      while start < count {
        let end = min(count, start + 1 + random.index(below: 200))
        try stream.add(
          x.rows(Array(start..<end)), weights: Array(weights[start..<end]), workers: Self.workers)
        start = end
      }
      let all = PrincipalComponents(componentCount: 2)
        .fit(x, weights: weights, workers: Self.workers)
      let found = stream.basis(componentCount: 2)
      try require(Self.sine(found, all) < 1e-4, "angle \(Self.sine(found, all))")
      try require(stream.rowCount == count, "rows")
      let shown = stream.varianceExplained(by: found)
      let truth = try all.varianceExplained(of: x, weights: weights, workers: Self.workers)
      try require(agree(shown.total, truth.total, relative: 1e-4), "total variance")
      try require(agree(shown.axes[0], truth.axes[0], relative: 1e-4), "variance of the first")
    }
  }

  @Test func aStreamRefusesBadRows() throws {
    var stream = ComponentStream(width: 2)
    try stream.add(Matrix(rowCount: 3, columnCount: 2), workers: Self.workers)
    #expect(throws: ProjectionError(.width(expected: 2, found: 3))) {
      try stream.add(Matrix(rowCount: 3, columnCount: 3), workers: Self.workers)
    }
    let broken = Matrix(rowCount: 2, columnCount: 2, values: [0, 0, .nan, 0])
    #expect(throws: ProjectionError(.rowNotFinite(4))) {
      try stream.add(broken, workers: Self.workers)
    }
    #expect(stream.basis().components == [[0, 0], [0, 0]])
  }

  @Test func subspaceIterationFindsTheExactSubspace() {
    forEachSeed(5) { random in
      // Wide and tall; single precision rounds a direction by about 10⁻⁵.
      let width = 40 + random.index(below: 200)
      let count = 100 + random.index(below: 500)
      let x = PrincipalComponentsTests.rows(count, width, &random)
      let weights = (0..<count).map { _ in 0.5 + random.uniform() }
      let exact = PrincipalComponents(componentCount: 3)
        .fit(x, weights: weights, workers: Self.workers)
      let found = RandomizedComponents(componentCount: 3)
        .fit(x, weights: weights, workers: Self.workers)
      try require(Self.sine(found, exact) < 1e-4, "angle \(Self.sine(found, exact))")
      for (a, b) in zip(found.components, exact.components) {
        try require(PrincipalComponentsTests.dot(a, b) > 0, "another sign")
      }
    }
  }

  @Test func subspaceIterationLeavesZeroWhereRowsDoNotVary() {
    let x = Matrix(rowCount: 30, columnCount: 12, values: (0..<360).map { Float($0 / 12) })
    let found = RandomizedComponents(componentCount: 3)
      .fit(x, weights: PrincipalComponentsTests.even(x), workers: Self.workers)
    #expect(abs(found.components[0][5] - 1 / 12.0.squareRoot()) < 1e-5)
    #expect(found.components[1] == [Double](repeating: 0, count: 12))
  }
}
