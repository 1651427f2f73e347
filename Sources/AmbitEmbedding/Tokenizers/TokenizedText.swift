/// The token ids of one text, as a model reads them.
public struct TokenizedText: Equatable, Sendable {
  /// The ids, special ones included where they were asked for.
  public var ids: [Int32]
  /// How many of them are not special.
  public var tokenCount: Int
  /// How many of these stand for something that the vocabulary lacks.
  public var unknownCount: Int
  /// Whether the text goes on beyond the window.
  public var isTruncated: Bool

  /// Joins ids with what is known of them.
  public init(ids: [Int32], tokenCount: Int, unknownCount: Int, isTruncated: Bool) {
    self.ids = ids
    self.tokenCount = tokenCount
    self.unknownCount = unknownCount
    self.isTruncated = isTruncated
  }
}
