import AmbitMatrix
import AmbitRendering
import AmbitTestSupport
import Testing

@Suite struct MetricLinesFigureTests {
  private static func figure(
    _ values: [Estimate?], positions: [Double]?, isLogarithmic: Bool = false,
    null: ClosedRange<Double>? = nil
  ) -> MetricLinesFigure {
    MetricLinesFigure(
      checkpoints: FigureCheckpoints(values.indices.map { "c\($0)" }), positions: positions,
      isLogarithmic: isLogarithmic,
      panels: [.init(label: "dispersion", values: values, null: null, reference: 1)])
  }

  /// The places of the checkpoints' symbols, in order, without the legend's.
  private static func places(_ scene: Scene, count: Int) -> [SIMD2<Double>] {
    let palette = Palette(count: count - 1)
    let parts = SceneParts(scene)
    return (0..<count).compactMap { index in
      let shape = index == 0 ? .circle : palette.shapes[index - 1]
      let colour = index == 0 ? Theme.light.baseline : palette.colours[index - 1]
      return parts.places(shape, colour).first
    }
  }

  @Test func valuesStandAtTheirStepsOnBothScales() throws {
    let values = [1.0, 0.8, 0.5, 0.4].map { Optional(Estimate($0)) }
    let steps = [100.0, 1000, 10_000, 100_000]
    let linear = Self.places(try Self.figure(values, positions: steps).scene(), count: 4)
    #expect(agree((linear[2].x - linear[0].x) / (linear[1].x - linear[0].x), 11, relative: 1e-6))
    #expect(agree((linear[2].y - linear[0].y) / (linear[1].y - linear[0].y), 2.5, relative: 1e-6))
    let logarithmic = Self.places(
      try Self.figure(values, positions: steps, isLogarithmic: true).scene(), count: 4)
    let gaps = zip(logarithmic, logarithmic.dropFirst()).map { $1.x - $0.x }
    #expect(agree(gaps[0], gaps[1], relative: 1e-6) && agree(gaps[1], gaps[2], relative: 1e-6))
    #expect(logarithmic[0].y < logarithmic[1].y)
  }

  @Test func namesStandSideBySideWithoutSteps() throws {
    let values = [1.0, 0.8, 0.5].map { Optional(Estimate($0, interval: 0.3...1.1)) }
    let scene = try Self.figure(values, positions: nil).scene()
    let places = Self.places(scene, count: 3)
    #expect(agree(places[1].x - places[0].x, places[2].x - places[1].x, relative: 1e-9))
    let texts = SceneParts(scene).texts
    #expect(texts.contains("c0") && texts.contains("c2") && !texts.contains("training step"))
    // Intervals are bars here: upright lines through the symbols.
    let bars = SceneParts(scene).lines.filter { line in
      line.points.count == 2 && abs(line.points[0].x - places[1].x) < 1e-9
        && abs(line.points[1].x - places[1].x) < 1e-9
    }
    #expect(!bars.isEmpty)
  }

  @Test func aMissingValueBreaksTheLine() throws {
    let values: [Estimate?] = [Estimate(1), Estimate(0.9), nil, Estimate(0.6), Estimate(0.5)]
    let scene = try Self.figure(values, positions: [0, 1, 2, 3, 4]).scene()
    let lines = SceneParts(scene).lines.filter {
      $0.stroke.colour == Theme.light.baseline && $0.stroke.dash.isEmpty
    }
    #expect(lines.map(\.points.count) == [2, 2])
  }

  @Test func theNullBandLiesBehindTheLine() throws {
    let values = [1.0, 0.8].map { Optional(Estimate($0)) }
    let scene = try Self.figure(values, positions: [0, 1], null: 0.9...1.1).scene()
    let parts = SceneParts(scene)
    let band = try #require(parts.boxes(Theme.light.null).first)
    let places = Self.places(scene, count: 2)
    #expect(places[0].y > band.y && places[0].y < band.maxY)
    #expect(places[1].y > band.maxY)
    #expect(agree(places[1].y - places[0].y, band.height, relative: 1e-9))
  }

