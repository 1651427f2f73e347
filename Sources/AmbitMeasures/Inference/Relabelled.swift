/// A difference of two groups of units, and the same difference under relabellings of the units.
struct Relabelled: Sendable {
  let observed: Double
  let replicates: [Double]
  /// Whether the relabellings are all there are, the identity among them.
  let isExhaustive: Bool

  /// The two-sided p value.
  var pValue: Double? {
    PermutationTest.pValue(
      observed: observed, replicates: replicates, tail: .twoSided, isExhaustive: isExhaustive)
  }

  /// Where 95 % of the relabelled differences lie.
  var band: Interval? { .percentile(replicates) }
}
