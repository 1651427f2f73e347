/// Quality against diversity, a point a checkpoint with the intervals of both: what was paid for what.
public struct QualityDiversityFigure: Figure {
  /// `quality_diversity`
  public static let name = "quality_diversity"

  /// One measure of diversity.
  public struct Panel: Sendable, Hashable, Codable {
    /// Above the frame.
    public var label: String
    /// One a checkpoint.
    public var diversity: [Estimate?]

    /// A panel.
    public init(label: String, diversity: [Estimate?]) {
      self.label = label
      self.diversity = diversity
    }
  }

  /// All of the study.
  public var checkpoints: FigureCheckpoints
  /// One a checkpoint.
  public var quality: [Estimate?]
  /// Below the panels.
  public var qualityLabel: String
  /// From the top left.
  public var panels: [Panel]
  /// Checkpoints that arrows join, in order; empty for none.
  public var path: [Int]
  /// Around the panels.
  public var text: FigureText

  /// A scatter without arrows unless a path is given.
  public init(
    checkpoints: FigureCheckpoints, quality: [Estimate?], qualityLabel: String, panels: [Panel],
    path: [Int] = [], text: FigureText = FigureText()
  ) {
    self.checkpoints = checkpoints
    self.quality = quality
    self.qualityLabel = qualityLabel
    self.panels = panels
    self.path = path
    self.text = text
  }

  /// - Throws: `RenderingError` of code `empty` where no checkpoint has both.
  public func validate() throws(RenderingError) {
    if shown.isEmpty { throw RenderingError.nothingToDraw(Self.name, "quality with diversity") }
  }

  private func drawn(_ panel: Panel) -> [Int] {
    checkpoints.baselineFirst.filter {
      quality.finite($0) != nil && panel.diversity.finite($0) != nil
    }
  }

  private var shown: [Panel] { panels.filter { !drawn($0).isEmpty } }

  /// The figure.
  public func drawing(_ settings: FigureSettings) -> Scene {
    let style = CheckpointStyle(checkpoints, theme: settings.theme)
    let shown = self.shown
    let all = checkpoints.baselineFirst.filter { index in
      shown.contains { drawn($0).contains(index) }
    }
    let x = ChartAxis.linear(
      holding: quality.extremes(all), label: qualityLabel, padding: 0.08)
    var chart = Chart(
      panels: shown.map { panel in
        let values = panel.diversity.extremes(drawn(panel))
        return Chart.Panel(name: panel.label, x: x, y: .linear(holding: values, padding: 0.08)) {
          frame, scene in
          draw(panel, style, in: frame, on: &scene)
        }
      }, text: text)
    chart.aspect = shown.count == 1 && !settings.isNarrow ? 0.5 : 0.8
    chart.preferredWidth = 22
    chart.legend = [
      style.legend(all, font: settings.font(-1)),
      path.count > 1 ? [.arrow("path of the checkpoints", settings)] : [],
    ]
    return chart.scene(settings)
  }

  private func draw(
    _ panel: Panel, _ style: CheckpointStyle, in frame: ChartFrame, on scene: inout Scene
  ) {
    let drawn = drawn(panel)
    let places = path.filter(drawn.contains).map {
      frame.page(quality.finite($0)!.value, panel.diversity.finite($0)!.value)
    }
    let way = CentroidPath(places: places, order: Array(places.indices))
    let arrows = way.arrows(
      Stroke(frame.theme.frame, width: 0.6), headLength: 4,
      largest: frame.settings.fontSize * 0.62)
    scene.add(arrows.flatMap(\.marks))
    for index in drawn {
      frame.drawCross(
        quality.finite(index)!, panel.diversity.finite(index)!, shape: style.shape(index),
        colour: style.colour(index), on: &scene)
    }
  }
}
