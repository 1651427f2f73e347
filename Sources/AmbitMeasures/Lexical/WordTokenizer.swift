/// Cuts a text into words and signs, the tokens of every lexical measure. Case is kept.
///
/// A word is a run of letters, digits and combining marks; `'`, `’` and `_` join two of its characters,
/// `.` and `,` two digits (`don't`, `snake_case`, `3.14`). A character of a script that sets no spaces
/// between words (Han, Kana, Thai, Lao, Khmer, Burmese) is a word of its own. Every other visible
/// character is a sign, one token each, as in BLEU's 13a rules. White space and control characters
/// separate and are no tokens; line breaks are white space and nothing is deleted.
///
/// A simplified form of the Unicode word boundaries (UAX 29); O(bytes).
package enum WordTokenizer {
  /// The tokens of a text, for tests and for people.
  package static func tokens(of text: String) -> [String] {
    var text = text
    return text.withUTF8 { bytes in
      var tokens: [String] = []
      forEachToken(in: bytes) { range, _ in
        tokens.append(String(decoding: bytes[range], as: UTF8.self))
      }
      return tokens
    }
  }

  /// Calls `body` with the bytes of each token in order, and whether it is a word.
  static func forEachToken(
    in bytes: UnsafeBufferPointer<UInt8>, _ body: (_ range: Range<Int>, _ isWord: Bool) -> Void
  ) {
    var start = 0
    var index = 0
    /// What the open token `start..<index` ends with; space where none is open.
    var last = Kind.space
    while index < bytes.count {
      let (scalar, length) = scalar(bytes, index)
      let kind = kind(of: scalar)
      let continues =
        switch kind {
        case .space: false
        case .mark: last != .space
        case .letter, .digit: last == .letter || last == .digit
        case .loner: false
        case .sign:
          joins(scalar, after: last, before: bytes, index + length)
        }
      if !continues {
        if last != .space { body(start..<index, last != .sign) }
        start = index
      }
      if continues && kind == .sign {
        // A joiner leaves the word open; what follows decides nothing more.
        last = .letter
      } else if !(continues && kind == .mark) {
        last = kind == .mark ? .sign : kind
      }
      index += length
    }
    if last != .space { body(start..<index, last != .sign) }
  }

  private enum Kind: UInt8 {
    case space
    case letter
    case digit
    /// A word by itself.
    case loner
    /// Belongs to what stands before it.
    case mark
    case sign
  }

  /// Whether a sign holds two characters of one word together.
  private static func joins(
    _ scalar: Unicode.Scalar, after last: Kind, before bytes: UnsafeBufferPointer<UInt8>,
    _ next: Int
  ) -> Bool {
    guard last == .letter || last == .digit, next < bytes.count else { return false }
    switch scalar {
    case "'", "\u{2019}", "_":
      let following = kind(of: self.scalar(bytes, next).scalar)
      return following == .letter || following == .digit
    case ".", ",": return last == .digit && (0x30...0x39).contains(bytes[next])
    default: return false
    }
  }

  private static func kind(of scalar: Unicode.Scalar) -> Kind {
    switch scalar.value {
    case 0...0x20, 0x7F...0xA0: return .space
    case 0x30...0x39: return .digit
    case 0x41...0x5A, 0x61...0x7A: return .letter
    case 0..<0x80: return .sign
    // Thai, Lao, Burmese, Khmer, Kana and Han; their marks are sorted out below.
    case 0x4E00...0x9FFF: return .loner
    default: break
    }
    let properties = scalar.properties
    switch properties.generalCategory {
    case .spaceSeparator, .lineSeparator, .paragraphSeparator, .control: return .space
    case .nonspacingMark, .spacingMark, .enclosingMark, .format: return .mark
    case .decimalNumber: return .digit
    case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter,
      .letterNumber, .otherNumber:
      return setsNoSpaces(scalar) ? .loner : .letter
    default: return .sign
    }
  }

  private static func setsNoSpaces(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x0E00...0x0EFF, 0x1000...0x109F, 0x1780...0x17FF, 0x3040...0x30FF, 0x31F0...0x31FF:
      true
    default: scalar.properties.isIdeographic
    }
  }

  /// The scalar at `index` of valid UTF-8, and its bytes.
  private static func scalar(
    _ bytes: UnsafeBufferPointer<UInt8>, _ index: Int
  ) -> (scalar: Unicode.Scalar, length: Int) {
    let first = UInt32(bytes[index])
    if first < 0x80 { return (Unicode.Scalar(UInt8(first)), 1) }
    func tail(_ place: Int) -> UInt32 { UInt32(bytes[index + place]) & 0x3F }
    let (value, length): (UInt32, Int) =
      if first < 0xE0 {
        ((first & 0x1F) << 6 | tail(1), 2)
      } else if first < 0xF0 {
        ((first & 0xF) << 12 | tail(1) << 6 | tail(2), 3)
      } else {
        ((first & 7) << 18 | tail(1) << 12 | tail(2) << 6 | tail(3), 4)
      }
    return (Unicode.Scalar(value) ?? "\u{FFFD}", length)
  }
}
