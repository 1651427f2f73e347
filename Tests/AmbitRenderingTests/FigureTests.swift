import AmbitMatrix
import AmbitRendering
import AmbitTestSupport
import Testing

/// What every kind of figure must hold, whatever it draws.
@Suite struct FigureTests {
  /// Names of one study: few or many, short or hard to set.
  private static func names(_ random: inout SplitMix64) -> [String] {
    let count = random.uniform() < 0.15 ? 40 : 2 + Int(random.uniform() * 10)
    return (0..<count).map { index in
      random.uniform() < 0.3
        ? Clouds.hardNames[Int(random.uniform() * Double(Clouds.hardNames.count))]
        : "step-\(index * 500)"
    }
  }

  private static func settings(_ random: inout SplitMix64) -> FigureSettings {
    let widths = [3.25, 5.5, 6.75]
    return FigureSettings(
      width: widths[Int(random.uniform() * 3)], fontSize: 6 + (random.uniform() * 4).rounded(),
      title: random.uniform() < 0.3 ? "A title that is long enough to need two lines here" : nil,
      theme: random.uniform() < 0.5 ? .light : .dark)
  }

  @Test(arguments: FigureGallery.kinds) func noTextIsCutAndNoTwoOverlap(kind: String) {
    forEachSeed(8) { random in
      let names = Self.names(&random)
      var gallery = FigureGallery(
        names, isOrdered: random.uniform() < 0.6, seed: random.next())
      gallery.missing = random.uniform() < 0.4 ? 0.2 : 0
      let figure = gallery.figure(kind)
      let scene = try figure.scene(Self.settings(&random))
      try Self.requireApartTexts(scene)
      try Self.requireInsidePage(scene.marks, scene.page)
      try require(scene.height < 1400, "\(scene.height) points high")
    }
  }

  private static func requireApartTexts(_ scene: Scene) throws {
    let boxes = scene.textBoxes()
    let runs = scene.textRuns
    for (index, box) in boxes.enumerated() where box.width > 0 {
      try require(
        scene.page.contains(box, tolerance: 0.01),
        "outside the page: \(runs[index].text.plain) \(box)")
      for other in index + 1..<boxes.count {
        guard let common = box.intersection(boxes[other]) else { continue }
        // Boxes hold the highest and lowest letters of all fonts; ink of neighbours keeps apart.
        let isUpright = runs[index].rotation != 0
        let depth = isUpright ? common.width : common.height
        let size = runs[index].font.size
        try require(
          min(common.width, common.height) < 0.05 || depth < 0.08 * size,
          "\(runs[index].text.plain) overlaps \(runs[other].text.plain): \(common)")
      }
    }
  }

  /// Nothing that is not clipped reaches beyond the page.
  private static func requireInsidePage(_ marks: [Mark], _ page: Rectangle) throws {
    let room = page.inset(by: -0.6)
    for mark in marks {
      switch mark {
      case .path(let path, _, _):
        for element in path.elements {
          switch element {
          case .move(let point), .line(let point), .curve(_, _, let point):
            try require(
              point.x.isFinite && point.y.isFinite && room.contains(point),
              "\(point) not on \(page)")
          case .close: break
          }
        }
      case .markers(let markers):
        for point in markers.positions {
          try require(
            point.x.isFinite && point.y.isFinite && room.contains(point), "\(point) not on \(page)")
        }
      case .clipped(let rectangle, _):
        try require(page.contains(rectangle, tolerance: 1.01), "clip \(rectangle) not on the page")
      case .image(_, let place):
        try require(page.contains(place, tolerance: 0.3), "picture at \(place)")
      case .text: break
      }
    }
  }

  @Test(arguments: FigureGallery.kinds) func theSameDataGivesTheSameBytes(kind: String) throws {
    for format in FigureFormat.allCases {
      let files = try (0..<2).map { _ in
        var gallery = FigureGallery(["base", "sft", "通义千问"], seed: 3)
        return try gallery.figure(kind).scene(FigureSettings(width: 3.25))
          .encoded(as: format, dpi: 60)
      }
      #expect(files[0] == files[1])
      #expect(files[0].count > 400)
    }
  }

