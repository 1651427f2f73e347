import Foundation

/// Adds log-probs up, token by token.
struct LogProbSum {
  private var total = 0.0
  private var count = 0
  private var entropy = 0.0
  private var hasEntropy = true
  private var isWhole = true

  /// Adds a token.
  ///
  /// - Parameters:
  ///   - own: its log-prob; nil for a token without one, such as the first of an echoed prompt, which
  ///     is left out.
  ///   - others: those of other tokens in its place; empty where they are not known.
  mutating func add(_ own: Double?, others: [Double]) {
    guard let own else { return }
    total += own
    count += 1
    guard let (value, missing) = Self.entropy(own: own, others: others) else {
      hasEntropy = false
      return
    }
    entropy += value
    isWhole = isWhole && missing <= LogProbs.missingMass
  }

  /// What was added; nil where a sum is not finite.
  var sum: LogProbs? {
    guard total.isFinite else { return nil }
    return LogProbs(
      total: total, tokenCount: count, entropy: hasEntropy ? entropy : nil,
      isEntropyWhole: hasEntropy && isWhole)
  }

  /// The least entropy that a distribution with these entries can have, and the mass they leave.
  ///
  /// What is left lies on tokens that are no likelier than the least likely of the listed ones, and its
  /// entropy is least on as few tokens as that allows. The token itself may be listed although it is
  /// none of the likeliest, so it sets no such limit.
  static func entropy(own: Double, others: [Double]) -> (least: Double, missing: Double)? {
    guard let limit = others.min().map(exp) ?? (own > -1e-9 ? 1 : nil) else { return nil }
    func term(_ p: Double) -> Double { p > 0 ? -p * log(p) : 0 }
    var mass = 0.0
    var sum = 0.0
    for logProb in others + [own] {
      let p = exp(min(0, logProb))
      mass += p
      sum += term(p)
    }
    let missing = max(0, 1 - mass)
    guard missing > 0, limit > 0 else { return (sum, missing) }
    let whole = (missing / limit).rounded(.down)
    return (sum + whole * term(limit) + term(missing - whole * limit), missing)
  }
}
