import AmbitFormats
import AmbitRendering
import Foundation

/// `figures/data/NAME.json`: all that a figure draws and says, so that `ambit plot` draws it again.
struct FigureDataFile {
  let bytes: [UInt8]

  /// The form of the file; a change that older readers would misread adds one.
  static let version = 1

  private struct Content<Drawn: Figure>: Codable {
    var ambitFigure: Int
    var kind: String
    var caption: String
    /// Of the figure and its words, so that a file changed by hand is not taken for what a run found.
    var digest: String
    /// Pairs of a key and its text.
    var notes: [[String]]
    var figure: Drawn
  }

  private struct Head: Decodable {
    var ambitFigure: Int
    var kind: String
  }

  init(_ figure: StudyFigure) throws {
    bytes = try Self.encoded(
      figure.figure, caption: figure.caption, notes: figure.notes.map { [$0.keyword, $0.text] })
  }

  /// - Throws: `InputError` for a file that is no figure of Ambit, or that was changed by hand: then
  ///   its shapes are not vouched for.
  static func read(path: String) throws -> StudyFigure {
    let data = Data(try InputFile(path: path).contents.bytes)
    let hint = "make the results again with `ambit run`"
    guard let head = try? JSONDecoder().decode(Head.self, from: data) else {
      throw InputError(.malformed, path: path, "the file holds no figure of Ambit", hint: hint)
    }
    guard head.ambitFigure == version,
      let source = FigureCatalogue.all.first(where: { $0.name == head.kind })
    else {
      throw InputError(
        .unsupported, path: path,
        "the figure `\(TerminalText.oneLine(head.kind))` is of another version of Ambit", hint: hint
      )
    }
    let name = PathText.lastComponent(path)
    guard let figure = try? source.decoded(data, name: String(name.dropLast(".json".count))) else {
      throw InputError(
        .malformed, path: path, "the figure was changed after it was written", hint: hint)
    }
    return figure
  }

  /// The figure in `data`, if writing it gives the same digest.
  fileprivate static func decoded<Drawn: Figure>(
    _ data: Data, as: Drawn.Type, name: String
  ) throws -> StudyFigure {
    let content = try JSONDecoder().decode(Content<Drawn>.self, from: data)
    guard try digest(content.figure, content.caption, content.notes) == content.digest else {
      throw Changed()
    }
    return StudyFigure(
      content.figure, name: name, caption: content.caption, table: CSVWriter(header: [])
    ).noted(content.notes.filter { $0.count == 2 }.map { FigureNote($0[0], $0[1]) })
  }

  private struct Changed: Error {}

  private static func digest<Drawn: Figure>(
    _ figure: Drawn, _ caption: String, _ notes: [[String]]
  ) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys]
    let words = try encoder.encode([[caption]] + notes)
    return SHA256.hexadecimal(of: Array(try encoder.encode(figure)) + Array(words))
  }

  private static func encoded<Drawn: Figure>(
    _ figure: Drawn, caption: String, notes: [[String]]
  ) throws -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return Array(
      try encoder.encode(
        Content(
          ambitFigure: version, kind: Drawn.name, caption: caption,
          digest: digest(figure, caption, notes), notes: notes,
          figure: figure)))
      + [10]
  }
}

extension FigureSource {
  fileprivate static func decoded(_ data: Data, name: String) throws -> StudyFigure {
    try FigureDataFile.decoded(data, as: Drawn.self, name: name)
  }
}
