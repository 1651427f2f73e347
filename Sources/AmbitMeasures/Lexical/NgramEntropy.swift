/// The entropy, in nats, of the n-grams of a set of outputs, by Chao, Wang and Jost.
///
/// n-grams of running text are not independent draws and have no finite list, so the value stays below
/// the truth; it compares sets of equal size. Source: `CountEntropy.chaoWangJost`.
struct NgramEntropy: LexicalMeasure {
  let order: Int
  let id = "ngram_entropy"
  let polarity = Polarity.higher
  var variant: String { "\(order)" }
  var summary: String { "entropy of \(order)-grams in nats, bias-corrected (Chao, Wang & Jost)" }
  let source = "Chao, Wang & Jost 2013, Methods Ecol. Evol. 4:1091"

  func value(of sample: inout LexicalSample) -> Double {
    CountEntropy.chaoWangJost(sample.counts(order: order))
  }
}
