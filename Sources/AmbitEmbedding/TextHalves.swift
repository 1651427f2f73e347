/// Two halves of a text, of like length and like content: its first, third, fifth … sentence, and its
/// second, fourth, sixth ….
///
/// What two halves of one output share is what the output is about; what they do not share is the noise
/// of a mean over few tokens. So the covariance of the halves' vectors over outputs does not shrink as
/// outputs grow longer, where the variance of whole vectors does (split-half spread).
///
/// A sentence ends at `.`, `!`, `?`, `…` or their full-width and Indic forms, closing quotes and brackets
/// included, where white space follows or the script needs none, and at a line break. A text of one
/// sentence is cut at the white space nearest to its middle; a text without inner white space goes
/// wholly into the first half, and the second is empty. Both halves are trimmed at their sides.
public struct TextHalves: Equatable, Sendable {
  /// The sentences at odd places.
  public let first: String
  /// The sentences at even places; empty where the text cannot be cut.
  public let second: String

  /// Cuts `text`. O(bytes).
  public init(of text: String) {
    let sentences = Self.sentences(of: text)
    guard sentences.count > 1 else {
      (first, second) = Self.cut(sentences.first ?? "")
      return
    }
    var halves = ("", "")
    for (place, sentence) in sentences.enumerated() {
      if place % 2 == 0 {
        halves.0 += (halves.0.isEmpty ? "" : " ") + sentence
      } else {
        halves.1 += (halves.1.isEmpty ? "" : " ") + sentence
      }
    }
    (first, second) = halves
  }

  /// The sentences of a text, trimmed, without empty ones.
  static func sentences(of text: String) -> [Substring] {
    var sentences: [Substring] = []
    let scalars = text.unicodeScalars
    var start = scalars.startIndex
    var index = start
    func close(at end: String.Index) {
      let sentence = trimmed(text[start..<end])
      if !sentence.isEmpty { sentences.append(sentence) }
      start = end
    }
    while index < scalars.endIndex {
      let scalar = scalars[index]
      index = scalars.index(after: index)
      if isLineBreak(scalar) {
        close(at: index)
      } else if isTerminator(scalar) {
        while index < scalars.endIndex, isTerminator(scalars[index]) || isCloser(scalars[index]) {
          index = scalars.index(after: index)
        }
        let endsHere =
          !scalar.isASCII && scalar != "…" || index == scalars.endIndex
          || scalars[index].properties.isWhitespace
        if endsHere { close(at: index) }
      }
    }
    close(at: scalars.endIndex)
    return sentences
  }

  /// One sentence at the white space nearest to its middle.
  private static func cut(_ sentence: Substring) -> (String, String) {
    let scalars = sentence.unicodeScalars
    let middle = sentence.utf8.count / 2
    var nearest: (index: String.Index, distance: Int)?
    var offset = 0
    for index in scalars.indices {
      let scalar = scalars[index]
      if scalar.properties.isWhitespace {
        let distance = abs(offset - middle)
        if distance < nearest?.distance ?? .max { nearest = (index, distance) }
      }
      offset += UTF8.width(scalar)
    }
    guard let nearest else { return (String(sentence), "") }
    return (
      String(trimmed(sentence[..<nearest.index])), String(trimmed(sentence[nearest.index...]))
    )
  }

  private static func trimmed(_ text: Substring) -> Substring {
    let scalars = text.unicodeScalars
    guard let first = scalars.firstIndex(where: { !$0.properties.isWhitespace }),
      let last = scalars.lastIndex(where: { !$0.properties.isWhitespace })
    else { return "" }
    return Substring(scalars[first...last])
  }

  private static func isLineBreak(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x0A...0x0D, 0x85, 0x2028, 0x2029: true
    default: false
    }
  }

  private static func isTerminator(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case ".", "!", "?", "…", "。", "！", "？", "｡", "．", "।", "॥", "۔", "؟", "։", "።", "၊", "။": true
    default: false
    }
  }

  private static func isCloser(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case "\"", "'", ")", "]", "}", "”", "’", "»", "」", "』", "）", "】", "*", "_", "`": true
    default: false
    }
  }
}
