import AmbitFormats
import AmbitRendering

/// Gathered figures to files.
struct DrawingStage {
  let settings: FigureSettings
  /// One drawn figure.
  struct Drawn {
    let figure: StudyFigure
    let files: [(format: FigureFormat, bytes: [UInt8])]

    /// One a format, in the folder of results.
    var fileNames: [String] {
      files.map { "figures/\(figure.name).\($0.format.rawValue)" }
    }
  }

  /// Every figure in every format that was asked for.
  /// - Throws: `InputError` where one cannot be drawn.
  func run(_ figures: [StudyFigure]) throws -> [Drawn] {
    try figures.map { figure in
      do {
        let scene = try figure.figure.scene(settings)
        return Drawn(
          figure: figure,
          files: try settings.formats.map {
            ($0, try scene.encoded(as: $0, dpi: settings.dpi, notes: figure.notes))
          })
      } catch let error as RenderingError {
        throw InputError(
          .unsupported, "\(error.subject): \(error.problem)", hint: error.hint)
      }
    }
  }
}
