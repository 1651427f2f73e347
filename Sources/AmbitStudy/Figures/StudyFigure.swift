import AmbitFormats
import AmbitRendering

/// One figure of a study before it is drawn: its data, in two forms, and its caption.
struct StudyFigure {
  /// The file name without suffix, for example `drift_map_within`.
  let name: String
  var figure: any Figure
  /// A complete caption for the paper, in plain text.
  var caption: String
  /// Exactly what is drawn, one number or point a row, for other programs.
  let table: [UInt8]
  /// What its files say of where it comes from.
  var notes: [FigureNote] = []

  init(_ figure: any Figure, name: String? = nil, caption: String, table: CSVWriter) {
    self.name = name ?? type(of: figure).name
    self.figure = figure
    self.caption = caption
    self.table = table.bytes
  }

  /// The same figure with sentences behind its caption.
  func captioned(_ sentences: [String]) -> StudyFigure {
    var copy = self
    copy.caption = ([caption] + sentences).joined(separator: " ")
    return copy
  }

  /// The same figure whose files say so.
  func noted(_ notes: [FigureNote]) -> StudyFigure {
    var copy = self
    copy.notes = notes
    return copy
  }
}

/// A kind of figure: gathers what it shows from what a run found.
///
/// A new kind is one file here, one in AmbitRendering, and one line in `FigureCatalogue`.
protocol FigureSource: SendableMetatype {
  associatedtype Drawn: Figure

  /// What users and files call it: `--figures forest`.
  static var name: String { get }

  /// The figures of this kind that the findings support; none where there is nothing to show.
  static func figures(of findings: StudyFindings) -> [StudyFigure]
}

extension FigureSource {
  static var name: String { Drawn.name }
}
