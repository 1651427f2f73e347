import AmbitMatrix

/// The token ids of many texts as an encoder reads them: in windows, framed by special tokens.
///
/// A text has one window, or none where it has no tokens; of a long text there are several where all
/// of it is read.
struct TokenizedTexts: Sendable {
  /// One entry per text.
  let readings: [EmbeddedTexts.Reading]
  /// The windows of text *i* are `windowStarts[i]..<windowStarts[i + 1]`.
  let windowStarts: [Int]
  /// Ids per window, special ones included; never 0.
  let lengths: [Int]
  private let parts: [Part]
  private let places: [Place]

  /// Texts per unit of work; their ids share one array.
  private static let partSize = 64

  private struct Part: Sendable {
    var ids: [Int32] = []
    var windows: [Range<Int>] = []
    var windowCounts: [Int] = []
    var readings: [EmbeddedTexts.Reading] = []
  }

  /// Where the ids of a window are.
  private struct Place {
    var part: Int32
    var window: Int32
  }

  init(_ texts: ArraySlice<String>, by embedder: TransformerEmbedder, workers: Workers) {
    let partCount = (texts.count + Self.partSize - 1) / Self.partSize
    let parts = workers.map(partCount) { index in
      var part = Part()
      for text in texts.dropFirst(index * Self.partSize).prefix(Self.partSize) {
        let before = part.windows.count
        part.readings.append(
          embedder.appendWindows(of: text, to: &part.ids, windows: &part.windows))
        part.windowCounts.append(part.windows.count - before)
      }
      return part
    }
    self.parts = parts
    readings = parts.flatMap(\.readings)
    lengths = parts.flatMap { $0.windows.map(\.count) }
    windowStarts = parts.flatMap(\.windowCounts).reduce(into: [0]) { $0.append($0.last! + $1) }
    places = parts.indices.flatMap { part in
      parts[part].windows.indices.map { Place(part: Int32(part), window: Int32($0)) }
    }
  }

  /// The ids of one window.
  func ids(of window: Int) -> ArraySlice<Int32> {
    let part = parts[Int(places[window].part)]
    return part.ids[part.windows[Int(places[window].window)]]
  }
}

extension TransformerEmbedder {
  /// Appends the ids of a text's windows as the encoder reads them, and where each of them lies; none
  /// for a text without tokens.
  fileprivate func appendWindows(
    of text: String, to ids: inout [Int32], windows: inout [Range<Int>]
  ) -> EmbeddedTexts.Reading {
    let first = ids.count
    let read = modules.lowercases ? text.lowercased() : text
    if !prefix.isEmpty && tokenizer.tokenize(read, limit: 1, isFramed: false).tokenCount == 0 {
      return EmbeddedTexts.Reading(tokenCount: 0)
    }
    let counts = tokenizer.appendIds(
      of: prefix.isEmpty ? read : prefix + read,
      limit: longTexts == .truncated ? window : .max, to: &ids)
    if counts.tokenCount == 0 {
      ids.removeLast(ids.count - first)
    } else if counts.tokenCount <= window {
      windows.append(first..<ids.count)
    } else {
      let all = Array(ids[(first + tokenizer.prefix.count)...].prefix(counts.tokenCount))
      ids.removeLast(ids.count - first)
      appendWindows(cutFrom: all, to: &ids, windows: &windows)
    }
    return EmbeddedTexts.Reading(
      tokenCount: counts.tokenCount, unknownCount: counts.unknownCount,
      isTruncated: counts.isTruncated)
  }

  private func appendWindows(
    cutFrom all: [Int32], to ids: inout [Int32], windows: inout [Range<Int>]
  ) {
    let repeated = all.prefix(repeatedTokens)
    let step = window - repeatedTokens
    for start in stride(from: repeatedTokens, to: all.count, by: step) {
      let first = ids.count
      ids += tokenizer.prefix
      ids += repeated
      ids += all[start..<min(start + step, all.count)]
      ids += tokenizer.suffix
      windows.append(first..<ids.count)
    }
  }
}
