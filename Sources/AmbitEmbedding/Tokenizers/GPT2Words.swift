/// GPT-2's cut of text into words: contractions, then letters, numbers or other signs with the space
/// before them, then white space, whose last character stays with what follows.
///
/// The pattern is `'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+`.
/// Letters and numbers are those of the standard library's Unicode version: a newer code point counts
/// as another sign.
enum GPT2Words {
  private enum Kind { case space, letter, number, other }

  private static let contractions = ["'s", "'t", "'re", "'ve", "'m", "'ll", "'d"].map {
    Array($0.utf8)
  }

  /// Where the word ends that begins at `start` of `text`, which is not its end.
  static func end(of text: UnsafeBufferPointer<UInt8>, from start: Int) -> Int {
    if text[start] == UInt8(ascii: "'") {
      let rest = text[start...]
      for contraction in contractions where rest.starts(with: contraction) {
        return start + contraction.count
      }
    }
    var first = start
    if text[start] == UInt8(ascii: " "), start + 1 < text.count,
      kind(text, at: start + 1).kind != .space
    {
      first += 1
    }
    let wanted = kind(text, at: first)
    var end = first + wanted.length
    var last = first
    while end < text.count {
      let following = kind(text, at: end)
      guard following.kind == wanted.kind else { break }
      last = end
      end += following.length
    }
    // White space before a word leaves its last character to that word, unless it is the only one.
    if wanted.kind == .space && end < text.count && last > start { return last }
    return end
  }

  private static func kind(
    _ text: UnsafeBufferPointer<UInt8>, at index: Int
  ) -> (kind: Kind, length: Int) {
    if text[index] < 0x80 { return (ascii[Int(text[index])], 1) }
    let (code, length) = UTF8Scalar.decode(text, at: index)
    return (kind(code), length)
  }

  private static let ascii = (0..<128).map { kind(UInt32($0)) }

  private static func kind(_ code: UInt32) -> Kind {
    if UnicodeClasses.shared[code].contains(.splittingSpace) { return .space }
    guard let scalar = Unicode.Scalar(code) else { return .other }
    switch scalar.properties.generalCategory {
    case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter:
      return .letter
    case .decimalNumber, .letterNumber, .otherNumber: return .number
    default: return .other
    }
  }
}
