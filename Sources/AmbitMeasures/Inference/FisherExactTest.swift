internal import AmbitMatrix

/// Whether two groups hold the same share of something: Fisher's exact test of a 2 × 2 table.
package enum FisherExactTest {
  /// The two-sided p value of `inFirst` of `first` against `inSecond` of `second`.
  package static func pValue(inFirst: Int, of first: Int, inSecond: Int, of second: Int) -> Double {
    let values = pValues(margin: inFirst + inSecond, first: first, second: second)
    return values.pValues[inFirst - values.fewest]
  }

  /// The two-sided p values of every way to share `margin` members out between two groups: that of
  /// `fewest + i` members in the first group at place i.
  ///
  /// The sum of all hypergeometric probabilities no larger than that of the table, with R's and SciPy's
  /// slack of 1e-7. O(margin log margin). Source: Fisher 1935, J. R. Stat. Soc. 98:39.
  package static func pValues(
    margin: Int, first: Int, second: Int
  ) -> (fewest: Int, pValues: [Double]) {
    precondition(margin >= 0 && margin <= first + second, "more members than there are")
    let fewest = max(0, margin - second)
    let most = min(margin, first)
    func logChoose(_ n: Int, _ k: Int) -> Double {
      Elementary.logGamma(Double(n) + 1) - Elementary.logGamma(Double(k) + 1)
        - Elementary.logGamma(Double(n - k) + 1)
    }
    let whole = logChoose(first + second, margin)
    let probabilities = (fewest...most).map { count in
      Elementary.exp(logChoose(first, count) + logChoose(second, margin - count) - whole)
    }
    let order = probabilities.indices.sorted {
      (probabilities[$0], $0) < (probabilities[$1], $1)
    }
    var values = probabilities
    var reached = 0
    var sum = 0.0
    for place in order {
      while reached < order.count,
        probabilities[order[reached]] <= probabilities[place] * (1 + 1e-7)
      {
        sum += probabilities[order[reached]]
        reached += 1
      }
      values[place] = min(1, sum)
    }
    return (fewest, values)
  }
}