  @Test func lineagesAreLinesOfTheirOwn() throws {
    var figure = Self.figure(
      [1.0, 0.8, 0.6, 0.9].map { Optional(Estimate($0)) }, positions: [0, 1, 2, 1])
    figure.lines = [[0, 1, 2], [0, 3]]
    let lines = SceneParts(try figure.scene()).lines.filter {
      $0.stroke.colour == Theme.light.baseline && $0.stroke.dash.isEmpty
    }
    #expect(lines.map(\.points.count) == [3, 2])
  }
}

@Suite struct RarefactionFigureTests {
  private static func figure(observed: Double?) -> RarefactionFigure {
    let sizes = (1...10).map { Double($0 * 10) }
    return RarefactionFigure(
      checkpoints: FigureCheckpoints(["base", "sft"]),
      panels: [
        .init(
          label: "clusters found",
          curves: [1.0, 0.5].map { scale in
            .init(
              sizes: sizes, values: sizes.map { Estimate(scale * $0.squareRoot()) },
              observedSize: observed)
          })
      ])
  }

  @Test func beyondTheDataTheCurveIsDotted() throws {
    let parts = SceneParts(try Self.figure(observed: 55).scene())
    let blue = Palette.okabeIto[0]
    let lines = parts.lines.filter { $0.stroke.colour == blue && $0.points.count > 2 }
    let solid = lines.filter { $0.stroke.dash.isEmpty }
    let dotted = lines.filter { !$0.stroke.dash.isEmpty }
    #expect(solid.count == 1 && dotted.count == 1)
    // Both meet where the data end, which is marked.
    let end = try #require(solid[0].points.last)
    #expect(end == dotted[0].points.first)
    let symbol = try #require(parts.places(.square, blue).first)
    #expect(abs(symbol.x - end.x) < 1e-6 && abs(symbol.y - end.y) < 1e-6)
    #expect(parts.texts.contains("extrapolated"))
  }

  @Test func withoutExtrapolationNothingIsDotted() throws {
    let parts = SceneParts(try Self.figure(observed: nil).scene())
    #expect(!parts.texts.contains("extrapolated"))
    let blue = Palette.okabeIto[0]
    #expect(parts.lines.allSatisfy { $0.stroke.colour != blue || $0.stroke.dash.isEmpty })
  }

  @Test func namesStandAtTheEndsOfFewCurvesAndInALegendOfMany() throws {
    let few = try SceneParts(Self.figure(observed: nil).scene()).texts
    #expect(few.contains("sft") && !few.contains("base (baseline)"))
    var gallery = FigureGallery((0..<11).map { "step-\($0)" })
    let many = try SceneParts(gallery.rarefaction().scene()).texts
    #expect(many.contains("step-0 (baseline)"))
  }
}

@Suite struct HillProfileFigureTests {
  @Test func symbolsStandAtWholeOrdersAndProfilesFall() throws {
    let orders = (0...8).map { Double($0) / 2 }
    let figure = HillProfileFigure(
      checkpoints: FigureCheckpoints(["base", "sft"]), orders: orders,
      profiles: [[], orders.map { Estimate(20 / (1 + $0)) }], valueLabel: "effective number")
    let parts = SceneParts(try figure.scene())
    let places = parts.places(.square, Palette.okabeIto[0])
    #expect(places.count == 5)
    #expect(places.map(\.x) == places.map(\.x).sorted())
    #expect(places.map(\.y) == places.map(\.y).sorted())
    let logarithmic = HillProfileFigure(
      checkpoints: figure.checkpoints, orders: [0, 1, 2],
      profiles: [[], [16, 8, 4].map { Estimate($0) }], valueLabel: "", isLogarithmic: true)
    let straight = SceneParts(try logarithmic.scene()).places(.square, Palette.okabeIto[0])
    #expect(agree(straight[1].y - straight[0].y, straight[2].y - straight[1].y, relative: 1e-6))
  }
}
