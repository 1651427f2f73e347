/// The mean of some numbers and their squares about it, in two passes.
package struct SampleMoments: Sendable {
  /// How many numbers there are.
  package let count: Double
  /// Their mean; NaN of nothing.
  package let mean: Double
  /// `Σ (xᵢ − x̄)²`.
  package let squares: Double

  package init(_ values: [Double]) {
    let count = Double(values.count)
    let mean = values.reduce(0, +) / count
    self.count = count
    self.mean = mean
    squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
  }

  /// The variance with n − 1; NaN of fewer than two numbers.
  package var variance: Double { count > 1 ? squares / (count - 1) : .nan }

  /// The variance of the mean of independent numbers.
  package var varianceOfMean: Double { variance / count }
}
