import AmbitMatrix
import AmbitRendering
import AmbitTestSupport
import Testing

@Suite struct TrajectoryFigureTests {
  private static func figure(_ centroids: [SIMD2<Double>]) -> TrajectoryFigure {
    TrajectoryFigure(
      checkpoints: FigureCheckpoints(centroids.indices.map { "c\($0)" }), xLabel: "PC 1",
      yLabel: "PC 2", centroids: centroids,
      outlines: centroids.map { centre in
        [SIMD2(-1.0, -1), SIMD2(1, -1), SIMD2(1, 1), SIMD2(-1, 1)].map { centre + $0 }
      })
  }

  @Test func theScaleIsTheSameAcrossAndUp() throws {
    let scene = try Self.figure([.zero, SIMD2(3, 1), SIMD2(5, 2)]).scene()
    let parts = SceneParts(scene)
    let colours = Palette(count: 2).colours
    let squares = parts.lines.filter {
      $0.points.count == 4 && colours.contains($0.stroke.colour)
    }
    #expect(squares.count == 2)
    for square in squares {
      let width = square.points[1].x - square.points[0].x
      let height = square.points[0].y - square.points[2].y
      #expect(agree(width, height, relative: 1e-6))
    }
  }

  @Test func arrowsLeadThroughThePathInOrder() throws {
    var figure = Self.figure([.zero, SIMD2(3, 1), SIMD2(6, 0)])
    #expect(try SceneParts(figure.scene()).texts.contains("centroid path"))
    let ink = Theme.light.mark
    func heads(_ figure: TrajectoryFigure) throws -> Int {
      SceneParts(try figure.scene()).boxes(ink).count
    }
    // Two arrows and the legend's.
    #expect(try heads(figure) == 3)
    figure.path = [0, 2]
    #expect(try heads(figure) == 2)
    figure.checkpoints.isOrdered = false
    #expect(try heads(figure) == 0)
  }

  @Test func manyShortStepsAreOneLine() throws {
    let figure = Self.figure((0..<40).map { SIMD2(Double($0) * 0.05, 0) })
    let parts = SceneParts(try figure.scene())
    #expect(parts.lines.contains { $0.points.count == 40 && $0.stroke.colour == Theme.light.mark })
  }

  @Test func crowdedCentroidsAreShownEnlargedInACorner() throws {
    let crowded = Self.figure([.zero, SIMD2(0.05, 0), SIMD2(0.08, 0.05)])
    let texts = try SceneParts(crowded.scene()).texts
    #expect(texts.filter { $0.hasPrefix("×") }.count == 1)
    let apart = Self.figure([.zero, SIMD2(1, 0), SIMD2(2, 1)])
    #expect(try !SceneParts(apart.scene()).texts.contains { $0.hasPrefix("×") })
  }

  @Test func theSeriesStandsBesideThePlaneOrBelowIt() throws {
    var gallery = FigureGallery(["base", "sft", "dpo"])
    let figure = gallery.trajectory()
    let wide = try figure.scene(FigureSettings(width: 6.75))
    let narrow = try figure.scene(FigureSettings(width: 3.25))
    #expect(wide.height < narrow.height)
    for scene in [wide, narrow] {
      #expect(SceneParts(scene).texts.contains("log dispersion"))
    }
  }
}

@Suite struct PromptPanelsFigureTests {
  /// A prompt's cloud twice as wide is drawn twice as wide, wherever it lies.
  @Test func allPanelsHaveTheSameScale() throws {
    let square = [SIMD2(-1.0, -1), SIMD2(1, -1), SIMD2(1, 1), SIMD2(-1, 1)]
    let figure = PromptPanelsFigure(
      checkpoints: FigureCheckpoints(["base", "sft"]),
      panels: [1.0, 2].enumerated().map { number, size in
        let corners = square.map { $0 * size + SIMD2(100 * Double(number), 7) }
        return .init(
          title: "prompt \(number)", role: number == 0 ? "largest loss" : "",
          clouds: [.init(points: []), .init(points: corners, outline: corners)])
      }, xLabel: "PC 1", yLabel: "PC 2")
    let parts = SceneParts(try figure.scene())
    let blue = Palette.okabeIto[0]
    let widths = parts.lines.filter { $0.stroke.colour == blue && $0.points.count == 4 }
      .map { $0.points[1].x - $0.points[0].x }
    #expect(widths.count == 2)
    #expect(agree(widths[1], 2 * widths[0], relative: 1e-9))
    #expect(parts.texts.contains("largest loss") && parts.texts.contains("prompt 1"))
    // Nothing of the baseline is drawn, so it is not in the legend.
    #expect(!parts.texts.contains("base (baseline)"))
  }

  @Test func theScaleBarIsAsLongAsItSays() throws {
    let points = [SIMD2(0.0, 0), SIMD2(10, 0)]
    let figure = PromptPanelsFigure(
      checkpoints: FigureCheckpoints(["base"]),
      panels: [.init(title: "p", clouds: [.init(points: points, outline: points)])], xLabel: "",
      yLabel: "")
    let parts = SceneParts(try figure.scene())
    let bar = try #require(
      parts.lines.first { $0.stroke.colour == Theme.light.mark && $0.points.count == 2 })
    let outline = try #require(
      parts.lines.first { $0.stroke.colour == Theme.light.baseline && $0.points.count == 2 })
    let length = try #require(parts.texts.compactMap(Double.init).first)
    let unit = abs(outline.points[1].x - outline.points[0].x) / 10
    #expect(agree(abs(bar.points[1].x - bar.points[0].x), length * unit, relative: 1e-6))
  }
}

