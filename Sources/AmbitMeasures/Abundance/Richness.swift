/// How many kinds a law has, of which only counts are known.
package enum Richness {
  /// Chao's estimate from abundances: the kinds seen plus `f₁²/2f₂` for those not seen, `(n−1)/n` of
  /// it; `f₁(f₁−1)/2` where no kind was seen twice. NaN of nothing.
  ///
  /// A lower bound: its mean is at most the truth, far below it where many kinds are very rare, and
  /// without meaning where there is no finite number. Sources: Chao 1984, Scand. J. Stat. 11:265; with
  /// the factor, Chao 1987, Biometrics 43:783.
  package static func chao1(_ counts: AbundanceCounts) -> Double {
    guard counts.total > 0 else { return .nan }
    return Double(counts.kinds) + unseen(counts)
  }

  /// Chao1's number of kinds not seen.
  static func unseen(_ counts: AbundanceCounts) -> Double {
    let n = Double(counts.total)
    let once = Double(counts.once)
    return (n - 1) / n
      * (counts.twice > 0
        ? once * once / (2 * Double(counts.twice)) : once * (once - 1) / 2)
  }
}
