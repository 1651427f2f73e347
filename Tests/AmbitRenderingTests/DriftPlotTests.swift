import AmbitMatrix
import AmbitRendering
import AmbitTestSupport
import Testing

@Suite struct DriftPlotTests {
  private static let widths = [3.25, 5.5, 6.75]

  /// A figure of random size, names and clouds.
  private static func randomPlot(_ random: inout SplitMix64) throws -> DriftPlot {
    let count = random.uniform() < 0.2 ? 40 : 1 + Int(random.uniform() * 12)
    let names = (0..<count).map { index in
      random.uniform() < 0.4
        ? Clouds.hardNames[Int(random.uniform() * Double(Clouds.hardNames.count))]
        : "step-\(index * 500)"
    }
    var data = Clouds.family(
      names: names, count: 1 + Int(random.uniform() * 80),
      seed: UInt64(random.uniform() * 1e6),
      scale: Elementary.pow(10, 8 * random.uniform() - 6),
      caption: "n = 60 outputs per checkpoint: 6 prompts × 10 samples. Joint PCA.")
    if random.uniform() < 0.3 { data.title = "A title that is long enough to need two lines here" }
    if random.uniform() < 0.3 { data.notes = ["x has 1 output; its hull has no area."] }
    if random.uniform() < 0.3 {
      data.checkpoints[count - 1].points.append(SIMD2(repeating: 1e5))
    }
    data.isOrdered = random.uniform() < 0.6
    data.baseline = Int(random.uniform() * Double(count))
    return try DriftPlot(
      data,
      settings: FigureSettings(
        width: widths[Int(random.uniform() * 3)], fontSize: 6 + (random.uniform() * 4).rounded()))
  }

  @Test func noTextIsCutAndNoTwoOverlap() {
    forEachSeed(60) { random in
      let scene = try Self.randomPlot(&random).scene()
      let boxes = scene.textBoxes()
      let runs = scene.textRuns
      for (index, box) in boxes.enumerated() {
        try require(
          scene.page.contains(box, tolerance: 0.01),
          "outside the page: \(runs[index].text.plain) \(box)")
        for other in index + 1..<boxes.count {
          guard let common = box.intersection(boxes[other]) else { continue }
          try require(
            common.width < 0.05 || common.height < 0.6,
            "\(runs[index].text.plain) overlaps \(runs[other].text.plain): \(common)")
        }
      }
    }
  }

  @Test func panelsAreEqualAndShareTheirLimits() {
    forEachSeed(60) { random in
      let plot = try Self.randomPlot(&random)
      let panels = plot.panels()
      let scene = plot.scene()
      let count = plot.data.checkpoints.count
      try require(panels.count == (count == 1 ? 1 : count + 1), "\(panels.count) panels")
      for panel in panels {
        try require(panel.limits == panels[0].limits, "limits differ")
        try require(
          agree(panel.frame.width, panels[0].frame.width, relative: 1e-12)
            && agree(panel.frame.height, panels[0].frame.height, relative: 1e-12), "sizes differ")
        try require(agree(panel.scale.x, panel.scale.y, relative: 1e-9), "unequal scales")
        try require(scene.page.contains(panel.frame), "panel outside the page")
      }
      // The magnification stands in the overlay's inset.
      let runs = zip(scene.textRuns, scene.textBoxes())
      for (run, box) in runs where !run.text.plain.hasPrefix("×") {
        for panel in panels {
          let common = box.intersection(panel.frame)
          try require(common == nil || common!.height < 0.6, "text over data: \(box)")
        }
      }
      try require(scene.height < 1200, "\(scene.height) points high")
    }
  }

  @Test func everyNameAndLabelIsThere() throws {
    let data = Clouds.family(names: ["base", "sft", "dpo"])
    let texts = try DriftPlot(data).scene().textRuns.map(\.text.plain)
    #expect(texts.count { $0 == "sft" } == 2)
    #expect(texts.contains("base (baseline)"))
    #expect(texts.count { $0 == "PC 1 (12.3 %)" } == 1)
    #expect(texts.count { $0 == "PC 2 (4.5 %)" } == 1)
    #expect(texts.contains("95 % hull") && texts.contains("100 % hull"))
    #expect(texts.contains("n"))
  }

