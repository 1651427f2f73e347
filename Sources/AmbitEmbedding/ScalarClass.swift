/// What a Unicode scalar is to the lexical embedder.
struct ScalarClass: Equatable {
  enum Kind: UInt8 {
    /// Ends a word: space, punctuation, mathematical and modifier symbols, controls.
    case separator
    /// As if it were not there: joiners, soft hyphens, variation selectors.
    case ignorable
    /// Part of a word: letters and digits of scripts that put space between words.
    case letter
    /// A combining mark; belongs to what it follows.
    case mark
    /// A letter of a script written without spaces.
    case spaceless
    /// A word of its own: emoji, dingbats, currency.
    case symbol
  }

  private let bits: UInt8

  private init(_ kind: Kind, hasLowercase: Bool, mayCompose: Bool) {
    bits = kind.rawValue | (hasLowercase ? 0x40 : 0) | (mayCompose ? 0x80 : 0)
  }

  var kind: Kind { Kind(rawValue: bits & 0x0f) ?? .separator }
  /// Whether it is an upper-case or title-case letter.
  var hasLowercase: Bool { bits & 0x40 != 0 }
  /// Whether a text that holds it may differ from its canonical composition (NFC).
  var mayCompose: Bool { bits & 0x80 != 0 }

  /// The class of `scalar`; a table look-up in the basic plane.
  init(of scalar: UInt32) {
    self = scalar < 0x10000 ? Self.basicPlane[Int(scalar)] : Self(computedFor: scalar)
  }

  private static let basicPlane = (0..<0x10000).map { ScalarClass(computedFor: $0) }

  private init(computedFor value: UInt32) {
    guard let scalar = Unicode.Scalar(value) else {
      self.init(.separator, hasLowercase: false, mayCompose: false)
      return
    }
    let category = scalar.properties.generalCategory
    let kind: Kind
    switch category {
    case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter,
      .decimalNumber, .letterNumber, .otherNumber:
      kind = Self.isSpaceless(value) ? .spaceless : .letter
    case .nonspacingMark, .spacingMark, .enclosingMark:
      kind = scalar.properties.isVariationSelector ? .ignorable : .mark
    case .format: kind = .ignorable
    case .otherSymbol, .currencySymbol: kind = .symbol
    default: kind = .separator
    }
    self.init(
      kind, hasLowercase: category == .uppercaseLetter || category == .titlecaseLetter,
      mayCompose: kind == .mark || Self.isUnstable(value))
  }

  /// Han, Kana, Bopomofo, Thai, Lao, Myanmar, Khmer.
  private static func isSpaceless(_ value: UInt32) -> Bool {
    switch value {
    case 0x0e01...0x0e4e, 0x0e81...0x0ece, 0x0edc...0x0edf, 0x1000...0x103f, 0x1050...0x108f,
      0x1780...0x17d3, 0x3005...0x3007, 0x3021...0x3029, 0x3031...0x3035, 0x3041...0x312f,
      0x31a0...0x31bf, 0x31f0...0x31ff, 0x3400...0x4dbf, 0x4e00...0x9fff, 0xa9e0...0xa9fe,
      0xaa60...0xaa7f, 0xf900...0xfaff, 0xff66...0xff9f, 0x16fe0...0x18d08, 0x1aff0...0x1b2ff,
      0x20000...0x3ffff:
      true
    default: false
    }
  }

  /// Scalars other than marks that NFC replaces or joins: singletons and composition exclusions
  /// (Unicode 16, DerivedNormalizationProps, NFC_QC = N or M), and conjoining Jamo.
  private static func isUnstable(_ value: UInt32) -> Bool {
    switch value {
    case 0x0374, 0x0958...0x095f, 0x09dc...0x09df, 0x0a33...0x0a36, 0x0a59...0x0a5e,
      0x0b5c...0x0b5d, 0x0f43...0x0f69, 0x1100...0x11ff, 0x1f71...0x1ffd, 0x2126...0x212b,
      0x2adc, 0xf900...0xfaff, 0xfb1d...0xfb4e, 0x16d60...0x16d6f, 0x1d15e...0x1d164,
      0x1d1bb...0x1d1c0, 0x2f800...0x2fa1d:
      true
    default: false
    }
  }
}
