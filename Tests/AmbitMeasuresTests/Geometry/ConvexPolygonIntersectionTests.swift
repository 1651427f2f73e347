import AmbitMatrix
import AmbitMeasures
import AmbitTestSupport
import Testing

@Suite struct ConvexPolygonIntersectionTests {
  private let unit = ConvexPolygon(hullOf: [SIMD2(0, 0), SIMD2(1, 0), SIMD2(1, 1), SIMD2(0, 1)])

  private func moved(_ x: Double, _ y: Double, by scale: Double = 1) -> ConvexPolygon {
    ConvexPolygon(hullOf: unit.vertices.map { $0 * scale + SIMD2(x, y) })
  }

  @Test func squaresShareWhatArithmeticSays() {
    #expect(unit.intersection(moved(0.5, 0.25)).area == 0.5 * 0.75)
    #expect(unit.intersection(unit) == unit)
    #expect(unit.intersection(moved(1, 0)).area == 0, "they touch along an edge")
    #expect(unit.intersection(moved(1, 1)).area == 0, "they touch at a corner")
    #expect(unit.intersection(moved(3, 0)).area == 0)
    #expect(unit.intersection(moved(0.25, 0.25, by: 0.5)).area == 0.25, "the inner one")
    #expect(moved(0.25, 0.25, by: 0.5).intersection(unit).area == 0.25)
    let diamond = ConvexPolygon(
      hullOf: [SIMD2(0.5, -0.5), SIMD2(1.5, 0.5), SIMD2(0.5, 1.5), SIMD2(-0.5, 0.5)])
    #expect(unit.intersection(diamond).area == 1, "its corners lie on the diamond's edges")
  }

  @Test func degeneratePolygonsShareNothing() {
    let segment = ConvexPolygon(hullOf: [SIMD2(0.1, 0.1), SIMD2(0.9, 0.9)])
    #expect(unit.intersection(segment).area == 0)
    #expect(ConvexPolygon(hullOf: []).intersection(unit).area == 0)
  }

  @Test func theCommonPartIsInBothAndSymmetric() {
    forEachSeed(60) { random in
      let shift = SIMD2(random.normal(), random.normal())
      let a = ConvexPolygon(hullOf: Clouds.gaussian(3 + random.index(below: 80), &random))
      let b = ConvexPolygon(
        hullOf: Clouds.gaussian(3 + random.index(below: 80), &random).map { $0 + shift })
      let common = a.intersection(b).area
      let mirrored = b.intersection(a).area
      try require(common <= a.area && common <= b.area, "\(common) exceeds a part")
      try require(
        abs(common - mirrored) <= 1e-12 * max(a.area, b.area), "\(common) against \(mirrored)")
      try require(agree(a.intersection(a).area, a.area, relative: 1e-12), "with itself")
    }
  }

  @Test func gridPolygonsAgreeWithCountingCells() {
    // Exact oracle: triangles of small integers, area by a fine midpoint grid.
    forEachSeed(12) { random in
      let a = ConvexPolygon(hullOf: Clouds.grid(6, side: 9, &random))
      let b = ConvexPolygon(hullOf: Clouds.grid(6, side: 9, &random))
      let cells = 400
      var inside = 0
      for row in 0..<cells {
        for column in 0..<cells {
          let point = SIMD2(
            (Double(column) + 0.5) * 8 / Double(cells), (Double(row) + 0.5) * 8 / Double(cells))
          inside +=
            a.vertices.count > 2 && b.vertices.count > 2
              && a.contains(point) && b.contains(point) ? 1 : 0
        }
      }
      let counted = Double(inside) * 64 / Double(cells * cells)
      let clipped = a.intersection(b).area
      try require(abs(counted - clipped) < 0.15, "clipping \(clipped), counting \(counted)")
    }
  }
}
