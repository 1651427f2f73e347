import AmbitMatrix
import AmbitRendering

/// A made-up figure of every kind, for tests that all kinds must pass.
struct FigureGallery {
  let names: [String]
  let isOrdered: Bool
  var random: SplitMix64
  /// The share of values that are missing.
  var missing = 0.0

  init(_ names: [String], isOrdered: Bool = true, seed: UInt64 = 1) {
    self.names = names
    self.isOrdered = isOrdered
    random = SplitMix64(seed: seed)
  }

  /// The kinds, by the name of their files.
  static let kinds = [
    ForestFigure.name, MetricLinesFigure.name, TrajectoryFigure.name, PromptPanelsFigure.name,
    RarefactionFigure.name, HillProfileFigure.name, SupportMapFigure.name, SupportPlaneFigure.name,
    VarianceBarsFigure.name, WaterfallFigure.name, SimilarityFigure.name,
    QualityDiversityFigure.name, LengthHistogramFigure.name, DriftPlotData.name, MapPlotData.name,
  ]

  var checkpoints: FigureCheckpoints { FigureCheckpoints(names, isOrdered: isOrdered) }

  /// 0 for the first checkpoint, less than 1 for the last.
  private func progress(_ index: Int) -> Double { Double(index) / Double(names.count) }

  mutating func uniform(_ low: Double, _ high: Double) -> Double {
    low + (high - low) * random.uniform()
  }

  mutating func estimate(_ value: Double, _ half: Double) -> Estimate? {
    if random.uniform() < missing { return random.uniform() < 0.5 ? nil : Estimate(.nan) }
    if random.uniform() < missing { return Estimate(value) }
    return Estimate(value, interval: (value - half)...(value + half))
  }

  mutating func estimates(_ start: Double, _ end: Double, half: Double) -> [Estimate?] {
    names.indices.map { index in
      let noise = uniform(-half, half)
      return estimate(start + (end - start) * progress(index) + noise, half)
    }
  }

  /// The figure of that kind.
  mutating func figure(_ kind: String) -> any Figure {
    switch kind {
    case ForestFigure.name: forest()
    case MetricLinesFigure.name: metricLines()
    case TrajectoryFigure.name: trajectory()
    case PromptPanelsFigure.name: promptPanels()
    case RarefactionFigure.name: rarefaction()
    case HillProfileFigure.name: hillProfile()
    case SupportMapFigure.name: supportMap()
    case SupportPlaneFigure.name: supportPlane()
    case VarianceBarsFigure.name: varianceBars()
    case WaterfallFigure.name: waterfall()
    case SimilarityFigure.name: similarity()
    case QualityDiversityFigure.name: qualityDiversity()
    case LengthHistogramFigure.name: lengths()
    case DriftPlotData.name: drift()
    case MapPlotData.name: map()
    default: preconditionFailure("no such kind: \(kind)")
    }
  }

  mutating func forest() -> ForestFigure {
    let row = { (gallery: inout FigureGallery, label: String, end: Double) in
      ForestFigure.Row(
        label: label, effects: gallery.estimates(0, end, half: 0.06), null: -0.05...0.06)
    }
    let within = ["dispersion", "RKE", "Vendi, q = 1"].map { row(&self, $0, -0.6) }
    let across = ["hull area, 95 % peel, in the within-prompt plane"].map { row(&self, $0, -0.8) }
    let text = ["unique fraction", "D_{2}"].map { row(&self, $0, 0.1) }
    return ForestFigure(
      checkpoints: checkpoints,
      sections: [
        .init(
          effectLabel: "log ratio to base", equivalence: -0.105...0.105,
          groups: [
            .init(name: "Within prompts", rows: within), .init(name: "Across", rows: across),
          ]),
        .init(effectLabel: "difference to base", groups: [.init(name: "", rows: text)]),
      ], text: FigureText(caption: "n = 60"))
  }

