/// `centroid_shift`: the squared distance between the means of reference and checkpoint.
///
/// `‖x̄_t − x̄_b‖² − tr S_t/n_t − tr S_b/n_b`: the noise of the means is taken out, so it is unbiased for
/// `‖μ_t − μ_b‖²` and may be negative. The same number as
/// `2 E δ(X, Y) − E δ(X, X′) − E δ(Y, Y′)` with δ half the squared distance. Unit: that of a squared
/// distance. Invariant to rotation and translation. Large with no loss of spread, it is drift.
struct CentroidShift: DissimilarityMeasure {
  let id = "centroid_shift"
  let polarity = Polarity.neither
  let summary = "squared distance between the means, corrected for their noise"
  let source = "Chen & Qin 2010, Ann. Stat. 38:808"

  func dissimilarity(squaredDistance: Double, scale: Double) -> Double { squaredDistance / 2 }
}
