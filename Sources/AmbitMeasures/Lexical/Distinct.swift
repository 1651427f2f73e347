/// Distinct-n: different n-grams over all n-grams of a set of outputs, none crossing a border of outputs.
///
/// Falls with the length and the number of outputs, so that only equal numbers compare, and the form in
/// windows beside the plain one shows what is length. In (0, 1]. Source: Li et al. 2016.
struct Distinct: LexicalMeasure {
  let order: Int
  let id = "distinct"
  let polarity = Polarity.higher
  let effectKind = EffectKind.meanLogRatio
  var variant: String { "\(order)" }
  var summary: String { "Distinct-\(order): different \(order)-grams / all \(order)-grams" }
  let source = "Li et al. 2016, arXiv:1510.03055"

  func value(of sample: inout LexicalSample) -> Double {
    let counts = sample.counts(order: order)
    return Double(counts.kinds) / Double(counts.total)
  }
}
