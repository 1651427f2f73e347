import AmbitMatrix
import AmbitMeasures
import AmbitTestSupport
import Testing

/// The hull against the definition: a corner is a point that no triangle or segment of others holds.
@Suite struct ConvexHullTests {
  @Test func goldenSetsHaveTheTabulatedAreaPerimeterAndCorners() {
    let a = ConvexPolygon(hullOf: GoldenPoints.a)
    let b = ConvexPolygon(hullOf: GoldenPoints.b)
    #expect(agree(a.area, 2.892760175, relative: 1e-8))
    #expect(agree(b.area, 0.7063513722, relative: 1e-8))
    #expect(agree(a.perimeter, 6.103705715, relative: 1e-8))
    #expect(agree(b.perimeter, 3.01775125, relative: 1e-8))
    #expect(a.vertices.count == 20)
    #expect(b.vertices.count == 19)
    #expect(agree(b.area / a.area, 0.2441790296, relative: 1e-8))
    #expect(GoldenPoints.a.count(where: b.contains) == 46)
    #expect(GoldenPoints.b.count(where: a.contains) == 200)
  }

  @Test func giftWrappingFindsTheSameCorners() {
    forEachSeed(120) { random in
      let count = 1 + random.index(below: 60)
      let points =
        switch random.index(below: 3) {
        case 0: Clouds.grid(count, side: 1 + random.index(below: 6), &random)
        case 1: Clouds.disk(count, &random)
        default: Clouds.gaussian(count, &random) + Clouds.grid(count, side: 3, &random)
        }
      let hull = ConvexPolygon(hullOf: points).vertices
      let oracle = giftWrapped(points)
      try require(hull == oracle, "hull \(hull) of \(points), gift wrapping gave \(oracle)")
    }
  }

  @Test func theFilterOfLargeCloudsLosesNoCorner() {
    forEachSeed(8) { random in
      let points =
        random.index(below: 2) == 0
        ? Clouds.disk(4000, &random) : Clouds.grid(4000, side: 40, &random)
      let hull = ConvexPolygon(hullOf: points).vertices
      try require(hull == giftWrapped(points), "a filtered cloud lost or gained corners")
    }
  }

  @Test func everyPointIsInsideAndEveryCornerIsAPoint() {
    forEachSeed(30) { random in
      let points = Clouds.gaussian(3 + random.index(below: 2000), &random)
      let hull = ConvexPolygon(hullOf: points)
      try require(points.allSatisfy(hull.contains), "a point lies outside its own hull")
      try require(hull.vertices.allSatisfy(points.contains), "a corner is no point")
    }
  }

  @Test func nearlyCollinearPointsAreDecidedExactly() {
    // 0.1, 0.2, 0.3 … are not on one line in binary; the sign must be that of the exact values.
    let step = 1.0.ulp
    let a = SIMD2(0.5, 0.5)
    let b = SIMD2(12.0, 12.0)
    for i in 0..<16 {
      for j in 0..<16 {
        let p = SIMD2(0.5 + Double(i) * step, 0.5 + Double(j) * step)
        // The points are multiples of ulp away from the diagonal, so the side is that of j − i.
        #expect(Orientation.sign(a, b, p) == (j - i).signum(), "at \(i), \(j)")
      }
    }
  }

  @Test func degenerateCloudsHaveNoArea() {
    let point = SIMD2(1.5, -2)
    #expect(ConvexPolygon(hullOf: []).vertices.isEmpty)
    #expect(ConvexPolygon(hullOf: [point, point, point]).vertices == [point])
    let line = (0..<50).map { SIMD2(Double($0), 2 * Double($0)) }
    let flat = ConvexPolygon(hullOf: line)
    #expect(flat.vertices == [line[0], line[49]])
    #expect(flat.area == 0)
    #expect(agree(flat.perimeter, 2 * 49 * 5.0.squareRoot(), relative: 1e-12))
    #expect(flat.contains(SIMD2(3, 6)))
    #expect(!flat.contains(SIMD2(3, 6.001)))
    #expect(ConvexPolygon(hullOf: (0..<2000).map { SIMD2(Double($0), 7) }).vertices.count == 2)
  }

  @Test func areasScaleWithTheDeterminant() {
    forEachSeed(40) { random in
      let points = Clouds.gaussian(40 + random.index(below: 300), &random)
      let matrix = (random.normal(), random.normal(), random.normal(), random.normal())
      let determinant = abs(matrix.0 * matrix.3 - matrix.1 * matrix.2)
      let image = Clouds.scaled(points, by: matrix)
      for fraction in [1, 0.95, 0.5] {
        let before = ConvexPolygon(hullOf: points, keeping: fraction).area
        let after = ConvexPolygon(hullOf: image, keeping: fraction).area
        try require(
          agree(after, before * determinant, relative: 1e-7),
          "keeping \(fraction): \(after) is not \(determinant) × \(before)")
      }
    }
  }

  /// The naive way: from the lowest-left point, always turn to the most clockwise one.
  private func giftWrapped(_ points: [SIMD2<Double>]) -> [SIMD2<Double>] {
    guard
      let start = points.min(by: { $0.x != $1.x ? $0.x < $1.x : $0.y < $1.y })
    else { return [] }
    var corners = [start]
    while true {
      let current = corners[corners.count - 1]
      var next = start
      for candidate in points where candidate != current {
        if next == current {
          next = candidate
          continue
        }
        let turn = Orientation.sign(current, next, candidate)
        let farther = squaredDistance(current, candidate) > squaredDistance(current, next)
        if turn < 0 || (turn == 0 && farther) { next = candidate }
      }
      if next == start || next == current { return corners }
      corners.append(next)
    }
  }

  private func squaredDistance(_ a: SIMD2<Double>, _ b: SIMD2<Double>) -> Double {
    ((a - b) * (a - b)).sum()
  }
}
