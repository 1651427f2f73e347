/// Rarefaction curves: what is found among so many outputs, so that checkpoints are compared at the
/// same number. The symbol stands where the data end; beyond it the curve is extrapolated, dotted.
public struct RarefactionFigure: Figure {
  /// `rarefaction`
  public static let name = "rarefaction"

  /// One checkpoint's curve.
  public struct Curve: Sendable, Hashable, Codable {
    /// Numbers of outputs, ascending.
    public var sizes: [Double]
    /// One a size.
    public var values: [Estimate?]
    /// How many outputs there are; nil where nothing is extrapolated.
    public var observedSize: Double?

    /// A curve.
    public init(sizes: [Double], values: [Estimate?], observedSize: Double? = nil) {
      precondition(sizes.count == values.count, "a value a size")
      self.sizes = sizes
      self.values = values
      self.observedSize = observedSize
    }
  }

  /// What is counted.
  public struct Panel: Sendable, Hashable, Codable {
    /// Above the frame, such as "clusters found".
    public var label: String
    /// One a checkpoint, or nil.
    public var curves: [Curve?]

    /// A panel.
    public init(label: String, curves: [Curve?]) {
      self.label = label
      self.curves = curves
    }
  }

  /// All of the study.
  public var checkpoints: FigureCheckpoints
  /// Usually kinds found, and the share of the support that they cover.
  public var panels: [Panel]
  /// Below the panels, such as "outputs".
  public var sizeLabel: String
  /// Whether numbers of outputs stand a logarithm apart.
  public var isLogarithmic: Bool
  /// Around the panels.
  public var text: FigureText

  /// Rarefaction curves.
  public init(
    checkpoints: FigureCheckpoints, panels: [Panel], sizeLabel: String = "outputs",
    isLogarithmic: Bool = false, text: FigureText = FigureText()
  ) {
    self.checkpoints = checkpoints
    self.panels = panels
    self.sizeLabel = sizeLabel
    self.isLogarithmic = isLogarithmic
    self.text = text
  }

  /// - Throws: `RenderingError` of code `empty` where no curve has a finite value.
  public func validate() throws(RenderingError) {
    if shown.isEmpty { throw RenderingError.nothingToDraw(Self.name, "curve") }
  }

  private func curves(_ panel: Panel) -> [CurvePanel.Curve] {
    checkpoints.indices.compactMap { index in
      guard panel.curves.indices.contains(index), let curve = panel.curves[index],
        !curve.values.extremes.isEmpty
      else { return nil }
      let last = curve.values.indices.last { curve.values.finite($0) != nil }!
      return CurvePanel.Curve(
        checkpoint: index, xs: curve.sizes, values: curve.values,
        solidUntil: curve.observedSize, symbolsAt: [curve.observedSize ?? curve.sizes[last]])
    }
  }

  private var shown: [(panel: Panel, curves: [CurvePanel.Curve])] {
    panels.map { ($0, curves($0)) }.filter { !$0.1.isEmpty }
  }

  /// The figure.
  public func drawing(_ settings: FigureSettings) -> Scene {
    let style = CheckpointStyle(checkpoints, theme: settings.theme)
    let all = shown.flatMap(\.curves)
    let names =
      shown.count == 1 ? CurveNames(shown[0].curves, checkpoints, settings: settings) : nil
    let xs = all.flatMap(\.xs)
    let x: ChartAxis =
      isLogarithmic
      ? .logarithmic(holding: xs, label: sizeLabel)
      : .linear(holding: xs + [0], label: sizeLabel, padding: 0.03, within: 0 ... .infinity)
    var chart = Chart(
      panels: shown.map { panel, curves in
        let values = curves.flatMap(\.values.extremes)
        let drawing = CurvePanel(curves: curves, style: style, settings: settings)
        return Chart.Panel(
          name: panel.label, x: x,
          y: .linear(holding: values + [0], within: min(values.min() ?? 0, 0) ... .infinity)
        ) { frame, scene in
          drawing.draw(in: frame, on: &scene)
          names?.draw(drawing, in: frame, on: &scene)
        }
      }, text: text)
    chart.rightRoom = names?.room ?? 0
    chart.preferredWidth = 22
    if shown.count == 1 { chart.aspect = settings.isNarrow ? (names == nil ? 0.62 : 0.85) : 0.45 }
    let drawn = checkpoints.baselineFirst.filter { index in
      all.contains { $0.checkpoint == index }
    }
    let extrapolated = all.contains { curve in
      curve.solidUntil.map { limit in curve.xs.contains { $0 > limit } } ?? false
    }
    let dots = Stroke(settings.theme.ink, width: 1, dash: [1.2, 2.2])
    chart.legend = [
      names == nil ? style.legend(drawn, font: settings.font(-1)) : [],
      extrapolated ? [.line("extrapolated", dots)] : [],
    ]
    return chart.scene(settings)
  }
}
