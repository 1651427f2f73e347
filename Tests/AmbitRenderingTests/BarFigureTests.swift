import AmbitMatrix
import AmbitRendering
import AmbitTestSupport
import Testing

@Suite struct VarianceBarsFigureTests {
  @Test func barsAreAsLongAsTheirParts() throws {
    let figure = VarianceBarsFigure(
      checkpoints: FigureCheckpoints(["base", "sft", "dpo"]),
      panels: [
        .init(
          label: "variance", within: [0.6, 0.3, nil], between: [0.2, -0.05, 0.1],
          intervals: [0.2...0.3, nil, nil])
      ])
    let parts = SceneParts(try figure.scene())
    // The legend's swatch comes last.
    let within = parts.boxes(Theme.light.categories[0]).dropLast()
    let between = parts.boxes(Theme.light.kept).dropLast()
    #expect(within.count == 2 && between.count == 1)
    let bars = Array(within)
    #expect(agree(bars[0].width, 2 * bars[1].width, relative: 1e-9))
    #expect(agree(between.first!.width * 3, bars[0].width, relative: 1e-9))
    #expect(agree(between.first!.x, bars[0].maxX, relative: 1e-9))
    #expect(parts.texts.contains("0.25 [0.20, 0.30]"))
    // A negative estimate of the variance between prompts is drawn and read as none.
    #expect(parts.texts.contains("0.00"))
    #expect(!parts.texts.contains("dpo"))
  }
}

@Suite struct WaterfallFigureTests {
  private static func panel(_ changes: [Double]) -> WaterfallFigure.Panel {
    .init(
      label: "dispersion", start: "base",
      stages: changes.enumerated().map { .init(name: "s\($0)", change: Estimate($1)) })
  }

  @Test func eachBarStartsWhereTheOneBeforeEndedAndTheLastIsTheSum() throws {
    forEachSeed(30) { random in
      let changes = (0..<4).map { _ in random.uniform() - 0.6 }
      let parts = SceneParts(
        try WaterfallFigure(panels: [Self.panel(changes)]).scene())
      let theme = Theme.light
      // In the order of drawing, without the legend's swatches.
      let bars = parts.fills.filter { fill in
        [theme.lost, theme.gained, theme.baseline].contains(fill.colour)
      }.prefix(5)
      try require(bars.count == 5, "\(bars.count) bars")
      let boxes = bars.map(\.box)
      for index in 0..<3 {
        let isFall = changes[index] < 0
        let nextIsFall = changes[index + 1] < 0
        let end = isFall ? boxes[index].x : boxes[index].maxX
        let start = nextIsFall ? boxes[index + 1].maxX : boxes[index + 1].x
        try require(abs(end - start) < 1e-6, "bar \(index + 1) does not go on")
        try require(boxes[index].y < boxes[index + 1].y, "bars go down the page")
      }
      let scale = boxes[0].width / abs(changes[0])
      let total = abs(changes.reduce(0, +))
      try require(abs(boxes[4].width - scale * total) < 1e-6, "the last bar is not the sum")
      for (bar, change) in zip(bars, changes) {
        try require(bar.colour == (change < 0 ? theme.lost : theme.gained), "wrong colour")
      }
    }
  }

  @Test func qualityControlIsThePalerPart() throws {
    var panel = Self.panel([-0.4])
    panel.stages[0].qualityPart = -0.1
    let parts = SceneParts(try WaterfallFigure(panels: [panel]).scene())
    let pale = try #require(parts.boxes(Theme.light.lost.with(alpha: 0.4)).first)
    let full = try #require(parts.boxes(Theme.light.lost).first)
    #expect(agree(full.width, 3 * pale.width, relative: 1e-6))
    #expect(parts.texts.contains("paler: quality control"))
  }

  @Test func whatFollowsAMissingStageIsLeftOut() throws {
    var panel = Self.panel([-0.4, .nan, -0.2])
    let parts = SceneParts(try WaterfallFigure(panels: [panel]).scene())
    #expect(parts.texts.contains("base → s0") && !parts.texts.contains("s2"))
    panel = Self.panel([.nan, -0.2])
    #expect { try WaterfallFigure(panels: [panel]).scene() } throws: {
      ($0 as? RenderingError)?.code == .empty
    }
  }
}

