internal import AmbitMatrix

/// `mmd`: the squared maximum mean discrepancy between reference and checkpoint, unbiased.
///
/// `E k(X, X′) + E k(Y, Y′) − 2 E k(X, Y)` with `k = exp(−d²/2ℓ²)`, ℓ the median distance between the
/// reference's rows, over pairs of different rows; unbiased at any counts and possibly negative. In
/// [−1, 2]. Bounded, so one far output moves it little; blind to differences on scales far from ℓ.
/// Invariant to rotation, translation and a common scale. Source: Gretton et al. 2012.
struct MMD: DissimilarityMeasure {
  let id = "mmd"
  let polarity = Polarity.neither
  let summary =
    "squared maximum mean discrepancy, Gaussian kernel of the reference's median distance"
  let source = "Gretton et al. 2012, JMLR 13:723"

  func dissimilarity(squaredDistance: Double, scale: Double) -> Double {
    // Where half of the reference's pairs coincide every two different rows are infinitely far.
    guard scale > 0 else { return squaredDistance > 0 ? 1 : 0 }
    return 1 - Elementary.exp(-squaredDistance / (2 * scale * scale))
  }
}
