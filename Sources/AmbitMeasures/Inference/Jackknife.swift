/// The delete-one jackknife over independent units (prompts, or rows where there are none).
package enum Jackknife {
  /// The variance `(m − 1)/m · Σ (θ₍ᵢ₎ − θ̄)²` from the leave-one-out values; `nil` where one of them
  /// is not finite. Source: Efron & Stein 1981, who show that it errs on the high side.
  package static func variance(_ leaveOneOut: [Double]) -> Double? {
    guard leaveOneOut.count >= 2, leaveOneOut.allSatisfy(\.isFinite) else { return nil }
    let count = Double(leaveOneOut.count)
    let mean = leaveOneOut.reduce(0, +) / count
    let squares = leaveOneOut.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    return (count - 1) / count * squares
  }
}
