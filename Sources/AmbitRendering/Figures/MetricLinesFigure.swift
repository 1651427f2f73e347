/// Metrics against the training step, or against stages by name: a small panel a metric, its line with
/// the band of its intervals, and behind it that in which values lie where nothing changed.
public struct MetricLinesFigure: Figure {
  /// `metric_lines`
  public static let name = "metric_lines"

  /// One metric.
  public struct Panel: Sendable, Hashable, Codable {
    /// Above the frame, such as "dispersion (within)".
    public var label: String
    /// One a checkpoint, the baseline's too.
    public var values: [Estimate?]
    /// Where values lie that differ from the baseline by chance alone.
    public var null: ClosedRange<Double>?
    /// The baseline's value, or 0 for effects: a thin line.
    public var reference: Double?

    /// A panel.
    public init(
      label: String, values: [Estimate?], null: ClosedRange<Double>? = nil,
      reference: Double? = nil
    ) {
      self.label = label
      self.values = values
      self.null = null
      self.reference = reference
    }
  }

  /// All of the study.
  public var checkpoints: FigureCheckpoints
  /// The training step of each checkpoint; nil for checkpoints by name, side by side.
  public var positions: [Double]?
  /// Below the panels, such as "training step"; not written under names.
  public var positionLabel: String
  /// Whether steps stand a logarithm apart. Steps of 0 get a place of their own at the left.
  public var isLogarithmic: Bool
  /// Checkpoints that a line joins, in order: one list a lineage.
  public var lines: [[Int]]
  /// From the top left.
  public var panels: [Panel]
  /// Around the panels.
  public var text: FigureText

  /// Lines through all checkpoints in order, unless they have none or lineages are given.
  public init(
    checkpoints: FigureCheckpoints, positions: [Double]? = nil,
    positionLabel: String = "training step", isLogarithmic: Bool = false, lines: [[Int]]? = nil,
    panels: [Panel], text: FigureText = FigureText()
  ) {
    precondition(
      positions.map { $0.count == checkpoints.names.count } ?? true, "a step a checkpoint")
    self.checkpoints = checkpoints
    self.positions = positions
    self.positionLabel = positionLabel
    self.isLogarithmic = isLogarithmic
    self.lines = lines ?? (checkpoints.isOrdered ? [checkpoints.baselineFirst] : [])
    self.panels = panels
    self.text = text
  }

  /// - Throws: `RenderingError` of code `empty` where no value is finite.
  public func validate() throws(RenderingError) {
    if shown.isEmpty { throw RenderingError.nothingToDraw(Self.name, "value") }
  }

  private var shown: [Panel] { panels.filter { !$0.values.extremes.isEmpty } }
  /// Names stand behind that of the baseline.
  private var xs: [Double] {
    if let positions { return positions }
    let order = checkpoints.baselineFirst
    return checkpoints.indices.map { Double(order.firstIndex(of: $0)!) }
  }

  /// The figure.
  public func drawing(_ settings: FigureSettings) -> Scene { chart(settings).scene(settings) }

  /// The panels, for figures that set one of them beside their own.
  func chart(_ settings: FigureSettings) -> Chart {
    let style = CheckpointStyle(checkpoints, theme: settings.theme)
    let x: ChartAxis =
      positions == nil
      ? .categories(checkpoints.baselineFirst.map { checkpoints.names[$0] })
      : isLogarithmic
        ? .logarithmic(holding: xs, label: positionLabel)
        : .linear(holding: xs, label: positionLabel, padding: 0.05)
    var chart = Chart(
      panels: shown.map { panel in
        let band = panel.null.map { [$0.lowerBound, $0.upperBound] } ?? []
        let values = panel.values.extremes + band + (panel.reference.map { [$0] } ?? [])
        return Chart.Panel(name: panel.label, x: x, y: .linear(holding: values)) { frame, scene in
          draw(panel, style, in: frame, on: &scene)
        }
      }, text: text)
    chart.sharesX = true
    if shown.count == 1 { chart.aspect = settings.isNarrow ? 0.62 : 0.42 }
    let font = settings.font(-1)
    let drawn = checkpoints.baselineFirst.filter { index in
      shown.contains { $0.values.finite(index) != nil }
    }
    chart.legend = [
      positions == nil ? [] : style.legend(drawn, font: font), signs(settings.theme),
    ]
    return chart
  }

  private func bandColour(_ theme: Theme) -> Colour { theme.ink.with(alpha: 0.14) }

  private func draw(
    _ panel: Panel, _ style: CheckpointStyle, in frame: ChartFrame, on scene: inout Scene
  ) {
    let theme = frame.theme
    if let null = panel.null { scene.add(frame.bandAcross(null, theme.null)) }
    if let reference = panel.reference, reference.isFinite {
      scene.add(frame.lineAcross(reference, referenceStroke(theme)))
    }
    let lineWidth = 0.12 * frame.settings.fontSize
    for line in lines {
      let ordered = line.filter(checkpoints.indices.contains)
      let stretches = ChartFrame.stretches(
        ordered.map { xs[$0] }, ordered.map { panel.values.finite($0) })
      if positions != nil { scene.add(frame.bands(opened(stretches, panel), bandColour(theme))) }
      scene.add(frame.lines(stretches, Stroke(theme.baseline, width: lineWidth)))
    }
    let size =
      frame.settings.fontSize * (checkpoints.names.count > 20 ? 0.38 : 0.55)
    for index in checkpoints.baselineFirst {
      guard let estimate = panel.values.finite(index), xs[index].isFinite else { continue }
      let colour = style.colour(index)
      if positions == nil || !lines.contains(where: { $0.count > 1 && $0.contains(index) }) {
        scene.add(
          frame.intervals([[(xs[index], estimate)]], Stroke(colour, width: lineWidth)))
      }
      scene.add(
        frame.symbols(
          style.shape(index), size: size, colour: colour,
          at: [frame.page(xs[index], estimate.value)]))
    }
  }

  /// A line's first value with the interval that it has: where effects start from the baseline, which
  /// differs from itself by exactly nothing.
  private func opened(_ stretches: [ChartFrame.Stretch], _ panel: Panel) -> [ChartFrame.Stretch] {
    stretches.map { stretch in
      guard let first = stretch.first?.estimate, first.interval == nil,
        panel.reference == first.value, first.value == 0
      else { return stretch }
      var stretch = stretch
      stretch[0].estimate.interval = 0...0
      return stretch
    }
  }

  private func referenceStroke(_ theme: Theme) -> Stroke {
    Stroke(theme.frame, width: 0.6, dash: [2, 1.6])
  }

  private func signs(_ theme: Theme) -> [Legend.Entry] {
    var entries: [Legend.Entry] = []
    let hasBand = positions != nil && lines.contains { $0.count > 1 }
    if hasBand, shown.contains(where: { $0.values.contains { $0?.interval != nil } }) {
      entries.append(.swatch("interval", bandColour(theme)))
    }
    if shown.contains(where: { $0.reference != nil }) {
      entries.append(.line("baseline", referenceStroke(theme)))
    }
    if shown.contains(where: { $0.null != nil }) {
      entries.append(.swatch("null band: no change", theme.null))
    }
    return entries
  }
}
