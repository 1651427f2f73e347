import AmbitMatrix
import AmbitMeasures
import AmbitTestSupport
import Testing

/// Which of equally far points a peel drops must not depend on chance.
@Suite struct PeelTieTests {
  /// Whole coordinates symmetric about 0: a point and its mirror image are exactly as far.
  private func mirrored(_ pairs: Int, _ random: inout SplitMix64) -> [SIMD2<Double>] {
    (0..<pairs).flatMap { _ in
      let point = SIMD2(
        (20 * random.normal()).rounded(), (20 * random.normal()).rounded())
      return [point, -point]
    }
  }

  @Test func ofEquallyFarPointsTheLargerGoesFirst() {
    forEachSeed(60) { random in
      // From 20 to 38 points one is dropped at 95 %.
      let points = mirrored(10 + random.index(below: 10), &random)
      let whole = ConvexPolygon(hullOf: points).vertices
      let peeled = ConvexPolygon(hullOf: points, keeping: 0.95).vertices
      let gone = whole.filter { !peeled.contains($0) }
      let copies = points.count(where: { $0 == gone.first })
      // Where the farthest point lies there twice its copy stays, and nothing is seen to go.
      if gone.isEmpty { return }
      try require(gone.count == 1 && copies == 1, "dropped \(gone) of \(points)")
      try require(gone[0].x > 0 || (gone[0].x == 0 && gone[0].y > 0), "the smaller went: \(gone)")
      try require(peeled.contains(-gone[0]), "its mirror image went too")
    }
  }

  @Test func theOrderOfPointsDoesNotMatter() {
    forEachSeed(40) { random in
      let points =
        random.index(below: 2) == 0
        ? Clouds.grid(30 + random.index(below: 50), side: 5, &random)
        : mirrored(15 + random.index(below: 30), &random)
      var shuffled = points
      random.shuffle(&shuffled)
      for fraction in [1, 0.95, 0.5] {
        let hull = ConvexPolygon(hullOf: points, keeping: fraction)
        try require(
          hull == ConvexPolygon(hullOf: shuffled, keeping: fraction),
          "another order gave another hull at \(fraction)")
      }
    }
  }

  @Test func peelsAreNested() {
    forEachSeed(40) { random in
      let points = mirrored(5 + random.index(below: 60), &random)
      var outer = ConvexPolygon(hullOf: points)
      for fraction in [0.99, 0.95, 0.8, 0.5, 0.3] {
        let inner = ConvexPolygon(hullOf: points, keeping: fraction)
        try require(inner.area <= outer.area * (1 + 1e-12), "a peel grew at \(fraction)")
        try require(inner.vertices.allSatisfy(outer.contains), "a peel left its hull")
        outer = inner
      }
    }
  }

  @Test func equalPointsAreOnePointAtAnyPeel() {
    let point = SIMD2(3.0, -2.0)
    for fraction in [1, 0.95, 0.5] {
      let hull = ConvexPolygon(hullOf: [SIMD2](repeating: point, count: 40), keeping: fraction)
      #expect(hull.vertices == [point] && hull.area == 0)
    }
  }
}
