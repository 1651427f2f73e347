/// How BERT's normalizer treats text before it is cut into words, as `tokenizer.json` names it.
public struct BertNormalization: Equatable, Sendable {
  /// Remove control characters, turn every kind of white space into spaces.
  public var cleansText: Bool
  /// Make every Chinese character a word of its own.
  public var splitsIdeographs: Bool
  /// Decompose and remove accents.
  public var stripsAccents: Bool
  /// Put into lower case.
  public var lowercases: Bool

  /// The settings of `BertNormalizer`. Without `stripsAccents`, accents go where case goes.
  public init(
    cleansText: Bool = true, splitsIdeographs: Bool = true, stripsAccents: Bool? = nil,
    lowercases: Bool = true
  ) {
    self.cleansText = cleansText
    self.splitsIdeographs = splitsIdeographs
    self.stripsAccents = stripsAccents ?? lowercases
    self.lowercases = lowercases
  }
}