  mutating func metricLines() -> MetricLinesFigure {
    let hasSteps = random.uniform() < 0.6
    let panels = ["dispersion (within)", "RKE (within)", "coverage, k = 5", "hull area"]
      .enumerated()
      .map { number, label in
        let scale = Elementary.pow(10, Double(number * 3 - 4))
        return MetricLinesFigure.Panel(
          label: label, values: estimates(scale, 0.5 * scale, half: 0.04 * scale),
          null: number == 1 ? nil : (0.97 * scale)...(1.02 * scale),
          reference: number == 2 ? nil : scale)
      }
    return MetricLinesFigure(
      checkpoints: checkpoints,
      positions: hasSteps ? names.indices.map { Double($0 * $0) * 100 } : nil,
      isLogarithmic: random.uniform() < 0.5, panels: panels)
  }

  mutating func trajectory() -> TrajectoryFigure {
    let centroids = names.indices.map { index in
      SIMD2(2 * progress(index), Elementary.sin(3 * progress(index)))
    }
    let values = estimates(0, -0.8, half: 0.05)
    return TrajectoryFigure(
      checkpoints: checkpoints, xLabel: "PC 1 (12.3 %)", yLabel: "PC 2 (4.5 %)",
      centroids: centroids,
      outlines: names.indices.map { index in
        (0..<24).map { corner in
          let angle = Double(corner) * .pi / 12
          return centroids[index]
            + (1.6 - progress(index)) * SIMD2(Elementary.cos(angle), Elementary.sin(angle))
        }
      },
      series: TrajectoryFigure.Series(
        label: "log dispersion", positions: names.indices.map { Double($0) * 500 }, values: values))
  }

  mutating func promptPanels() -> PromptPanelsFigure {
    let titles = [
      "Write a short poem about the sea at night.", "What is the capital of France?",
      "Explain gravitational lensing to a child of ten years in at most two hundred words, please.",
      "请写一首关于秋天的诗", "", "x",
    ]
    let panels = titles.enumerated().map { number, title in
      PromptPanelsFigure.Panel(
        title: title, role: ["largest loss", "", "median"][number % 3],
        clouds: names.indices.map { index in
          let points = Clouds.normal(
            9, centre: SIMD2(Double(number), progress(index)), spread: 1.2 - progress(index),
            random: &random)
          return .init(points: points, outline: Clouds.outline(points, share: 1))
        })
    }
    return PromptPanelsFigure(
      checkpoints: checkpoints, panels: panels, xLabel: "PC 1 (12.3 %)", yLabel: "PC 2 (4.5 %)")
  }

  mutating func rarefaction() -> RarefactionFigure {
    let sizes = (1...12).map { Double($0 * 25) }
    let count = random.uniform() < 0.5 ? 1 : 2
    let panels = ["clusters found", "sample coverage"].prefix(count).map { label in
      RarefactionFigure.Panel(
        label: label,
        curves: names.indices.map { index in
          let top = 40 - 30 * progress(index)
          return .init(
            sizes: sizes,
            values: sizes.map { estimate(top * (1 - Elementary.exp(-$0 / 90)), 0.04 * top) },
            observedSize: 160)
        })
    }
    return RarefactionFigure(checkpoints: checkpoints, panels: Array(panels))
  }

  mutating func hillProfile() -> HillProfileFigure {
    let orders = (0...16).map { Double($0) / 4 }
    return HillProfileFigure(
      checkpoints: checkpoints, orders: orders,
      profiles: names.indices.map { index in
        orders.map { order in
          let value = (40 - 30 * progress(index)) / (1 + order)
          return estimate(value, 0.05 * value)
        }
      }, valueLabel: "effective number of clusters")
  }

