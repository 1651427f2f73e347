import AmbitMatrix
import AmbitRendering
import AmbitTestSupport
import Testing

@Suite struct InsetTests {
  private let panel = Rectangle(x: 100, y: 50, width: 120, height: 90)

  private func inset(
    _ places: [SIMD2<Double>], avoiding outlines: [[SIMD2<Double>]] = []
  ) -> Inset? {
    Inset(of: places, in: panel, avoiding: outlines, reach: 3, labelSize: SIMD2(15, 7))
  }

  @Test func crowdedPlacesAreShownEnlarged() {
    forEachSeed(100) { random in
      let corner = SIMD2(130 + 50 * random.uniform(), 80 + 20 * random.uniform())
      let extent = 0.2 + 9 * random.uniform()
      let places = (0..<5).map { _ in corner + SIMD2(random.uniform(), random.uniform()) * extent }
      let inset = try #require(self.inset(places))
      try require(panel.contains(inset.frame), "outside the panel")
      try require(inset.magnification >= 2, "×\(inset.magnification)")
      for (place, next) in zip(places, places.dropFirst()) {
        let shown = inset.page(place)
        try require(inset.frame.inset(by: 2.9).contains(shown), "\(shown) at the edge")
        try require(!inset.frame.contains(place), "the inset covers what it shows")
        try require(inset.source.contains(place), "\(place) is not in the source")
        let (way, enlarged) = (next - place, inset.page(next) - shown)
        try require(
          agree(enlarged.x, inset.magnification * way.x, relative: 1e-6)
            && agree(enlarged.y, inset.magnification * way.y, relative: 1e-6), "wrong scale")
      }
    }
  }

  @Test func thereIsNoneWhereItWouldShowNothingNew() {
    #expect(inset([]) == nil)
    #expect(inset([SIMD2(160, 95), SIMD2(160, 95)]) == nil)
    #expect(inset([SIMD2(150, 95), SIMD2(170, 95)]) == nil)
    #expect(inset([SIMD2(150, 95), SIMD2(150, 106)]) == nil)
    #expect(inset([SIMD2(150, 95), SIMD2(151, 95)]) != nil)
  }

  @Test func theMagnificationIsRound() throws {
    for extent in [0.15, 0.4, 1, 3, 7] {
      let inset = try #require(self.inset([SIMD2(150, 95), SIMD2(150 + extent, 95)]))
      var leading = inset.magnification
      while leading >= 10 { leading /= 10 }
      #expect([1, 1.5, 2, 2.5, 3, 4, 5, 6, 8].contains { abs($0 - leading) < 1e-9 }, "\(leading)")
    }
  }

  @Test func itStandsWhereTheOutlinesAreNot() throws {
    let places = [SIMD2(158.0, 94), SIMD2(162.0, 96)]
    let corners: [(Double, Double)] = [(104, 54), (216, 54), (104, 136), (216, 136)]
    for free in corners.indices {
      var outlines: [[SIMD2<Double>]] = []
      for (index, corner) in corners.enumerated() where index != free {
        let centre = SIMD2<Double>(corner.0, corner.1)
        outlines.append(
          (0..<40).map { (step: Int) -> SIMD2<Double> in
            centre + SIMD2<Double>(step % 2 == 0 ? 12 : -12, Double(step) - 20)
          })
      }
      let frame = try #require(self.inset(places, avoiding: outlines)).frame
      #expect((frame.midX < 160) == (corners[free].0 < 160))
      #expect((frame.midY < 95) == (corners[free].1 < 95))
    }
  }
}
