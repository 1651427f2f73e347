/// The share of a law that belongs to the kinds already seen: how complete a sample is.
///
/// 1 less this is the chance that the next draw is of a new kind.
package enum SampleCoverageEstimate {
  /// Good and Turing's `1 − f₁/n`; NaN of nothing. Source: Good 1953, Biometrika 40:237.
  package static func goodTuring(_ counts: AbundanceCounts) -> Double {
    counts.total > 0 ? 1 - Double(counts.once) / Double(counts.total) : .nan
  }

  /// Chao and Jost's `1 − (f₁/n) A`, whose bias is far smaller; NaN of fewer than two draws.
  ///
  /// Source: Chao & Jost 2012, Ecology 93:2533, (4a).
  package static func chaoJost(_ counts: AbundanceCounts) -> Double {
    guard counts.total > 1 else { return .nan }
    return 1 - Double(counts.once) / Double(counts.total) * retention(counts)
  }

  /// `A = (n−1) f₁ / ((n−1) f₁ + 2 f₂)`: by what factor the share not covered shrinks with one more
  /// draw. Where no kind was seen twice, f₂ = 1 and one f₁ less, as the authors' own code has it.
  static func retention(_ counts: AbundanceCounts) -> Double {
    let before = Double(counts.total - 1)
    let once = Double(counts.once)
    guard once > 0 else { return 0 }
    let (kept, twice) =
      counts.twice > 0 ? (before * once, Double(counts.twice)) : (before * (once - 1), 1)
    return kept / (kept + 2 * twice)
  }
}