  mutating func supportMap() -> SupportMapFigure {
    let panels = names.indices.dropFirst().prefix(12).map { index in
      SupportMapFigure.Panel(
        checkpoint: index,
        lost: Clouds.normal(8, centre: SIMD2(-2, 1), spread: 0.5, random: &random),
        kept: Clouds.normal(30, random: &random),
        gained: Clouds.normal(6, centre: SIMD2(2, 0), spread: 0.4, random: &random),
        shared: Clouds.normal(30, spread: 0.8, random: &random),
        baselineMass: .init(lost: 0.2, kept: 0.78, gained: 0.02),
        checkpointMass: .init(lost: 0.01, kept: 0.86, gained: 0.13))
    }
    return SupportMapFigure(
      checkpoints: checkpoints, xLabel: "PC 1 (12.3 %)", yLabel: "PC 2 (4.5 %)",
      panels: Array(panels))
  }

  mutating func supportPlane() -> SupportPlaneFigure {
    SupportPlaneFigure(
      checkpoints: checkpoints, recall: estimates(0.7, 0.2, half: 0.02),
      coverage: estimates(0.95, 0.7, half: 0.02), density: estimates(1, 4, half: 0.05),
      null: .init(
        recall: Estimate(0.73, interval: 0.71...0.75),
        coverage: Estimate(0.97, interval: 0.95...0.98),
        density: Estimate(1, interval: 0.95...1.05)))
  }

  mutating func varianceBars() -> VarianceBarsFigure {
    VarianceBarsFigure(
      checkpoints: checkpoints,
      panels: [
        .init(
          label: "variance (trace of the covariance)",
          within: names.indices.map { index in
            random.uniform() < missing ? nil : 0.6 - 0.3 * progress(index)
          },
          between: names.indices.map { _ in uniform(-0.01, 0.3) },
          intervals: names.indices.map { _ in random.uniform() < missing ? nil : 0.2...0.4 })
      ])
  }

  mutating func waterfall() -> WaterfallFigure {
    let stages = names.dropFirst().prefix(8).map { name in
      WaterfallFigure.Stage(
        name: name, change: Estimate(uniform(-0.5, 0.2), low: nil, high: nil),
        qualityPart: random.uniform() < 0.5 ? nil : uniform(-0.3, 0.1))
    }
    return WaterfallFigure(
      panels: ["dispersion (within)", "RKE (within)"].map {
        .init(label: $0, start: names.first ?? "", stages: Array(stages))
      })
  }

  mutating func similarity() -> SimilarityFigure {
    SimilarityFigure(
      checkpoints: checkpoints,
      panels: [("cosine, same prompt", 1.0), ("cosine, different prompts", 0.3)].map {
        label, most in
        .init(
          label: label,
          values: names.indices.map { row in
            names.indices.map { column in
              random.uniform() < missing ? nil : most - 0.2 * abs(progress(row) - progress(column))
            }
          })
      })
  }

  mutating func qualityDiversity() -> QualityDiversityFigure {
    QualityDiversityFigure(
      checkpoints: checkpoints, quality: estimates(0.4, 0.8, half: 0.02),
      qualityLabel: "mean reward",
      panels: ["RKE (within)", "dispersion"].map {
        .init(label: $0, diversity: estimates(9, 4, half: 0.3))
      }, path: isOrdered ? Array(names.indices) : [])
  }

  mutating func lengths() -> LengthHistogramFigure {
    LengthHistogramFigure(
      checkpoints: checkpoints, edges: (0...20).map { Double($0) * 20 },
      counts: names.indices.map { index in
        (0..<20).map { bin in
          let distance = (Double(bin) - 5 - 4 * progress(index)) / 3
          return Int(100 * Elementary.exp(-distance * distance))
        }
      },
      medians: names.indices.map { index in
        random.uniform() < missing ? nil : 110 + 80 * progress(index)
      })
  }

  mutating func drift() -> DriftPlotData {
    Clouds.family(names: names, count: 40, seed: random.next(), caption: "n = 40")
  }

  mutating func map() -> MapPlotData {
    MapPlotData(
      checkpoints: names.indices.map { index in
        .init(
          name: names[index],
          points: Clouds.normal(30, centre: SIMD2(progress(index), 0), random: &random))
      }, isOrdered: isOrdered, caption: "t-SNE of 600 rows.")
  }
}
