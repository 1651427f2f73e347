/// `entropy` [plain rb plain_per_token rb_per_token]: the entropy of what a model writes, in nats.
///
/// From the model's own log-probs of its own outputs. `plain`: the mean of `−ln p(y|x)` over a prompt's
/// outputs. `rb`: the mean of `Σ_t H(p(·|y_<t))`, the entropies of the next-token distributions on the
/// way (Rao–Blackwell); its variance is hardly ever larger, often several times smaller. Both are unbiased
/// for the entropy of whole outputs. Where distributions list only the likeliest tokens `rb` is a lower
/// bound and is flagged. `_per_token` divides by the prompt's tokens: `exp` of it is the branching factor;
/// it does not compare between tokenizers, entropies of whole outputs do. All hold for the distribution
/// sampled from alone: log-probs at temperature 1 of outputs drawn otherwise give a cross-entropy. The
/// effect is the mean difference over prompts. Sources: Shannon 1948; Amini, Vieira & Cotterell 2025.
package struct SequenceEntropy: Measure {
  package let id = "entropy"
  package let polarity = Polarity.higher
  package let summary = "entropy of whole outputs from the model's own log-probs, in nats"
  package let source = "Amini, Vieira & Cotterell 2025, arXiv:2504.10637"
  package let variants = ["plain", "rb", "plain_per_token", "rb_per_token"]
  package let scopes: [Scope] = [.within]
  package let domain = MeasureDomain.logprob

  package init() {}

  /// Numerator and denominator of one output; NaN where it has none.
  static func parts(_ entry: LogProbTable.Entry, variant: String) -> (Double, Double) {
    let value = variant.hasPrefix("rb") ? entry.entropy ?? .nan : -entry.total
    let tokens = entry.tokenCount.map(Double.init) ?? .nan
    return (value, variant.hasSuffix("_per_token") ? tokens : 1)
  }
}
