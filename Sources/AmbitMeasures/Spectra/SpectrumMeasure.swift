/// A measure of one set of outputs that is a function of eigenvalues.
package protocol SpectrumMeasure: Measure {
  /// The words of the `variant` column, in the order of the values; one empty word if it has none.
  var variants: [String] { get }
  /// Which eigenvalues it reads.
  var matrix: SpectrumMatrix { get }
  /// Whether its expectation changes with the number of rows, so that only equal counts compare.
  var dependsOnCount: Bool { get }
  /// One value a variant; NaN where undefined.
  ///
  /// - Parameters:
  ///   - spectrum: the eigenvalues, largest first; others are 0. - count: the number of rows.
  func values(of spectrum: [Double], count: Int) -> [Double]
}

/// Whose eigenvalues.
package enum SpectrumMatrix: Sendable {
  /// Of `K / n`, K the cosine kernel; they add up to 1.
  case kernel
  /// Of the covariance, with n − 1.
  case covariance
}
