public import AmbitMatrix

extension Embedder {
  /// Embeds every text, equal ones once; row *i* belongs to text *i*, as with `embed`.
  ///
  /// Texts are equal where their bytes are. The result is the same as that of `embed`, for a row
  /// depends on its text alone.
  public func embedDistinct(
    _ texts: [String], workers: Workers, progress: @escaping @Sendable (Double) -> Void = { _ in }
  ) throws -> EmbeddedTexts {
    var firstRows: [TextBytes: Int] = [:]
    var distinct: [String] = []
    let rows = texts.map { text in
      let key = TextBytes(text: text)
      if let row = firstRows[key] { return row }
      firstRows[key] = distinct.count
      distinct.append(text)
      return distinct.count - 1
    }
    let embedded = try embed(distinct, workers: workers, progress: progress)
    return distinct.count == texts.count ? embedded : embedded.rows(rows)
  }
}

/// A text under equality of bytes. Strings compare by canonical equivalence, which an embedder need
/// not honour.
private struct TextBytes: Hashable {
  let text: String

  static func == (left: Self, right: Self) -> Bool {
    left.text.utf8.elementsEqual(right.text.utf8)
  }

  func hash(into hasher: inout Hasher) {
    var text = text
    text.withUTF8 { hasher.combine(bytes: UnsafeRawBufferPointer($0)) }
  }
}
