/// Quantiles and medians of samples.
package enum Quantile {
  /// The `share` quantile of an ascending sample, linear between order statistics (Hyndman & Fan's
  /// type 7, NumPy's default). The sample is not empty.
  package static func ofSorted(_ sorted: [Double], _ share: Double) -> Double {
    let position = min(max(share, 0), 1) * Double(sorted.count - 1)
    let below = Int(position)
    let above = min(below + 1, sorted.count - 1)
    return sorted[below] + (sorted[above] - sorted[below]) * (position - Double(below))
  }

  /// The median; `nil` of nothing.
  package static func median(_ values: [Double]) -> Double? {
    values.isEmpty ? nil : ofSorted(values.sorted(), 0.5)
  }
}
