/// Recall, coverage and density of each checkpoint against the baseline, from the point where two samples
/// of the baseline itself would stand. Two arrows say how to read a move: contraction lowers recall and
/// raises density while coverage stays; lost modes lower recall and coverage while density stays.
public struct SupportPlaneFigure: Figure {
  /// `support_plane`
  public static let name = "support_plane"

  /// What two samples of the baseline give, with the band of chance.
  public struct Null: Sendable, Hashable, Codable {
    /// Across both panels.
    public var recall: Estimate
    /// Upwards in the first panel.
    public var coverage: Estimate
    /// Upwards in the second panel.
    public var density: Estimate

    /// A null point.
    public init(recall: Estimate, coverage: Estimate, density: Estimate) {
      self.recall = recall
      self.coverage = coverage
      self.density = density
    }
  }

  /// All of the study; the baseline is not drawn.
  public var checkpoints: FigureCheckpoints
  /// One a checkpoint, nil for the baseline.
  public var recall: [Estimate?]
  /// One a checkpoint, nil for the baseline.
  public var coverage: [Estimate?]
  /// One a checkpoint, nil for the baseline.
  public var density: [Estimate?]
  /// nil where it is not known; there are then no arrows.
  public var null: Null?
  /// Around the panels.
  public var text: FigureText

  /// A plane.
  public init(
    checkpoints: FigureCheckpoints, recall: [Estimate?], coverage: [Estimate?],
    density: [Estimate?], null: Null? = nil, text: FigureText = FigureText()
  ) {
    self.checkpoints = checkpoints
    self.recall = recall
    self.coverage = coverage
    self.density = density
    self.null = null
    self.text = text
  }

  /// - Throws: `RenderingError` of code `empty` where no checkpoint has a recall and a coverage or
  ///   density.
  public func validate() throws(RenderingError) {
    if drawn.isEmpty { throw RenderingError.nothingToDraw(Self.name, "recall with coverage") }
  }

  private var drawn: [Int] {
    checkpoints.others.filter {
      recall.finite($0) != nil && (coverage.finite($0) != nil || density.finite($0) != nil)
    }
  }

  /// The figure.
  public func drawing(_ settings: FigureSettings) -> Scene {
    let style = CheckpointStyle(checkpoints, theme: settings.theme)
    let drawn = self.drawn
    let null = self.null.flatMap { null in
      null.recall.ifFinite != nil && null.coverage.ifFinite != nil && null.density.ifFinite != nil
        ? null : nil
    }
    let recalls = recall.extremes(drawn) + [0]
    let x = ChartAxis.linear(
      holding: recalls + (null?.recall.extremes ?? []), label: "recall", padding: 0.04,
      within: -0.02...1.02)
    let coverages = coverage.extremes(drawn) + (null?.coverage.extremes ?? [])
    let densities =
      density.extremes(drawn)
      + (null.map { $0.density.extremes + [1.6 * $0.density.value] } ?? [])
    let positive = densities.filter { $0 > 0 }
    let isWide =
      (positive.max() ?? 1) > 5 * (positive.min() ?? 1) && positive.count == densities.count
    let axes: [(String, [Estimate?], Estimate?, ChartAxis)] = [
      (
        "coverage", coverage, null?.coverage,
        .linear(holding: coverages + [0, 1], padding: 0.04, within: -0.02...1.04)
      ),
      (
        "density", density, null?.density,
        isWide
          ? .logarithmic(holding: densities, padding: 0.06)
          : .linear(holding: densities + [0], within: 0 ... .infinity)
      ),
    ]
    let shown = axes.filter { !$0.1.extremes(drawn).isEmpty }
    var chart = Chart(
      panels: shown.map { name, list, level, y in
        Chart.Panel(name: name, x: x, y: y) { frame, scene in
          if let null, let level {
            draw(null.recall, level, isCoverage: name == "coverage", in: frame, on: &scene)
          }
          for index in drawn {
            guard let across = recall.finite(index), let up = list.finite(index) else { continue }
            frame.drawCross(
              across, up, shape: style.shape(index), colour: style.colour(index), on: &scene)
          }
        }
      }, text: text)
    chart.aspect = 0.8
    chart.preferredWidth = 24
    chart.legend = [style.legend(drawn, font: settings.font(-1)), signs(null, settings)]
    return chart.scene(settings)
  }

