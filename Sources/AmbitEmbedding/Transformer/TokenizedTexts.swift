import AmbitMatrix

/// The token ids of many texts as an encoder reads them, framed by special tokens and cut to its window.
struct TokenizedTexts: Sendable {
  let readings: [EmbeddedTexts.Reading]
  /// Ids per text, special ones included; 0 for a text without tokens.
  let lengths: [Int]
  private let parts: [[Int32]]
  private let starts: [Int]

  /// Texts per unit of work; their ids share one array.
  private static let partSize = 64

  init(_ texts: [String], by embedder: TransformerEmbedder, workers: Workers) {
    struct Part: Sendable {
      var ids: [Int32] = []
      var lengths: [Int] = []
      var readings: [EmbeddedTexts.Reading] = []
    }
    let partCount = (texts.count + Self.partSize - 1) / Self.partSize
    let parts = workers.map(partCount) { index in
      var part = Part()
      for text in texts[index * Self.partSize..<min(texts.count, (index + 1) * Self.partSize)] {
        let before = part.ids.count
        part.readings.append(embedder.appendIds(of: text, to: &part.ids))
        part.lengths.append(part.ids.count - before)
      }
      return part
    }
    readings = parts.flatMap(\.readings)
    lengths = parts.flatMap(\.lengths)
    self.parts = parts.map(\.ids)
    starts = parts.flatMap { part in
      part.lengths.reduce(into: [0]) { $0.append($0[$0.count - 1] + $1) }.dropLast()
    }
  }

  /// The ids of one text.
  func ids(of index: Int) -> ArraySlice<Int32> {
    parts[index / Self.partSize][starts[index]..<starts[index] + lengths[index]]
  }
}

extension TransformerEmbedder {
  /// Appends the ids of a text as the encoder reads it; none for a text without tokens.
  fileprivate func appendIds(
    of text: String, to ids: inout [Int32]
  ) -> EmbeddedTexts.Reading {
    let first = ids.count
    let read = modules.lowercases ? text.lowercased() : text
    if !prefix.isEmpty && tokenizer.tokenize(read, limit: 1, isFramed: false).tokenCount == 0 {
      return EmbeddedTexts.Reading(tokenCount: 0)
    }
    let counts = tokenizer.appendIds(
      of: prefix.isEmpty ? read : prefix + read, limit: windowTokens ?? .max, to: &ids)
    if counts.tokenCount == 0 { ids.removeLast(ids.count - first) }
    return EmbeddedTexts.Reading(
      tokenCount: counts.tokenCount, unknownCount: counts.unknownCount,
      isTruncated: counts.isTruncated)
  }
}
