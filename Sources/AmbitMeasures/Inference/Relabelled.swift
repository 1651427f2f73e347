/// A difference of two groups of units, and the same difference under relabellings of the units.
struct Relabelled: Sendable {
  let observed: Double
  let replicates: [Double]
  /// The same relabellings of units about their own group's mean: what chance alone would give, however
  /// large the observed difference is.
  let noise: [Double]
  /// Whether the relabellings are all there are, the identity among them.
  let isExhaustive: Bool

  /// The two-sided p value.
  var pValue: Double? {
    PermutationTest.pValue(
      observed: observed, replicates: replicates, tail: .twoSided, isExhaustive: isExhaustive)
  }

  /// Where 95 % of the differences lie that chance alone would give.
  var band: Interval? { .percentile(noise) }
}
