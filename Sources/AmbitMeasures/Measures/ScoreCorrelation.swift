/// `score_logprob_correlation`: whether better outputs are the likelier ones.
///
/// Spearman's correlation of score and log-prob over the outputs of a prompt, the mean over prompts with
/// four outputs and more that do not all tie. To first order, tuning on the score lowers the entropy of
/// a model by their covariance: `dH/d(1/β) = −Cov(ln π, r)`. So above 0 preference tuning starts by
/// narrowing, below 0 by widening. H0: 0, sign-flip test over prompts. In [−1, 1]. Sources: Spearman
/// 1904; Zhang et al. 2025 for typicality bias.
package struct ScoreCorrelation: Measure {
  package let id = "score_logprob_correlation"
  package let polarity = Polarity.neither
  package let summary = "Spearman correlation of score and log-prob within prompts"
  package let source = "Spearman 1904, Am. J. Psychol. 15:72; Zhang et al. 2025, arXiv:2510.01171"
  package let scopes: [Scope] = [.within]
  package let domain = MeasureDomain.logprob
  static let fewestSamples = 4

  /// Spearman's ρ with mean ranks for ties; NaN where all values of a list are equal.
  package static func spearman(_ first: [Double], _ second: [Double]) -> Double {
    precondition(first.count == second.count, "pairs of numbers")
    let (a, b) = (ranks(first), ranks(second))
    let mean = Double(first.count - 1) / 2
    var (product, squaresA, squaresB) = (0.0, 0.0, 0.0)
    for index in a.indices {
      product += (a[index] - mean) * (b[index] - mean)
      squaresA += (a[index] - mean) * (a[index] - mean)
      squaresB += (b[index] - mean) * (b[index] - mean)
    }
    return squaresA > 0 && squaresB > 0
      ? product / (squaresA.squareRoot() * squaresB.squareRoot()) : .nan
  }

  private static func ranks(_ values: [Double]) -> [Double] {
    let order = values.indices.sorted { (values[$0], $0) < (values[$1], $1) }
    var ranks = [Double](repeating: 0, count: values.count)
    var start = 0
    while start < order.count {
      var end = start
      while end + 1 < order.count && values[order[end + 1]] == values[order[start]] { end += 1 }
      for place in start...end { ranks[order[place]] = Double(start + end) / 2 }
      start = end + 1
    }
    return ranks
  }
}
