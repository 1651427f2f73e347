/// `participation_ratio`: how many directions the outputs spread in, `(tr Σ)² / tr Σ²`.
///
/// The plug-in `(tr S)² / tr S²` falls short as `1 / (1/PR + 1/(n − 1))` does; here, with ν = n − 1,
/// `a = ν²/((ν − 1)(ν + 2)) · (tr S² − (tr S)²/ν)` is unbiased for `tr Σ²` and `b = (tr S)² − 2a/ν` for
/// `(tr Σ)²` of Gaussian rows, and the value is b/a. So counts may differ. Undefined where a is not
/// positive. Invariant to rotation, translation and scale. One eigenproblem of order min(n, width).
/// Source: the moments of the Wishart law.
package struct ParticipationRatio: SpectrumMeasure {
  package let id = "participation_ratio"
  package let polarity = Polarity.higher
  package let summary = "number of directions of spread, (tr Σ)² / tr Σ², corrected for few outputs"
  package let source =
    "Gao et al. 2017, bioRxiv 214262; correction: Srivastava 2005, J. Japan Stat. Soc. 35:251"
  package let variants = [""]
  package let matrix = SpectrumMatrix.covariance
  package let dependsOnCount = false

  package init() {}

  package func values(of spectrum: [Double], count: Int) -> [Double] {
    let (trace, squares) = Self.traces(spectrum)
    let degrees = Double(count - 1)
    guard degrees > 1 else { return [.nan] }
    let a =
      degrees * degrees / ((degrees - 1) * (degrees + 2)) * (squares - trace * trace / degrees)
    let b = trace * trace - 2 * a / degrees
    return [a > 1e-9 * squares && b > 0 ? b / a : .nan]
  }

  /// `(tr S)² / tr S²`, without correction.
  package static func plugIn(_ spectrum: [Double]) -> Double {
    let (trace, squares) = traces(spectrum)
    return trace * trace / squares
  }

  private static func traces(_ spectrum: [Double]) -> (Double, Double) {
    (spectrum.reduce(0, +), spectrum.reduce(0) { $0 + $1 * $1 })
  }
}
