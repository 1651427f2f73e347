/// How much of the spread lies within prompts and how much between them: a stacked bar a checkpoint, with
/// the intraclass correlation, which is the share between.
public struct VarianceBarsFigure: Figure {
  /// `variance_bars`
  public static let name = "variance_bars"

  /// One decomposition.
  public struct Panel: Sendable, Hashable, Codable {
    /// Above the bars.
    public var label: String
    /// One a checkpoint, not negative; nil where missing.
    public var within: [Double?]
    /// One a checkpoint, in the same unit; below 0, as estimates may be, it is drawn as 0.
    public var between: [Double?]
    /// Of the intraclass correlation: one a checkpoint, or none at all.
    public var intervals: [ClosedRange<Double>?]

    /// A panel.
    public init(
      label: String, within: [Double?], between: [Double?],
      intervals: [ClosedRange<Double>?] = []
    ) {
      self.label = label
      self.within = within
      self.between = between
      self.intervals = intervals
    }
  }

  /// All of the study.
  public var checkpoints: FigureCheckpoints
  /// Usually one.
  public var panels: [Panel]
  /// Around the panels.
  public var text: FigureText

  /// Bars.
  public init(
    checkpoints: FigureCheckpoints, panels: [Panel], text: FigureText = FigureText()
  ) {
    self.checkpoints = checkpoints
    self.panels = panels
    self.text = text
  }

  /// - Throws: `RenderingError` of code `empty` where no checkpoint has both parts.
  public func validate() throws(RenderingError) {
    guard
      panels.contains(where: { panel in
        checkpoints.indices.contains { parts(panel, $0) != nil }
      })
    else { throw RenderingError.nothingToDraw(Self.name, "variance") }
  }

  private func parts(_ panel: Panel, _ index: Int) -> (within: Double, between: Double)? {
    guard panel.within.indices.contains(index), panel.between.indices.contains(index),
      let within = panel.within[index], let between = panel.between[index],
      within.isFinite, between.isFinite, within >= 0
    else { return nil }
    return (within, max(between, 0))
  }

  /// The figure.
  public func drawing(_ settings: FigureSettings) -> Scene {
    let shown = panels.filter { panel in
      checkpoints.indices.contains { parts(panel, $0) != nil }
    }
    let drawn = checkpoints.baselineFirst.filter { index in
      shown.contains { parts($0, index) != nil }
    }
    let theme = settings.theme
    // Few rows have room for names of two lines.
    let slot = settings.fontSize * (drawn.count > 20 ? 1.1 : drawn.count > 8 ? 1.7 : 2.2)
    var chart = Chart(
      panels: shown.map { panel in
        let totals = drawn.compactMap { parts(panel, $0) }.map { $0.within + $0.between }
        return Chart.Panel(
          name: panel.label,
          x: .linear(holding: totals + [0], padding: 0.02, within: 0 ... .infinity),
          y: .categories(drawn.map { checkpoints.names[$0] }),
          height: Double(drawn.count) * slot
        ) { frame, scene in
          writeHeading(frame, on: &scene)
          for (row, index) in drawn.enumerated() {
            draw(
              panel, index, row: row, height: min(slot * 0.62, settings.fontSize * 1.05), in: frame,
              on: &scene)
          }
        }
      }, text: text)
    chart.sharesY = true
    chart.preferredWidth = 40
    chart.rightRoom = numberRoom(settings)
    chart.headRoom = TextBlock.lineHeight(settings.font(-1))
    chart.legend = [
      [
        .swatch("within prompts", within(theme)), .swatch("between prompts", between(theme)),
      ]
    ]
    return chart.scene(settings)
  }

  private func within(_ theme: Theme) -> Colour { theme.categories[0] }
  private func between(_ theme: Theme) -> Colour { theme.kept }

  private func numberRoom(_ settings: FigureSettings) -> Double {
    let hasIntervals = panels.contains { $0.intervals.contains { $0 != nil } }
    return TextMeasure().width(
      of: hasIntervals ? "0.00 [0.00, 0.00]" : "0.00", font: settings.font(-1))
      + settings.fontSize
  }

  /// What the numbers beside the bars are.
  private func writeHeading(_ frame: ChartFrame, on scene: inout Scene) {
    let font = frame.settings.font(-1)
    let descent = TextMeasure().extent(of: "ICC", font: font).descent
    scene.write(
      "ICC",
      at: SIMD2(frame.frame.maxX + frame.settings.fontSize * 0.6, frame.frame.y - descent - 1),
      font: font, colour: frame.theme.ink)
  }

  private func draw(
    _ panel: Panel, _ index: Int, row: Int, height: Double, in frame: ChartFrame,
    on scene: inout Scene
  ) {
    guard let parts = parts(panel, index) else { return }
    let middle = frame.pageY(Double(row))
    let font = frame.settings.font(-1)
    let total = parts.within + parts.between
    let ends = [0, parts.within, total].map(frame.pageX)
    for (number, colour) in [within(frame.theme), between(frame.theme)].enumerated() {
      let box = Rectangle(
        x: ends[number], y: middle - height / 2, width: ends[number + 1] - ends[number],
        height: height)
      if box.width > 0 { scene.fill(.rectangle(box), colour) }
    }
    guard total > 0 else { return }
    func fixed(_ value: Double) -> String {
      DecimalText.typographic(DecimalText.fixed(value, decimals: 2))
    }
    var label = fixed(parts.between / total)
    if panel.intervals.indices.contains(index), let interval = panel.intervals[index],
      interval.lowerBound.isFinite, interval.upperBound.isFinite
    {
      label += " [\(fixed(interval.lowerBound)), \(fixed(interval.upperBound))]"
    }
    // So many rows stand closer than their letters are high.
    let rowHeight = frame.frame.height / Double(max(frame.rowCount, 1))
    let step = max(1, Int((font.size * 1.2 / rowHeight).rounded(.up)))
    guard row.isMultiple(of: step) else { return }
    scene.write(
      StyledText(label),
      at: SIMD2(frame.frame.maxX + frame.settings.fontSize * 0.6, middle + font.size * 0.36),
      font: font, colour: frame.theme.ink)
  }
}

extension ChartFrame {
  /// How many categories stand upwards.
  var rowCount: Int {
    if case .categories(let names) = y.scale { names.count } else { 0 }
  }
}
