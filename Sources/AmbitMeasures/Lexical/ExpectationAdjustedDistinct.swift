internal import AmbitMatrix

/// EAD: different words over the number expected of as many draws from a uniform vocabulary.
///
/// `N / (V (1 − ((V − 1)/V)^C))` for N different among C words. V is the number of different words of
/// all outputs that the study compares, fixed for all checkpoints: a vocabulary of each model's own, or
/// of a subword tokenizer, would compare what is not comparable. Signs count as words. Falls less with
/// length than Distinct-1, but still falls. Source: Liu et al. 2022 (arXiv:2202.13587).
struct ExpectationAdjustedDistinct: LexicalMeasure {
  let id = "ead"
  let polarity = Polarity.higher
  let effectKind = EffectKind.meanLogRatio
  let summary = "expectation-adjusted distinct words: N / (V (1 − ((V − 1)/V)^C)), V of the study"
  let source = "Liu et al. 2022, arXiv:2202.13587"

  func value(of sample: inout LexicalSample) -> Double {
    let counts = sample.counts(order: 1)
    return Self.value(types: counts.kinds, total: counts.total, vocabulary: sample.vocabulary)
  }

  /// The formula; NaN of no words.
  static func value(types: Int, total: Int, vocabulary: Int) -> Double {
    let v = Double(vocabulary)
    let expected = v * (1 - Elementary.pow((v - 1) / v, Double(total)))
    return Double(types) / expected
  }
}