  /// No text is written in a colour that the page swallows, and none is left black on black.
  @Test(arguments: FigureGallery.kinds) func aDarkPageHasLightText(kind: String) throws {
    var gallery = FigureGallery(["base", "sft", "dpo"], seed: 4)
    let scene = try gallery.figure(kind).scene(FigureSettings(theme: .dark))
    #expect(scene.background == Theme.dark.background)
    var dark = 0
    for run in scene.textRuns where OKLab(run.colour).lightness < 0.6 { dark += 1 }
    // Numbers inside light cells and bars are dark by right.
    let mayBeDark = [SimilarityFigure.name, SupportMapFigure.name].contains(kind)
    #expect(dark == 0 || mayBeDark)
  }

  /// Every figure stands alone with one checkpoint or says that there is nothing to draw.
  @Test(arguments: FigureGallery.kinds, [1, 2, 11, 40]) func anyNumberOfCheckpoints(
    kind: String, count: Int
  ) throws {
    var gallery = FigureGallery((0..<count).map { "step-\($0)" }, seed: 5)
    let needsTwo = [
      ForestFigure.name, SupportMapFigure.name, SupportPlaneFigure.name, WaterfallFigure.name,
    ]
    let figure = gallery.figure(kind)
    if count == 1, needsTwo.contains(kind) {
      #expect { try figure.scene() } throws: { ($0 as? RenderingError)?.code == .empty }
    } else {
      let scene = try figure.scene()
      #expect(scene.width == 6.75 * 72 && scene.height < 1000)
      #expect(scene.marks.count > 3)
    }
  }

  /// Nothing but missing values is no figure.
  @Test(
    arguments: FigureGallery.kinds.filter {
      ![
        DriftPlotData.name, MapPlotData.name, TrajectoryFigure.name, PromptPanelsFigure.name,
        SupportMapFigure.name, LengthHistogramFigure.name, WaterfallFigure.name,
      ].contains($0)
    }) func missingValuesAloneAreRefused(kind: String) throws
  {
    var gallery = FigureGallery(["base", "sft", "dpo"], seed: 6)
    gallery.missing = 1
    let figure = gallery.figure(kind)
    #expect { try figure.scene() } throws: { ($0 as? RenderingError)?.code == .empty }
  }

  @Test func emptyListsAreRefused() {
    let none = FigureCheckpoints([], baseline: nil)
    let two = FigureCheckpoints(["a", "b"])
    let figures: [any Figure] = [
      ForestFigure(checkpoints: none, sections: []),
      ForestFigure(checkpoints: two, sections: [.init(effectLabel: "x", groups: [])]),
      MetricLinesFigure(checkpoints: none, panels: []),
      TrajectoryFigure(checkpoints: none, xLabel: "", yLabel: "", centroids: [], outlines: []),
      PromptPanelsFigure(checkpoints: two, panels: [], xLabel: "", yLabel: ""),
      RarefactionFigure(checkpoints: two, panels: [.init(label: "", curves: [nil, nil])]),
      HillProfileFigure(checkpoints: two, orders: [], profiles: [], valueLabel: ""),
      SupportMapFigure(checkpoints: two, xLabel: "", yLabel: "", panels: []),
      SupportPlaneFigure(checkpoints: two, recall: [], coverage: [], density: []),
      VarianceBarsFigure(checkpoints: two, panels: []),
      WaterfallFigure(panels: []),
      WaterfallFigure(panels: [.init(label: "", start: "", stages: [])]),
      SimilarityFigure(checkpoints: none, panels: []),
      QualityDiversityFigure(checkpoints: two, quality: [], qualityLabel: "", panels: []),
      LengthHistogramFigure(checkpoints: two, edges: [0, 1], counts: [[0], []]),
    ]
    for figure in figures {
      #expect { try figure.scene() } throws: { ($0 as? RenderingError)?.code == .empty }
    }
  }

