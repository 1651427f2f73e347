/// `frechet` [mean covariance]: the two terms of the Fréchet distance between Gaussian fits.
///
/// Variant mean is `‖μ₁ − μ₂‖²`, covariance `tr(S₁ + S₂ − 2 (S₁ S₂)^½)`; their sum is the squared
/// distance that others publish as FID or FBD. Taken in the k leading components of both sets together,
/// k = min(50, n/10). Both terms are biased upwards by about c/n, so they compare only at equal numbers
/// and against the null band, and say nothing of direction. Unit: that of a squared distance. Invariant
/// to rotation and translation. Source: Fréchet 1957; Dowson & Landau 1982; Heusel et al. 2017.
struct Frechet: Measure {
  let id = "frechet"
  let polarity = Polarity.neither
  let summary = "Fréchet distance of Gaussian fits, its mean and its covariance term"
  let source =
    "Dowson & Landau 1982, J. Multivar. Anal. 12:450; Heusel et al. 2017, arXiv:1706.08500"
  static let variants = ["mean", "covariance"]
  var variants: [String] { Self.variants }

  /// Both terms.
  static func values(_ base: GaussianFit, _ tuned: GaussianFit) -> [Double] {
    [base.squaredMeanDistance(to: tuned), base.covarianceDistance(to: tuned)]
  }
}
