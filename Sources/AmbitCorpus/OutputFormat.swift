import AmbitFormats

/// A way in which people keep what models wrote. A new one is a file in `Formats/` and a line in
/// `OutputFormats.all`.
package protocol OutputFormat: Sendable {
  /// The name that `inspect` prints.
  var name: String { get }

  /// How surely the content is of this format, and why; nil where it is not.
  func recognise(_ preview: ContentPreview) -> Recognition?

  /// The fields that reading needs, where columns can be read alone; nil for all.
  func fields(_ preview: ContentPreview, options: ReadingOptions) throws -> [String]?

  /// Reads the whole file. Throws `InputError` with line and field.
  func read(_ content: PreviewedFile, options: ReadingOptions) throws -> OutputFile
}

extension OutputFormat {
  package func fields(_ preview: ContentPreview, options: ReadingOptions) throws -> [String]? {
    nil
  }
}

/// How surely a file is of one format.
package struct Recognition: Sendable, Equatable {
  /// From 0 to 100; the highest wins, the earlier in `OutputFormats.all` on a tie.
  package var score: Int
  /// The evidence, in a few words.
  package var why: String

  package init(_ score: Int, _ why: String) {
    self.score = score
    self.why = why
  }
}

/// The formats, most special first.
package enum OutputFormats {
  package static let all: [any OutputFormat] = [
    VectorsFormat(), LMEvalFormat(), JudgedPairsFormat(), AlpacaEvalFormat(), NoveltyBenchFormat(),
    FastChatFormat(), SelfInstructFormat(), ChatMessagesFormat(), PromptsOnlyFormat(),
    GenericRows(), TableFormat(), PlainTextFormat(),
  ]

  /// The format that recognises the content most surely. A text field that the user named makes JSON
  /// generic rows.
  package static func recognised(
    _ preview: ContentPreview, options: ReadingOptions
  ) -> (format: any OutputFormat, recognition: Recognition)? {
    var best: (format: any OutputFormat, recognition: Recognition)?
    for format in all {
      if options.textField != nil, preview.isJSON, !(format is GenericRows) { continue }
      guard let recognition = format.recognise(preview) else { continue }
      if recognition.score > best?.recognition.score ?? 0 { best = (format, recognition) }
    }
    return best
  }
}