  @Test func coordinatesThatAreNotFiniteAreRefused() {
    let two = FigureCheckpoints(["a", "b"])
    let bad = SIMD2(Double.nan, 0)
    let mass = SupportMapFigure.Mass(lost: 0, kept: 1, gained: 0)
    let figures: [any Figure] = [
      TrajectoryFigure(
        checkpoints: two, xLabel: "", yLabel: "", centroids: [.zero, bad], outlines: [[], []]),
      PromptPanelsFigure(
        checkpoints: two,
        panels: [.init(title: "p", clouds: [.init(points: [bad]), .init(points: [])])],
        xLabel: "", yLabel: ""),
      SupportMapFigure(
        checkpoints: two, xLabel: "", yLabel: "",
        panels: [
          .init(
            checkpoint: 1, lost: [bad], kept: [], gained: [], shared: [], baselineMass: mass,
            checkpointMass: mass)
        ]),
    ]
    for figure in figures {
      #expect { try figure.scene() } throws: { ($0 as? RenderingError)?.code == .notFinite }
    }
  }

  /// Clouds without any extent, alike clouds, lone points and one point very far off are all drawn.
  @Test func degenerateCloudsAreDrawn() throws {
    let two = FigureCheckpoints(["a", "b"])
    let line = (0..<9).map { SIMD2(Double($0), Double($0)) }
    let clouds: [[SIMD2<Double>]] = [
      [.zero], Array(repeating: SIMD2(3, 3), count: 20), line, line + [SIMD2(1e9, 0)], [],
      [SIMD2(1e-300, 0), SIMD2(2e-300, 0)],
    ]
    let mass = SupportMapFigure.Mass(lost: 0, kept: 1, gained: 0)
    for first in clouds {
      for second in clouds where !(first + second).isEmpty {
        let figures: [any Figure] = [
          TrajectoryFigure(
            checkpoints: two, xLabel: "x", yLabel: "y",
            centroids: [Clouds.mean(first), Clouds.mean(second)], outlines: [first, second]),
          PromptPanelsFigure(
            checkpoints: two,
            panels: [
              .init(
                title: "p",
                clouds: [
                  .init(points: first, outline: first), .init(points: second, outline: second),
                ])
            ], xLabel: "x", yLabel: "y"),
          SupportMapFigure(
            checkpoints: two, xLabel: "x", yLabel: "y",
            panels: [
              .init(
                checkpoint: 1, lost: first, kept: [], gained: second, shared: [],
                baselineMass: mass, checkpointMass: mass)
            ]),
          QualityDiversityFigure(
            checkpoints: two, quality: [first.count, second.count].map { Estimate(Double($0)) },
            qualityLabel: "q", panels: [.init(label: "d", diversity: [Estimate(1), Estimate(1)])],
            path: [0, 1]),
        ]
        for figure in figures {
          let scene = try figure.scene(FigureSettings(width: 3.25))
          try Self.requireInsidePage(scene.marks, scene.page)
          #expect(try scene.png(dpi: 40).count > 300)
        }
      }
    }
  }

  @Test(arguments: FigureGallery.kinds) func everySVGIsWellFormed(kind: String) throws {
    var gallery = FigureGallery(Clouds.hardNames, seed: 8)
    let scene = try gallery.figure(kind).scene()
    let document = try XMLOutline(scene.svg())
    // Every text of the scene can be searched in the file.
    let texts = document.texts(of: "text").joined()
    for run in scene.textRuns where !run.text.plain.contains("\n") {
      for piece in run.text.pieces {
        #expect(texts.contains(piece.string), "\(piece.string) is no text")
      }
    }
  }

  @Test(arguments: FigureGallery.kinds) func settingsOutOfRangeAreRefused(kind: String) {
    var gallery = FigureGallery(["a", "b"])
    let figure = gallery.figure(kind)
    #expect { try figure.scene(FigureSettings(width: 0)) } throws: {
      ($0 as? RenderingError)?.code == .invalidSetting
    }
  }

  @Test func namesOfFilesDiffer() {
    #expect(Set(FigureGallery.kinds).count == FigureGallery.kinds.count)
    for kind in FigureGallery.kinds {
      #expect(kind.allSatisfy { $0.isLowercase || $0 == "_" })
    }
  }
}
