/// p values from replicates under the null.
package enum PermutationTest {
  /// What counts as evidence against the null.
  package enum Tail: Sendable {
    /// Values as far from 0 as the observed one, on either side.
    case twoSided
    /// Values as small as the observed one.
    case low
    /// Values as large as the observed one.
    case high
  }

  /// `(1 + #{as extreme}) / (1 + B)`; with every relabelling enumerated `#{as extreme} / B`.
  ///
  /// Values within 1e-6 (relative, and absolute below 1) of the observed one count as extreme, since
  /// equal sums differ by rounding. A replicate that is NaN counts as extreme. Source: Phipson &
  /// Smyth 2010.
  package static func pValue(
    observed: Double, replicates: [Double], tail: Tail, isExhaustive: Bool
  ) -> Double? {
    guard observed.isFinite, !replicates.isEmpty else { return nil }
    let slack = 1e-6 * max(1, abs(observed))
    var extreme = 0
    for value in replicates {
      let counts =
        switch tail {
        case .twoSided: !(abs(value) < abs(observed) - slack)
        case .low: !(value > observed + slack)
        case .high: !(value < observed - slack)
        }
      extreme += counts ? 1 : 0
    }
    return isExhaustive
      ? Double(extreme) / Double(replicates.count)
      : Double(1 + extreme) / Double(1 + replicates.count)
  }
}
