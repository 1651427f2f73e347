/// Where along the training the diversity went: each stage's change starts where the stage before it
/// ended, and the last bar is the whole. Falls lead to the left.
///
/// The part of a change that quality control explains, where it is known, is drawn paler.
public struct WaterfallFigure: Figure {
  /// `waterfall`
  public static let name = "waterfall"

  /// One step of the training.
  public struct Stage: Sendable, Hashable, Codable {
    /// What it led to.
    public var name: String
    /// Against the stage before it, on a scale on which changes add up, such as a log ratio.
    public var change: Estimate
    /// The part of the change that goes back to better outputs alone; nil where it is not known.
    public var qualityPart: Double?

    /// A stage.
    public init(name: String, change: Estimate, qualityPart: Double? = nil) {
      self.name = name
      self.change = change
      self.qualityPart = qualityPart
    }
  }

  /// One metric.
  public struct Panel: Sendable, Hashable, Codable {
    /// Above the bars.
    public var label: String
    /// Where it starts from.
    public var start: String
    /// In the order of the training.
    public var stages: [Stage]

    /// A panel.
    public init(label: String, start: String, stages: [Stage]) {
      self.label = label
      self.start = start
      self.stages = stages
    }
  }

  /// From the top left.
  public var panels: [Panel]
  /// Below the panels.
  public var changeLabel: String
  /// Around the panels.
  public var text: FigureText

  /// A waterfall.
  public init(
    panels: [Panel], changeLabel: String = "log ratio to the stage before, added up",
    text: FigureText = FigureText()
  ) {
    self.panels = panels
    self.changeLabel = changeLabel
    self.text = text
  }

  /// - Throws: `RenderingError` of code `empty` where no stage has a finite change.
  public func validate() throws(RenderingError) {
    if shown.isEmpty { throw RenderingError.nothingToDraw(Self.name, "change") }
  }

  /// Panels of stages that can be added up: those before the first one that is missing.
  private var shown: [Panel] {
    panels.compactMap { panel in
      var known = panel
      known.stages = Array(panel.stages.prefix { $0.change.ifFinite != nil })
      return known.stages.isEmpty ? nil : known
    }
  }

  /// The figure.
  public func drawing(_ settings: FigureSettings) -> Scene {
    let shown = self.shown
    let theme = settings.theme
    let slot = settings.fontSize * 1.8
    let rows = shown.map { $0.stages.count + 1 }.max() ?? 1
    var chart = Chart(
      panels: shown.map { panel in
        let names = panel.stages.map(\.name) + ["\(panel.start) → \(panel.stages.last!.name)"]
        return Chart.Panel(
          name: panel.label, x: .linear(holding: extremes(panel), label: changeLabel, padding: 0.1),
          y: .categories(names), height: Double(panel.stages.count + 1) * slot
        ) { frame, scene in
          draw(panel, height: slot * 0.55, in: frame, on: &scene)
        }
      }, text: text)
    chart.border = .bottom
    chart.preferredWidth = rows > 6 ? 40 : 30
    let stages = shown.flatMap(\.stages)
    var entries: [Legend.Entry] = [
      .swatch("less diverse", theme.lost), .swatch("more diverse", theme.gained),
      .swatch("from first to last", theme.baseline),
    ]
    if stages.contains(where: { $0.qualityPart != nil }) {
      entries.append(.swatch("paler: quality control", theme.lost.with(alpha: Self.paleness)))
    }
    chart.legend = [entries]
    return chart.scene(settings)
  }

  private static let paleness = 0.4

  private func extremes(_ panel: Panel) -> [Double] {
    var sum = 0.0
    var values = [0.0]
    for stage in panel.stages {
      values += stage.change.ifFinite!.extremes.map { $0 + sum }
      sum += stage.change.value
      values.append(sum)
    }
    return values
  }

  private func draw(
    _ panel: Panel, height: Double, in frame: ChartFrame, on scene: inout Scene
  ) {
    let theme = frame.theme
    scene.add(frame.lineUp(0, Stroke(theme.ink, width: 0.5)))
    var sum = 0.0
    for (row, stage) in panel.stages.enumerated() {
      let y = frame.pageY(Double(row))
      let change = stage.change.ifFinite!
      let end = sum + change.value
      let colour = change.value < 0 ? theme.lost : theme.gained
      let quality = stage.qualityPart.flatMap { $0.isFinite ? $0 : nil }
      if let quality, quality * change.value > 0 {
        let part = abs(quality) < abs(change.value) ? quality : change.value
        fill(sum, sum + part, y, height, colour.with(alpha: Self.paleness), frame, on: &scene)
        fill(sum + part, end, y, height, colour, frame, on: &scene)
      } else {
        fill(sum, end, y, height, colour, frame, on: &scene)
      }
      let next = frame.pageY(Double(row + 1))
      let x = frame.pageX(end)
      scene.stroke(
        .line(from: SIMD2(x, y + height / 2), to: SIMD2(x, next - height / 2)),
        Stroke(theme.frame, width: 0.5))
      if let interval = change.interval {
        scene.stroke(
          .line(
            from: SIMD2(frame.pageX(sum + interval.lowerBound), y),
            to: SIMD2(frame.pageX(sum + interval.upperBound), y)),
          Stroke(theme.mark, width: 0.8))
      }
      sum = end
    }
    fill(
      0, sum, frame.pageY(Double(panel.stages.count)), height, theme.baseline, frame, on: &scene)
  }

  private func fill(
    _ start: Double, _ end: Double, _ y: Double, _ height: Double, _ colour: Colour,
    _ frame: ChartFrame, on scene: inout Scene
  ) {
    let (first, last) = (frame.pageX(min(start, end)), frame.pageX(max(start, end)))
    guard last > first else { return }
    scene.fill(
      .rectangle(Rectangle(x: first, y: y - height / 2, width: last - first, height: height)),
      colour)
  }
}