@Suite struct SupportMapFigureTests {
  @Test func barsShowTheCrossMasses() throws {
    let figure = SupportMapFigure(
      checkpoints: FigureCheckpoints(["base", "sft"]), xLabel: "x", yLabel: "y",
      panels: [
        .init(
          checkpoint: 1, lost: [SIMD2(0, 0)], kept: [SIMD2(1, 1)], gained: [SIMD2(2, 0)],
          shared: [SIMD2(1, 0)], baselineMass: .init(lost: 0.4, kept: 0.6, gained: 0),
          checkpointMass: .init(lost: 0.1, kept: 0.6, gained: 0.3))
      ])
    let parts = SceneParts(try figure.scene())
    let lost = parts.boxes(Theme.light.lost)
    let gained = parts.boxes(Theme.light.gained)
    #expect(lost.count == 2 && gained.count == 1)
    #expect(agree(lost[0].width, 4 * lost[1].width, relative: 1e-9))
    #expect(agree(gained[0].width, 3 * lost[1].width, relative: 1e-9))
    #expect(lost[0].y < lost[1].y)
    #expect(parts.texts.contains("40 %") && parts.texts.contains("30 %"))
    #expect(parts.texts.contains("base, lost"))
    let shapes = parts.markers.filter { $0.shape == .triangleDown }.flatMap(\.positions)
    // One lost output and its key.
    #expect(shapes.count == 2)
  }
}

@Suite struct SupportPlaneFigureTests {
  private static func figure(_ density: Double) -> SupportPlaneFigure {
    SupportPlaneFigure(
      checkpoints: FigureCheckpoints(["base", "sft"]), recall: [nil, Estimate(0.4)],
      coverage: [nil, Estimate(0.6)], density: [nil, Estimate(density)],
      null: .init(
        recall: Estimate(0.73, interval: 0.7...0.76),
        coverage: Estimate(0.97, interval: 0.95...0.99),
        density: Estimate(1, interval: 0.9...1.1)))
  }

  @Test func pointsStandBelowAndLeftOfTheNull() throws {
    let parts = SceneParts(try Self.figure(2).scene())
    let null = parts.places(.cross, Theme.light.mark)
    let own = parts.places(.square, Palette.okabeIto[0])
    // Two panels and the key.
    #expect(null.count == 3 && own.count == 3)
    #expect(own[0].x < null[0].x && own[0].y > null[0].y)
    #expect(own[1].x < null[1].x && own[1].y < null[1].y)
  }

  @Test func contractionRaisesDensityAndLostModesLowerCoverage() throws {
    let parts = SceneParts(try Self.figure(2).scene())
    let ink = Theme.light.ink
    let arrows = parts.lines.filter { $0.stroke.colour == ink && $0.stroke.width == 0.7 }
    let solid = arrows.filter { $0.stroke.dash.isEmpty }
    let dashed = arrows.filter { !$0.stroke.dash.isEmpty }
    #expect(solid.count == 3 && dashed.count == 3)
    func rise(_ line: SceneParts.Line) -> Double { line.points[0].y - line.points[1].y }
    #expect(abs(rise(solid[0])) < 1e-6 && rise(solid[1]) > 10)
    #expect(rise(dashed[0]) < -10 && abs(rise(dashed[1])) < 1e-6)
    #expect(arrows.allSatisfy { $0.points[1].x < $0.points[0].x })
  }

  @Test func withoutANullThereAreNoArrows() throws {
    var figure = Self.figure(2)
    figure.null = nil
    let texts = try SceneParts(figure.scene()).texts
    #expect(!texts.contains("contraction") && texts.contains("sft"))
  }

  @Test func wideDensitiesStandALogarithmApart() throws {
    let texts = try SceneParts(Self.figure(60).scene()).texts
    #expect(texts.contains("10"))
  }
}

@Suite struct QualityDiversityFigureTests {
  @Test func barsOfBothIntervalsCrossAtTheSymbol() throws {
    let figure = QualityDiversityFigure(
      checkpoints: FigureCheckpoints(["base", "sft", "dpo"]),
      quality: [Estimate(0.4), Estimate(0.6, interval: 0.5...0.7), nil], qualityLabel: "reward",
      panels: [
        .init(label: "RKE", diversity: [Estimate(9), Estimate(5, interval: 4...6), Estimate(3)])
      ], path: [0, 1, 2])
    let parts = SceneParts(try figure.scene())
    let blue = Palette.okabeIto[0]
    let place = try #require(parts.places(.square, blue).first)
    let bars = parts.lines.filter { $0.stroke.colour == blue }
    #expect(bars.count == 2)
    #expect(bars.contains { abs($0.points[0].y - place.y) < 1e-9 && $0.points[0].x < place.x })
    #expect(bars.contains { abs($0.points[0].x - place.x) < 1e-9 && $0.points[0].y > place.y })
    // The checkpoint without a score is neither drawn nor named; one arrow is left.
    #expect(!parts.texts.contains("dpo"))
    #expect(parts.boxes(Theme.light.frame).count == 1)
  }
}
