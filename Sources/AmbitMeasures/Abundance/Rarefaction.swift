internal import AmbitMatrix

/// The kinds that a smaller or somewhat larger sample would hold.
///
/// Below n the mean over all subsamples, exactly, by log-gamma; above it the extrapolation by Chao1, up
/// to twice the sample, beyond which its error is not bounded. Two samples compare at equal size, or,
/// fairer to the more diverse one, at equal coverage. Sources: Hurlbert 1971, Ecology 52:577; Chao &
/// Jost 2012, Ecology 93:2533; Colwell et al. 2012, J. Plant Ecol. 5:3.
package struct Rarefaction: Sendable {
  private let counts: AbundanceCounts

  /// - Parameter counts: of at least two draws.
  package init(_ counts: AbundanceCounts) {
    precondition(counts.total > 1, "there is nothing to rarefy")
    self.counts = counts
  }

  /// The largest size that is extrapolated to.
  package var limit: Int { 2 * counts.total }

  /// The expected number of kinds among `size` draws: `Σ_i [1 − C(n−nᵢ, m)/C(n, m)]` up to n.
  ///
  /// - Precondition: `size` is between 0 and `limit`.
  package func kinds(at size: Int) -> Double {
    precondition(size >= 0 && size <= limit, "beyond twice the sample")
    let n = counts.total
    if size > n {
      let unseen = Richness.unseen(counts)
      guard unseen > 0 else { return Double(counts.kinds) }
      let rate = Double(counts.once) / (Double(n) * unseen + Double(counts.once))
      return Double(counts.kinds) + unseen * (1 - Elementary.pow(1 - rate, Double(size - n)))
    }
    if size == n { return Double(counts.kinds) }
    let outside = Self.logFactorial(n - size) - Self.logFactorial(n)
    return counts.sum { count in
      guard n - count >= size else { return 1 }
      return 1
        - Elementary.exp(
          Self.logFactorial(n - count) - Self.logFactorial(n - count - size) + outside)
    }
  }

  /// The expected coverage of `size` draws: below n `1 − Σ_i (nᵢ/n) C(n−nᵢ, m)/C(n−1, m)`, unbiased.
  ///
  /// - Precondition: `size` is between 0 and `limit`.
  package func coverage(at size: Int) -> Double {
    precondition(size >= 0 && size <= limit, "beyond twice the sample")
    let n = counts.total
    if size >= n {
      return 1 - Double(counts.once) / Double(n)
        * Elementary.pow(SampleCoverageEstimate.retention(counts), Double(size - n + 1))
    }
    let outside = Self.logFactorial(n - 1 - size) - Self.logFactorial(n - 1)
    return 1
      - counts.sum { count in
        guard n - count >= size else { return 0 }
        return Double(count) / Double(n)
          * Elementary.exp(
            Self.logFactorial(n - count) - Self.logFactorial(n - count - size) + outside)
      }
  }

  /// The expected number of kinds in a sample that covers `coverage` of its law, between sizes by a
  /// straight line; at most that at `limit`, which may cover less.
  package func kinds(atCoverage coverage: Double) -> Double {
    var low = 0
    var high = limit
    guard self.coverage(at: high) > coverage else { return kinds(at: high) }
    while high - low > 1 {
      let middle = (low + high) / 2
      if self.coverage(at: middle) <= coverage { low = middle } else { high = middle }
    }
    let (before, after) = (self.coverage(at: low), self.coverage(at: high))
    let share = after > before ? max(0, (coverage - before) / (after - before)) : 0
    return (1 - share) * kinds(at: low) + share * kinds(at: high)
  }

  private static func logFactorial(_ n: Int) -> Double { Elementary.logGamma(Double(n) + 1) }
}