@Suite struct LengthHistogramFigureTests {
  private static let figure = LengthHistogramFigure(
    checkpoints: FigureCheckpoints(["base", "sft"]), edges: [0, 10, 20, 40, 80],
    counts: [[10, 20, 20, 0], [0, 10, 40, 0]], medians: [18, 25])

  @Test func sharesAreDensitiesWhereBinsDiffer() throws {
    let parts = SceneParts(try Self.figure.scene())
    // 10 of 50 in a bin of 10, 20 of 50 in a bin of 10, 20 of 50 in a bin of 20.
    let outline = try #require(parts.lines.first { $0.points.count == 8 })
    let bottom = parts.fills.map(\.box.maxY).max()!
    let heights = stride(from: 0, to: 6, by: 2).map { bottom - outline.points[$0].y }
    #expect(agree(heights[1], 2 * heights[0], relative: 1e-6))
    #expect(agree(heights[2], heights[0], relative: 1e-6))
  }

  @Test func emptyBinsAtTheEndsAreCutAndMediansMarked() throws {
    let parts = SceneParts(try Self.figure.scene())
    #expect(parts.texts.contains("median") && parts.texts.contains("base (baseline)"))
    #expect(!parts.texts.contains("80"))
    let medians = parts.lines.filter {
      $0.stroke.colour == Theme.light.mark && $0.points.count == 2
    }
    // Two panels and the legend's key.
    #expect(medians.count == 3)
  }
}

@Suite struct SimilarityFigureTests {
  @Test func darkerIsMoreAlikeAndNumbersFitTheirCells() throws {
    let figure = SimilarityFigure(
      checkpoints: FigureCheckpoints(["a", "b"]),
      panels: [.init(label: "similarity", values: [[1, 0.5], [0.75, nil]])])
    let parts = SceneParts(try figure.scene(FigureSettings(width: 3.25)))
    #expect(parts.texts.contains("1.00") && parts.texts.contains("0.50"))
    #expect(parts.texts.contains("0.50 to 1.00"))
    let lightness = [0, 0.5, 1].map { OKLab(Theme.light.heat(at: $0)).lightness }
    #expect(lightness == lightness.sorted().reversed())
    for share in [0.0, 0.5, 1] { #expect(parts.boxes(Theme.light.heat(at: share)).count >= 1) }
  }

  @Test func cellsAreSquareAndInOrder() throws {
    let count = 5
    let figure = SimilarityFigure(
      checkpoints: FigureCheckpoints((0..<count).map { "c\($0)" }),
      panels: [
        .init(
          label: "x",
          values: (0..<count).map { row in (0..<count).map { Double(row * count + $0) } },
          range: 0...24)
      ])
    let parts = SceneParts(try figure.scene(FigureSettings(width: 3.25)))
    let cells = (0..<25).compactMap { parts.boxes(Theme.light.heat(at: Double($0) / 24)).first }
    #expect(cells.count == 25)
    #expect(agree(cells[7].width, cells[7].height, relative: 1e-6))
    #expect(cells[1].x > cells[0].x && cells[5].y > cells[0].y && cells[5].x == cells[0].x)
  }

  @Test func twoKindsOfLikenessStandSideBySideWithABarEach() throws {
    let figure = SimilarityFigure(
      checkpoints: FigureCheckpoints(["a", "b"], baseline: 1),
      panels: [
        .init(label: "same", values: [[0.1, 0.2], [0.3, 0.4]]),
        .init(label: "different", values: [[nil, 0.6], [0.7, 0.9]]),
      ])
    let scene = try figure.scene(FigureSettings(width: 6.75))
    let parts = SceneParts(scene)
    #expect(parts.texts.contains("same: 0.10 to 0.40"))
    #expect(parts.texts.contains("different: 0.60 to 0.90"))
    // The baseline comes first, in rows and in columns.
    let first = try #require(parts.boxes(Theme.light.heat(at: 1)).first)
    let last = try #require(parts.boxes(Theme.light.heat(at: 0)).first)
    #expect(first.x < last.x && first.y < last.y)
  }

  @Test func manyCellsHaveNoNumbers() throws {
    var gallery = FigureGallery((0..<40).map { "step-\($0)" })
    let texts = try SceneParts(gallery.similarity().scene()).texts
    #expect(!texts.contains("1.00"))
  }
}
