/// A difference of two groups of units, and the same difference under relabellings of the units.
struct Relabelled: Sendable {
  let observed: Double
  let replicates: [Double]
  /// The same relabellings of units about their own group's mean: what chance alone would give, however
  /// large the observed difference is.
  let noise: [Double]
  /// Whether the relabellings are all there are, the identity among them.
  let isExhaustive: Bool

  /// By how much relabelled deviations from means must be drawn out to vary as differences do: deviations from
  /// means fall short of those from the truth, and of few units the spread itself is uncertain, as Student's
  /// law has it.
  static func spread(count: Int, means: Int) -> Double {
    let degrees = Double(count - means)
    return (Double(count) / degrees).squareRoot()
      * StudentT.quantile(central: Interval.level, degrees: degrees)
      / NormalDistribution.quantile(1 - (1 - Interval.level) / 2)
  }

  /// The two-sided p value.
  var pValue: Double? {
    PermutationTest.pValue(
      observed: observed, replicates: replicates, tail: .twoSided, isExhaustive: isExhaustive)
  }

  /// Where 95 % of the differences lie that chance alone would give.
  var band: Interval? { .percentile(noise) }
}
