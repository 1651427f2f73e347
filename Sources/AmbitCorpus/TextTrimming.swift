/// White space at the ends of texts, by Unicode's White_Space property, with a fast way for ASCII.
package enum TextTrimming {
  /// Whether a text is empty or white space alone.
  package static func isBlank(_ text: String) -> Bool {
    for scalar in text.unicodeScalars where !scalar.properties.isWhitespace { return false }
    return true
  }

  /// The text without white space at its ends; the text itself where there is none.
  package static func trimmed(_ text: String) -> String {
    let scalars = text.unicodeScalars
    guard let first = scalars.first, let last = scalars.last else { return text }
    if !first.properties.isWhitespace, !last.properties.isWhitespace { return text }
    guard let start = scalars.firstIndex(where: { !$0.properties.isWhitespace }),
      let end = scalars.lastIndex(where: { !$0.properties.isWhitespace })
    else { return "" }
    return String(scalars[start...end])
  }
}