  @Test func pointsOutsideAreCountedInTheCaption() throws {
    var data = Clouds.family(names: ["base", "sft"], count: 300)
    #expect(!Self.text(try DriftPlot(data)).contains("outside"))
    data.checkpoints[1].points.append(SIMD2(500, 0))
    let text = Self.text(try DriftPlot(data))
    #expect(text.contains("1 of 601 points lies outside the frame"))
    #expect(text.contains("outside the frame"))
  }

  private static func text(_ plot: DriftPlot) -> String {
    plot.scene().textRuns.map(\.text.plain).joined(separator: " ")
  }

  @Test func theBaselineComesFirst() throws {
    var data = Clouds.family(names: ["one", "two", "three"])
    data.baseline = 2
    let names = try DriftPlot(data).scene().textRuns.map(\.text.plain)
    let order = ["three", "one", "two"].map { names.firstIndex(of: $0)! }
    #expect(order == order.sorted())
  }

  /// Checkpoints of the given centroids about which all clouds are alike.
  private static func family(at centroids: [SIMD2<Double>]) -> DriftPlotData {
    let square = [SIMD2(-1.0, -1), SIMD2(1, -1), SIMD2(1, 1), SIMD2(-1, 1)]
    return DriftPlotData(
      xLabel: "x", yLabel: "y",
      checkpoints: centroids.enumerated().map { index, centroid in
        Clouds.checkpoint("c\(index)", square.map { $0 + centroid })
      })
  }

  @Test func thePathIsInTheLegendOnlyIfItIsSeen() throws {
    let still = Self.family(at: [.zero, .zero, .zero])
    #expect(!Self.text(try DriftPlot(still)).contains("centroid path"))
    var moving = Self.family(at: [.zero, SIMD2(0.8, 0), SIMD2(0.8, 0.9)])
    #expect(Self.text(try DriftPlot(moving)).contains("centroid path"))
    #expect(!Self.text(try DriftPlot(moving)).contains("×"))
    moving.isOrdered = false
    #expect(!Self.text(try DriftPlot(moving)).contains("centroid path"))
  }

  @Test func crowdedCentroidsAreShownEnlarged() throws {
    var data = Self.family(at: [.zero, SIMD2(0.02, 0), SIMD2(0.03, 0.02)])
    let runs = try DriftPlot(data).scene().textRuns.map(\.text.plain)
    #expect(runs.count { $0.hasPrefix("×") } == 1)
    // Too near for arrows at their places, but not in the inset.
    #expect(runs.contains("centroid path"))
    data.isOrdered = false
    #expect(Self.text(try DriftPlot(data)).contains("×"))
  }

