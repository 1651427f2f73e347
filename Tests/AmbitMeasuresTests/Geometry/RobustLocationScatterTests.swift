import AmbitMatrix
import AmbitMeasures
import AmbitTestSupport
import Testing

@Suite struct RobustLocationScatterTests {
  @Test func theOrderOfPointsDoesNotMatter() {
    forEachSeed(20) { random in
      var points = Clouds.gaussian(100, &random) + Clouds.grid(30, side: 3, &random)
      let before = RobustLocationScatter(of: points)
      let hull = ConvexPolygon(hullOf: points, keeping: 0.8)
      random.shuffle(&points)
      try require(RobustLocationScatter(of: points) == before, "the estimate changed")
      try require(ConvexPolygon(hullOf: points, keeping: 0.8) == hull, "the hull changed")
    }
  }

  @Test func distancesAreAffineInvariant() {
    forEachSeed(20) { random in
      let points = Clouds.gaussian(150, &random)
      let image = Clouds.scaled(points, by: (2, 0.3, -1, 0.7))
      let before = RobustLocationScatter(of: points)
      let after = RobustLocationScatter(of: image)
      for (point, moved) in zip(points, image) {
        try require(
          agree(
            before.squaredDistance(to: point), after.squaredDistance(to: moved), relative: 1e-6),
          "a distance changed under an affine map")
      }
    }
  }

  @Test func farOutliersDoNotMoveIt() {
    forEachSeed(20) { random in
      let clean = Clouds.gaussian(200, &random)
      let outliers = (0..<20).map { _ in SIMD2(40 + random.normal(), -60 + random.normal()) }
      let estimate = RobustLocationScatter(of: clean + outliers)
      let distance = (estimate.location * estimate.location).sum().squareRoot()
      try require(distance < 0.6, "the location went to \(estimate.location)")
      try require(estimate.xx < 1 && estimate.yy < 1, "the scatter went to \(estimate)")
      let peeled = ConvexPolygon(hullOf: clean + outliers, keeping: 0.9)
      try require(!outliers.contains(where: peeled.contains), "an outlier survived the peel")
    }
  }

  @Test func aPeelKeepsExactlyItsShare() {
    forEachSeed(30) { random in
      let points = Clouds.gaussian(37 + random.index(below: 200), &random)
      for fraction in [0.95, 0.9, 0.5] {
        let hull = ConvexPolygon(hullOf: points, keeping: fraction)
        let dropped = Int(((1 - fraction) * Double(points.count) + 1e-9).rounded(.down))
        // An ellipse holds just the kept points; their hull may hold a few more, never fewer.
        try require(
          points.count(where: hull.contains) >= points.count - dropped, "too many were dropped")
        let whole = ConvexPolygon(hullOf: points)
        try require(hull.vertices.allSatisfy(whole.contains), "a peel left the hull")
      }
    }
  }

  @Test func degenerateMajoritiesFallBack() {
    var random = SplitMix64(seed: 5)
    let spread = Clouds.gaussian(40, &random)
    let twins = [SIMD2<Double>](repeating: SIMD2(1, 1), count: 60)
    #expect(RobustLocationScatter(of: spread + twins).isFallback)
    let line = (0..<80).map { SIMD2(Double($0) / 10, 2) }
    #expect(RobustLocationScatter(of: line + spread).isFallback)
    #expect(RobustLocationScatter(of: line).isFallback)
    #expect(ConvexPolygon(hullOf: line + spread, keeping: 0.95).area > 0)
    #expect(ConvexPolygon(hullOf: twins, keeping: 0.95).vertices == [SIMD2(1, 1)])
    // Along a line the ends are the farthest, so the peel shortens it at its ends.
    let shorter = ConvexPolygon(hullOf: line, keeping: 0.95).vertices
    #expect(shorter.count == 2)
    #expect(shorter[1].x - shorter[0].x < 7.9)
  }
}
