/// A map of neighbourhoods (t-SNE, den-SNE): one panel for each checkpoint over the pale points of all
/// others, and a last panel with all. Frames without ticks, for lengths in such a map mean nothing; no
/// hulls, for areas in it mean nothing either.
///
///     let scene = try MapPlot(data, settings: FigureSettings(width: 5.5)).scene()
public struct MapPlot: Sendable {
  /// What is shown.
  public let data: MapPlotData
  /// How it looks.
  public let settings: FigureSettings

  /// - Throws: `RenderingError` where a setting is out of range or there is nothing finite to draw.
  public init(
    _ data: MapPlotData, settings: FigureSettings = FigureSettings()
  ) throws(RenderingError) {
    try settings.validate()
    try data.validate()
    self.init(valid: data, settings: settings)
  }

  init(valid data: MapPlotData, settings: FigureSettings) {
    self.data = data
    self.settings = settings
  }

  /// The figure. Its width is the setting's; its height follows. O(n · panels).
  public func scene() -> Scene {
    let layout = MapPlotLayout(data, settings: settings)
    var scene = Scene(
      width: layout.width, height: layout.height, background: settings.theme.background)
    layout.draw(on: &scene)
    return scene
  }
}
