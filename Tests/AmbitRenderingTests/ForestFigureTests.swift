import AmbitMatrix
import AmbitRendering
import AmbitTestSupport
import Testing

@Suite struct ForestFigureTests {
  private static let blue = Palette.okabeIto[0]

  private static func figure(
    _ effects: [Estimate?], null: ClosedRange<Double>? = nil,
    equivalence: ClosedRange<Double>? = nil, names: [String] = ["base", "sft"]
  ) -> ForestFigure {
    ForestFigure(
      checkpoints: FigureCheckpoints(names),
      sections: [
        .init(
          effectLabel: "log ratio", equivalence: equivalence,
          groups: [
            .init(
              name: "Within",
              rows: effects.enumerated().map {
                .init(label: "metric \($0)", effects: [nil, $1], null: null)
              })
          ])
      ])
  }

  /// The symbols of the rows, top down, without the legend's.
  private static func symbols(_ scene: Scene) -> [(place: SIMD2<Double>, isFilled: Bool)] {
    SceneParts(scene).markers.filter { $0.shape == .square && $0.edge != nil }.flatMap { marker in
      marker.positions.map { ($0, marker.fill == blue) }
    }
  }

  @Test func effectsStandInOrderOfTheirValueAndRows() throws {
    forEachSeed(40) { random in
      let values = (0..<4).map { _ in random.uniform() - 0.7 }
      let scene = try Self.figure(values.map { Estimate($0) }).scene()
      let places = Self.symbols(scene).map(\.place)
      try require(places.count == 4, "\(places.count) symbols")
      for (first, second) in zip(places, places.dropFirst()) {
        try require(first.y < second.y, "rows go down the page")
      }
      // The same linear scale for all rows.
      let slope = (places[1].x - places[0].x) / (values[1] - values[0])
      try require(slope > 0, "negative lies left")
      for index in 2..<4 {
        let expected = places[0].x + slope * (values[index] - values[0])
        try require(abs(places[index].x - expected) < 1e-6, "not linear")
      }
    }
  }

  @Test func aSymbolIsFilledWhereItsIntervalExcludesZero() throws {
    let scene = try Self.figure([
      Estimate(-0.4, interval: -0.6 ... -0.2), Estimate(-0.1, interval: -0.3...0.1), Estimate(-0.2),
    ]).scene()
    #expect(Self.symbols(scene).map(\.isFilled) == [true, false, true])
    #expect(SceneParts(scene).texts.contains("interval holds 0"))
  }

  @Test func bandsAndMarginsAreWhereTheyShouldBe() throws {
    let effect = Estimate(-0.4, interval: -0.5 ... -0.3)
    let scene = try Self.figure([effect], null: -0.1...0.1, equivalence: -0.2...0.2).scene()
    let parts = SceneParts(scene)
    let band = try #require(parts.boxes(Theme.light.null).first)
    let symbol = Self.symbols(scene)[0].place
    let zero = band.midX
    // From −0.4 to 0 is twice the band's width.
    #expect(agree(zero - symbol.x, 2 * band.width, relative: 1e-9))
    #expect(symbol.y > band.y && symbol.y < band.maxY)
    let margins = parts.lines.filter { !$0.stroke.dash.isEmpty && $0.points.count == 2 }
      .filter { abs($0.points[0].x - $0.points[1].x) < 1e-9 }.map { $0.points[0].x }
    #expect(margins.count == 2)
    #expect(agree(margins[1] - margins[0], 2 * band.width, relative: 1e-9))
    #expect(parts.texts.contains("equivalence margins"))
    #expect(parts.texts.contains("null band: no change"))
    #expect(parts.texts.contains("← less diverse"))
  }

  @Test func oneWildIntervalDoesNotSquashTheOthers() throws {
    let tame = (0..<5).map { Estimate(-0.1 * Double($0), interval: -0.5...0.1) }
    let wild = Estimate(-0.2, interval: -90...80)
    let scene = try Self.figure(tame + [wild, Estimate(-40)]).scene()
    let places = Self.symbols(scene).map(\.place)
    // All but the last effect are seen; they spread over a good part of the page.
    #expect(places.count == 6)
    #expect(places[0].x - places[4].x > 0.08 * scene.width)
    let parts = SceneParts(scene)
    #expect(parts.places(.triangleLeft, Self.blue).count == 2)
    #expect(parts.places(.triangleRight, Self.blue).count == 1)
  }

  @Test func manyOrderedCheckpointsAreThinnedAndCounted() throws {
    var gallery = FigureGallery((0..<40).map { "step-\($0)" })
    let texts = try SceneParts(gallery.forest().scene()).texts
    #expect(texts.contains { $0.contains("10 of 39 checkpoints are shown") })
    #expect(texts.contains("step-1") && texts.contains("step-39"))
    var unordered = FigureGallery((0..<20).map { "model-\($0)" }, isOrdered: false)
    let all = try SceneParts(unordered.forest().scene()).texts
    #expect(all.filter { $0.hasPrefix("model-") }.count == 19)
  }

  @Test func numbersStandBesideTheRowsOfOneCheckpoint() throws {
    let figure = Self.figure([Estimate(-0.414, interval: -0.5 ... -0.3), Estimate(0.1)])
    let wide = try SceneParts(figure.scene(FigureSettings(width: 6.75))).texts
    #expect(wide.contains("−0.41 [−0.50, −0.30]") && wide.contains("0.10"))
    let narrow = try SceneParts(figure.scene(FigureSettings(width: 3.25))).texts
    #expect(!narrow.contains { $0.contains("[") })
  }

  @Test func theBaselineAndMissingEffectsAreNotDrawn() throws {
    let scene = try Self.figure([Estimate(-0.4), nil, Estimate(.nan)]).scene()
    #expect(Self.symbols(scene).count == 1)
    let texts = SceneParts(scene).texts
    // The row stays, so that a reader sees that it is missing.
    #expect(texts.contains("metric 1") && texts.contains("metric 2"))
    #expect(!texts.contains { $0.hasPrefix("base") && !$0.contains("itself") })
  }
}