  @Test(arguments: [true, false]) func sixteenCheckpointsAreNamedInTheLegend(isOrdered: Bool) throws
  {
    var data = Clouds.family(names: (0..<16).map { "model-\($0)" })
    data.isOrdered = isOrdered
    let texts = try DriftPlot(data).scene().textRuns.map(\.text.plain)
    for index in 1..<16 { #expect(texts.count { $0 == "model-\(index)" } == 2) }
    #expect(texts.contains("model-0 (baseline)"))
  }

  @Test(arguments: widths) func namesThatCanStandWholeAreNotShortened(width: Double) throws {
    let names = [
      "answer_alpaca-13b", "answer_llama-13b", "answer_vicuna-13b-20230322-new-hp-fp16",
      "olmo-2-7b-instruct-randomdoc",
    ]
    let data = Clouds.family(names: names)
    let runs = try DriftPlot(data, settings: FigureSettings(width: width)).scene().textRuns
    let joined = runs.map(\.text.plain).joined()
    #expect(!joined.contains("…"))
    // Over the panel and in the legend, in one line or in several.
    for name in names { #expect(joined.ranges(of: name).count >= 2) }
    #expect(runs.allSatisfy { $0.font.size >= 6 })
  }

  @Test func aLegendEntryWiderThanThePageTakesSeveralLines() throws {
    let name = (0..<9).map { "ingredient\($0)" }.joined(separator: "-")
    let data = Clouds.family(names: ["base", name])
    let runs = try DriftPlot(data, settings: FigureSettings(width: 2.2)).scene().textRuns
    #expect(runs.map(\.text.plain).joined().contains(name))
  }

  @Test func degenerateCloudsAreDrawn() throws {
    let clouds: [[[SIMD2<Double>]]] = [
      [[SIMD2(1, 1)]], [[SIMD2(1, 1)], [SIMD2(1, 1)]],
      [Array(repeating: .zero, count: 50), Array(repeating: .zero, count: 50)],
      [(0..<20).map { SIMD2(Double($0), Double($0)) }, []],
      [[SIMD2(1e-300, 0), SIMD2(2e-300, 0)], [SIMD2(0, 0)]],
      [[SIMD2(-1e12, 0), SIMD2(1e12, 5)], [SIMD2(0, 3)]],
    ]
    for groups in clouds {
      let checkpoints = groups.enumerated().map { Clouds.checkpoint("c\($0)", $1) }
      let data = DriftPlotData(xLabel: "x", yLabel: "y", checkpoints: checkpoints)
      for format in FigureFormat.allCases {
        let file = try DriftPlot(data).scene().encoded(as: format, dpi: 50)
        #expect(file.count > 500)
      }
    }
  }

  @Test func coloursOfTheCheckpointsReachThePicture() throws {
    let data = Clouds.family(names: ["base", "sft"], count: 200)
    let plot = try DriftPlot(data, settings: FigureSettings(width: 3.25))
    let picture = try DecodedPNG(plot.scene().png(dpi: 72))
    let blue = Palette.okabeIto[0]
    func blueCount(in frame: Rectangle) -> Int {
      var count = 0
      for y in Int(frame.y)..<Int(frame.maxY) {
        for x in Int(frame.x)..<Int(frame.maxX) {
          let pixel = picture.pixel(x, y).map { Double($0) / 255 }
          // More blue than red: grey ghosts are not.
          if pixel[2] - pixel[0] > 0.25 * (blue.blue - blue.red) { count += 1 }
        }
      }
      return count
    }
    let panels = plot.panels()
    #expect(blueCount(in: panels[0].frame) == 0)
    #expect(blueCount(in: panels[1].frame) > 100)
    #expect(blueCount(in: panels[2].frame) > 20)
  }

  @Test func wrongSettingsAndDataAreRefused() {
    let data = Clouds.family(names: ["a", "b"])
    func code(
      _ data: DriftPlotData, _ settings: FigureSettings = FigureSettings()
    ) -> RenderingError.Code? {
      do {
        _ = try DriftPlot(data, settings: settings)
        return nil
      } catch {
        return error.code
      }
    }
    #expect(code(data) == nil)
    #expect(code(data, FigureSettings(width: 0.5)) == .invalidSetting)
    #expect(code(data, FigureSettings(width: .nan)) == .invalidSetting)
    #expect(code(data, FigureSettings(dpi: 3)) == .invalidSetting)
    #expect(code(data, FigureSettings(fontSize: 100)) == .invalidSetting)
    var broken = data
    broken.checkpoints[1].points[0].x = .nan
    #expect(code(broken) == .notFinite)
    broken = data
    broken.checkpoints[0].centroid.y = .infinity
    #expect(code(broken) == .notFinite)
    #expect(code(DriftPlotData(xLabel: "", yLabel: "", checkpoints: [])) == .empty)
    let hollow = DriftPlotData(
      xLabel: "", yLabel: "", checkpoints: [Clouds.checkpoint("a", [])])
    #expect(code(hollow) == .empty)
  }

  @Test func errorsNameTheirSubjectAndAHint() {
    let error = RenderingError(
      .invalidSetting, subject: "dpi", problem: "expected 20, found 3", hint: "use 300")
    #expect(error.description == "dpi: expected 20, found 3\nhint: use 300")
  }

  /// The picture does not depend on the resolution's layout: the same scene, more pixels.
  @Test func theSceneDoesNotDependOnTheResolution() throws {
    let data = Clouds.family(names: ["a", "b", "c"])
    let low = try DriftPlot(data, settings: FigureSettings(dpi: 72)).scene()
    let high = try DriftPlot(data, settings: FigureSettings(dpi: 600)).scene()
    #expect(low == high)
  }
}