  // MARK: The null and the signatures

  private static let modeLossDash = [2.2, 1.6]

  private func draw(
    _ recall: Estimate, _ level: Estimate, isCoverage: Bool, in frame: ChartFrame,
    on scene: inout Scene
  ) {
    let theme = frame.theme
    scene.clip(to: frame.frame) { scene in
      if let interval = level.interval { scene.add(frame.bandAcross(interval, theme.null)) }
      if let interval = recall.interval {
        scene.add(
          frame.bandUp(
            interval, top: frame.frame.y, bottom: frame.frame.maxY, theme.null))
      }
    }
    let start = frame.page(recall.value, level.value)
    // As simulated with k = 5 in 64 dimensions: without half of its modes a cloud keeps about half of
    // recall and coverage; shrunk by a tenth it keeps half of the recall at 3.6 times the density.
    let contracted = frame.page(
      recall.value * 0.45, isCoverage ? level.value : level.value * 3.6)
    let dropped = frame.page(recall.value * 0.45, isCoverage ? level.value * 0.45 : level.value)
    let ends = [(contracted, [Double]()), (dropped, Self.modeLossDash)]
    for (end, dash) in ends {
      let arrow = Arrow(
        start: start, end: inside(end, from: start, frame.frame),
        stroke: Stroke(theme.ink, width: 0.7, dash: dash), headLength: 4.5, clearance: 0)
      scene.add(arrow.marks)
    }
    scene.add(
      frame.symbols(
        .cross, size: frame.settings.fontSize * 0.7, colour: theme.mark, at: [start]))
  }

  /// The last point of the way that lies inside the frame.
  private func inside(
    _ end: SIMD2<Double>, from start: SIMD2<Double>, _ frame: Rectangle
  ) -> SIMD2<Double> {
    var share = 1.0
    let way = end - start
    if way.y < 0 { share = min(share, (frame.y + 2 - start.y) / way.y) }
    if way.y > 0 { share = min(share, (frame.maxY - 2 - start.y) / way.y) }
    if way.x < 0 { share = min(share, (frame.x + 2 - start.x) / way.x) }
    return start + way * max(share, 0)
  }

  private func signs(_ null: Null?, _ settings: FigureSettings) -> [Legend.Entry] {
    guard let null else { return [] }
    let theme = settings.theme
    func arrow(_ label: String, _ dash: [Double]) -> Legend.Entry {
      Legend.Entry(keyWidth: 2.4, label: label) { box in
        Arrow(
          start: SIMD2(box.maxX, box.midY), end: SIMD2(box.x, box.midY),
          stroke: Stroke(theme.ink, width: 0.7, dash: dash), headLength: 4.5, clearance: 0
        ).marks
      }
    }
    let hasBand = [null.recall, null.coverage, null.density].contains { $0.interval != nil }
    return [
      .symbol("baseline against itself", .cross, theme.mark, size: settings.fontSize * 0.7)
    ] + (hasBand ? [.swatch("null band", theme.null)] : []) + [
      arrow("contraction", []), arrow("lost modes", Self.modeLossDash),
    ]
  }
}

extension ChartFrame {
  /// A symbol with bars of its intervals across and up, cut at the frame.
  func drawCross(
    _ across: Estimate, _ up: Estimate, shape: MarkerShape, colour: Colour,
    on scene: inout Scene
  ) {
    let place = page(across.value, up.value)
    let stroke = Stroke(colour, width: 0.09 * settings.fontSize)
    scene.clip(to: frame) { scene in
      if let interval = across.interval {
        let (start, end) = (pageX(interval.lowerBound), pageX(interval.upperBound))
        scene.stroke(.line(from: SIMD2(start, place.y), to: SIMD2(end, place.y)), stroke)
      }
      if let interval = up.interval {
        let (start, end) = (pageY(interval.lowerBound), pageY(interval.upperBound))
        scene.stroke(.line(from: SIMD2(place.x, start), to: SIMD2(place.x, end)), stroke)
      }
    }
    scene.add(symbols(shape, size: settings.fontSize * 0.62, colour: colour, at: [place]))
  }
}
