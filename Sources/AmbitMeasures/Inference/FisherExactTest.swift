/// Whether two groups hold the same share of something: Fisher's exact test of a 2 × 2 table.
package enum FisherExactTest {
  /// The two-sided p value of `inFirst` of `first` against `inSecond` of `second`.
  ///
  /// The sum of all hypergeometric probabilities no larger than that of the table, with R's and SciPy's
  /// slack of 1e-7; below 1e-300 it may be 0. By ratios of neighbouring probabilities, O(members).
  /// Source: Fisher 1935, J. R. Stat. Soc. 98:39.
  package static func pValue(inFirst: Int, of first: Int, inSecond: Int, of second: Int) -> Double {
    let margin = inFirst + inSecond
    let fewest = max(0, margin - second)
    let most = min(margin, first)
    // Relative to the probability of the table itself.
    var whole = 1.0
    var extreme = 1.0
    func add(_ probability: Double) {
      whole += probability
      if probability <= 1 + 1e-7 { extreme += probability }
    }
    /// P(count + 1) / P(count).
    func ratio(_ count: Int) -> Double {
      Double(first - count) * Double(margin - count)
        / (Double(count + 1) * Double(second - margin + count + 1))
    }
    var probability = 1.0
    for count in inFirst..<most where probability > 0 {
      probability *= ratio(count)
      add(probability)
    }
    probability = 1
    for count in stride(from: inFirst - 1, through: fewest, by: -1) where probability > 0 {
      probability /= ratio(count)
      add(probability)
    }
    return whole.isFinite ? min(1, extreme / whole) : 0
  }
}
