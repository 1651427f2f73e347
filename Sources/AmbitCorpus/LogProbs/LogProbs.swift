/// What a model gives a text: the natural logarithm of its probability given the prompt.
public struct LogProbs: Sendable, Equatable {
  /// `ln p(text | prompt)`, the sum over its tokens.
  public var total: Double
  /// How many tokens were scored; nil where only the sum is known.
  public var tokenCount: Int?
  /// The sum over tokens of the entropy, in nats, of the distribution in which each token stood; nil
  /// where the input has no distributions. A lower bound where one of them is not whole.
  public var entropy: Double?
  /// Whether all distributions hold all but 10⁻⁴ of the mass, so that `entropy` is no mere bound.
  public var isEntropyWhole: Bool

  /// A sum, with what else is known.
  public init(
    total: Double, tokenCount: Int? = nil, entropy: Double? = nil, isEntropyWhole: Bool = false
  ) {
    self.total = total
    self.tokenCount = tokenCount
    self.entropy = entropy
    self.isEntropyWhole = isEntropyWhole
  }

  /// The mass that may be missing from a distribution that counts as whole: at most 0.002 nats of it.
  static let missingMass = 1e-4
}
