import AmbitFormats

extension TextNormalizer {
  /// Reads the `normalizer` of a `tokenizer.json`. Throws `InputError` for one that is not read.
  init(_ document: ModelDocument?) throws {
    steps = try document.map { try Self.steps($0, depth: 0) } ?? []
  }

  private static func steps(_ document: ModelDocument, depth: Int) throws -> [Step] {
    let kind = try document.string("type")
    switch kind {
    case "Sequence":
      guard depth < 8 else { throw document.unsupported("sequences nested this deep are not read") }
      return try document.list("normalizers").flatMap { try steps($0, depth: depth + 1) }
    case "Precompiled": return [.precompiled(try charsmap(document))]
    case "Replace": return [try replacement(document)]
    case "Strip":
      return [
        .strip(
          left: try document.boolean("strip_left") ?? true,
          right: try document.boolean("strip_right") ?? true)
      ]
    case "Lowercase": return [.lowercase]
    default:
      throw document.unsupported(
        "normalizers of type \(kind ?? "null") are not read for a Unigram model")
    }
  }

  private static func charsmap(_ document: ModelDocument) throws -> PrecompiledCharsmap {
    guard let text = document["precompiled_charsmap"] else {
      throw document.missing("precompiled_charsmap")
    }
    guard let bytes = text.value.withUTF8(Base64.bytes) else { throw text.wrongType("a string") }
    guard let charsmap = bytes.flatMap({ PrecompiledCharsmap($0) }) else {
      throw InputError(
        .malformed, path: text.path, field: text.place, "is not a SentencePiece charsmap in base64",
        hint: "copy the model folder again")
    }
    return charsmap
  }

  private static func replacement(_ document: ModelDocument) throws -> Step {
    let pattern = try document.object("pattern")
    guard let content = try document.string("content") else { throw document.missing("content") }
    if let expression = try pattern.string("Regex") {
      guard expression == " {2,}" else {
        throw pattern.unsupported("of regular expressions only ` {2,}` is read")
      }
      return .spaceRuns(Array(content.utf8))
    }
    guard let text = try pattern.string("String") else { throw pattern.missing("String") }
    guard !text.isEmpty else { throw pattern.unsupported("an empty pattern is not read") }
    return .replace(Array(text.utf8), with: Array(content.utf8))
  }
}
