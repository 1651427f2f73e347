/// What models give the outputs of a study: natural logarithms of probabilities.
public struct LogProbTable: Sendable {
  /// What one model gives one output.
  public struct Entry: Equatable, Sendable {
    /// `ln p(output | prompt)`, the sum over tokens.
    public var total: Double
    /// The number of tokens; nil where it is not known.
    public var tokenCount: Int?
    /// The sum over tokens of the entropy of the distribution each stood in; nil where not known.
    public var entropy: Double?
    /// Whether `entropy` is of whole distributions, no mere lower bound.
    public var isEntropyWhole: Bool

    /// An entry.
    public init(
      total: Double, tokenCount: Int? = nil, entropy: Double? = nil, isEntropyWhole: Bool = false
    ) {
      self.total = total
      self.tokenCount = tokenCount
      self.entropy = entropy
      self.isEntropyWhole = isEntropyWhole
    }
  }

  /// `entries[c][d][i]`: what checkpoint *d* gives output *i* of checkpoint *c*, rows in the design's order.
  public let entries: [[[Entry?]]]
  /// Per checkpoint and output, its quality score.
  public let scores: [[Double?]]

  /// A table; see the properties.
  public init(entries: [[[Entry?]]], scores: [[Double?]]) {
    precondition(entries.count == scores.count, "one list a checkpoint")
    self.entries = entries
    self.scores = scores
  }

  /// Whether any model gives its own outputs anything.
  var isEmpty: Bool {
    !entries.indices.contains { checkpoint in
      entries[checkpoint][checkpoint].contains { $0 != nil }
    }
  }

  /// Entries of all outputs; nil where one of them has none.
  func complete(of checkpoint: Int, by model: Int, _ rows: Range<Int>) -> [Entry]? {
    let own = entries[checkpoint][model][rows]
    let known = own.compactMap { $0 }
    return known.count == own.count && !own.isEmpty ? known : nil
  }
}
