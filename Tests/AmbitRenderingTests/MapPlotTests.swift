import AmbitMatrix
import AmbitRendering
import AmbitTestSupport
import Testing

@Suite struct MapPlotTests {
  private static func data(
    _ names: [String], count: Int, hasValues: Bool, random: inout SplitMix64
  ) -> MapPlotData {
    MapPlotData(
      checkpoints: names.enumerated().map { index, name in
        let points = Clouds.normal(
          count, centre: SIMD2(20 * Double(index), 0), spread: 9, random: &random)
        return MapPlotData.Checkpoint(
          name: name, points: points, values: hasValues ? points.map { abs($0.y) } : [])
      }, valueLabel: hasValues ? "local radius" : nil,
      caption: "t-SNE of 600 rows, perplexity 30, divergence 1.25. Trustworthiness 0.98.")
  }

  @Test func noTextIsCutAndNoTwoOverlap() {
    forEachSeed(60) { random in
      let count = random.uniform() < 0.2 ? 40 : 1 + Int(random.uniform() * 12)
      let names = (0..<count).map { index in
        random.uniform() < 0.4
          ? Clouds.hardNames[Int(random.uniform() * Double(Clouds.hardNames.count))]
          : "step-\(index * 500)"
      }
      var data = Self.data(names, count: 30, hasValues: random.uniform() < 0.5, random: &random)
      data.isOrdered = random.uniform() < 0.6
      data.baseline = Int(random.uniform() * Double(count))
      if random.uniform() < 0.3 { data.title = "A title that is long enough to need two lines" }
      let widths = [3.25, 5.5, 6.75]
      let scene = try MapPlot(
        data, settings: FigureSettings(width: widths[Int(random.uniform() * 3)])
      ).scene()
      let boxes = scene.textBoxes()
      for (index, box) in boxes.enumerated() {
        try require(scene.page.contains(box, tolerance: 0.01), "outside the page: \(box)")
        for other in index + 1..<boxes.count {
          guard let common = box.intersection(boxes[other]) else { continue }
          try require(
            common.width < 0.05 || common.height < 0.6,
            "\(scene.textRuns[index].text.plain) overlaps \(scene.textRuns[other].text.plain)")
        }
      }
    }
  }

  @Test func everyPointIsDrawnInItsPanelAndInTheLast() throws {
    var random = SplitMix64(seed: 1)
    for hasValues in [false, true] {
      let data = Self.data(["a", "b", "c"], count: 50, hasValues: hasValues, random: &random)
      let plot = try MapPlot(data)
      var positions = 0
      func count(_ marks: [Mark]) {
        for mark in marks {
          switch mark {
          case .markers(let markers): positions += markers.positions.count
          case .clipped(_, let inner): count(inner)
          default: break
          }
        }
      }
      for case .clipped(_, let marks) in plot.scene().marks { count(marks) }
      // Own panels and ghosts of the two others in each, and once more in the last.
      #expect(positions == 150 + 300 + 150)
    }
  }

  @Test func whatCannotBeDrawnIsRefused() {
    #expect(throws: RenderingError.self) { try MapPlot(MapPlotData(checkpoints: [])) }
    let broken = MapPlotData(
      checkpoints: [.init(name: "a", points: [SIMD2(.nan, 0)], values: [])])
    #expect(throws: RenderingError.self) { try MapPlot(broken) }
  }

  @Test func theSameDataGivesTheSameBytes() throws {
    var random = SplitMix64(seed: 2)
    let data = Self.data(["a", "b"], count: 80, hasValues: true, random: &random)
    let scenes = try (0..<2).map { _ in try MapPlot(data).scene() }
    #expect(scenes[0] == scenes[1])
    #expect(try scenes[0].png(dpi: 100) == scenes[1].png(dpi: 100))
  }
}
