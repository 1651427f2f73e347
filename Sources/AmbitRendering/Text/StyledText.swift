/// A line of text of which pieces may be raised, lowered or bold. A plain string literal is one too.
///
///     let label: StyledText = "10" + .superscript("−3")
public struct StyledText: Sendable, Hashable, ExpressibleByStringLiteral {
  /// Where a piece stands.
  public enum Script: Sendable, Hashable { case normal, superscript, `subscript` }

  /// A piece of one style.
  public struct Piece: Sendable, Hashable {
    /// The letters.
    public var string: String
    /// Raised, lowered or neither.
    public var script: Script
    /// Bold even where the font is not.
    public var isBold: Bool

    /// A piece of one style.
    public init(_ string: String, script: Script = .normal, isBold: Bool = false) {
      self.string = string
      self.script = script
      self.isBold = isBold
    }
  }

  /// In reading order.
  public var pieces: [Piece]

  /// Text of one style.
  public init(_ string: String) { pieces = [Piece(string)] }
  /// Text of several styles.
  public init(pieces: [Piece]) { self.pieces = pieces }
  /// Text of one style, from a literal.
  public init(stringLiteral value: String) { self.init(value) }

  /// Raised and smaller.
  public static func superscript(_ string: String) -> StyledText {
    StyledText(pieces: [Piece(string, script: .superscript)])
  }

  /// Lowered and smaller.
  public static func `subscript`(_ string: String) -> StyledText {
    StyledText(pieces: [Piece(string, script: .subscript)])
  }

  /// Bold.
  public static func bold(_ string: String) -> StyledText {
    StyledText(pieces: [Piece(string, isBold: true)])
  }

  /// One text after the other.
  public static func + (first: StyledText, second: StyledText) -> StyledText {
    StyledText(pieces: first.pieces + second.pieces)
  }

  /// The letters without their style.
  public var plain: String { pieces.map(\.string).joined() }

  /// The size of raised and lowered pieces relative to the text.
  package static let scriptScale = 0.7

  /// How far a piece's baseline is raised, in units of the font size.
  package static func rise(of script: Script) -> Double {
    switch script {
    case .normal: 0
    case .superscript: 0.36
    case .subscript: -0.16
    }
  }
}
