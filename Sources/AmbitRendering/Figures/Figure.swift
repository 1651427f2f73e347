/// One kind of figure: a plain value that holds what is shown and can draw itself.
///
/// A new kind is one file: a struct with the data, `validate`, and `drawing`, which usually hands a
/// `Chart` to the shared layer.
///
///     let scene = try ForestFigure(…).scene(FigureSettings(width: 3.25))
///     let file = try scene.png(dpi: 300)
public protocol Figure: Sendable, Hashable, Codable {
  /// The stem of its files: lower case with underscores. Never renamed.
  static var name: String { get }

  /// - Throws: `RenderingError` of code `empty` where there is nothing to draw, `notFinite` where a
  ///   coordinate is NaN or infinite.
  func validate() throws(RenderingError)

  /// The picture of data that `validate` has let pass, with settings that are in range. Its width is
  /// the setting's; its height follows from what there is to show.
  func drawing(_ settings: FigureSettings) -> Scene
}

extension Figure {
  /// The picture.
  ///
  /// - Throws: `RenderingError` where a setting is out of range or the data cannot be drawn.
  public func scene(_ settings: FigureSettings = FigureSettings()) throws(RenderingError) -> Scene {
    try settings.validate()
    try validate()
    return drawing(settings)
  }
}

extension DriftPlotData: Figure {
  /// `drift_map`
  public static let name = "drift_map"

  /// The drift plot.
  public func drawing(_ settings: FigureSettings) -> Scene {
    DriftPlot(valid: self, settings: settings).scene()
  }
}

extension MapPlotData: Figure {
  /// `map`
  public static let name = "map"

  /// The map.
  public func drawing(_ settings: FigureSettings) -> Scene {
    MapPlot(valid: self, settings: settings).scene()
  }
}
