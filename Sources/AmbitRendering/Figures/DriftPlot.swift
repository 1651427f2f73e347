/// The drift plot: one panel for each checkpoint on identical axes over the grey ghost of the
/// baseline, and a last panel with every 95 % hull and the way of the centroids.
///
///     let scene = try DriftPlot(data, settings: FigureSettings(width: 3.25)).scene()
///     let file = try scene.png(dpi: 300)
///
/// The plot draws what it is given: hulls and centroids are the measures' own, not recomputed.
public struct DriftPlot: Sendable {
  /// What is shown.
  public let data: DriftPlotData
  /// How it looks.
  public let settings: FigureSettings

  /// - Throws: `RenderingError` where a setting is out of range or there is nothing finite to draw.
  public init(
    _ data: DriftPlotData, settings: FigureSettings = FigureSettings()
  ) throws(RenderingError) {
    try settings.validate()
    try data.validate()
    self.init(valid: data, settings: settings)
  }

  init(valid data: DriftPlotData, settings: FigureSettings) {
    self.data = data
    self.settings = settings
  }

  /// The figure. Its width is the setting's; its height follows.
  ///
  /// - Complexity: O(n log n) for n points, and the same points are painted once in their own panel
  ///   and, the baseline's, once in every other.
  public func scene() -> Scene {
    let layout = DriftPlotLayout(data, settings: settings)
    var scene = Scene(
      width: layout.width, height: layout.height, background: settings.theme.background)
    layout.drawText(on: &scene)
    for (position, checkpoint) in layout.order.enumerated() {
      layout.drawPanel(of: checkpoint, at: position, on: &scene)
    }
    if layout.hasOverlay { layout.drawOverlay(on: &scene) }
    layout.legend.draw(on: &scene, in: layout.legendSpace)
    return scene
  }

  /// The panels of the figure: the checkpoints' with the baseline first, then the overlay.
  package func panels() -> [Panel] {
    let layout = DriftPlotLayout(data, settings: settings)
    return (0..<layout.grid.count).map(layout.panel)
  }
}
