internal import AmbitMatrix

/// `mean_cosine_distance` within prompts: the mean over pairs of samples of `1 − cos(xᵢ, xⱼ)`.
///
/// On rows divided by their lengths it is `r/(r−1) · (1 − ‖x̄‖²) = tr S`, so on unit rows the same
/// number as `dispersion`; it differs where vectors of other lengths were given. Unbiased at any
/// r ≥ 2, in [0, 2]. Invariant to rotation and to the length of each row; a row of zeros is at
/// distance 1 from every other. Source: the identity is elementary; Lai et al. 2020 for texts.
struct MeanCosineDistanceWithin: PromptMeasure {
  let id = "mean_cosine_distance"
  let polarity = Polarity.higher
  let summary = "mean cosine distance between the samples of a prompt"
  let source =
    "Tevet & Berant 2021, arXiv:2004.02990; per input as Kirk et al. 2023, arXiv:2310.06452"

  func values(of rows: Matrix, offsets: [Int], workers: Workers) -> [[Double]] {
    let variances = DispersionWithin.totalVariances(
      of: CosineKernel.unitRows(rows), offsets: offsets, workers: workers)
    return [
      variances.indices.map { prompt in
        let own = offsets[prompt]..<offsets[prompt + 1]
        let zeros = own.count { Reductions.squaredNorm(rows.row($0)) == 0 }
        // tr S counts a row of zeros at ½ (1 + 0) from unit rows, and two such rows at 0.
        let (n, z) = (Double(own.count), Double(zeros))
        return variances[prompt] + z * ((n - z) / 2 + (z - 1) / 2) / (n * (n - 1) / 2)
      }
    ]
  }

  func values(of sample: PromptSample) -> [Double] {
    guard sample.count >= 2 else { return [.nan] }
    let n = Double(sample.count)
    let sum = sample.cosines.reduce(0, +) - n
    return [max(0, 1 - sum / (n * (n - 1)))]
  }
}

/// `mean_cosine_distance` of many prompts together: the mean of `1 − cos(xᵢ, xⱼ)` over pairs.
///
/// `pooled`: over all pairs of different outputs, on unit rows `n/(n−1) · (1 − ‖x̄‖²)`. `across`: over
/// pairs of outputs of different prompts, each pair of prompts weighing the same: the form published as
/// SBERT diversity across inputs. Unbiased at any counts, in [0, 2]. Invariant to rotation and to the
/// length of each row.
struct MeanCosineDistanceOfPairs: CosinePairMeasure {
  let scope: Scope
  let id = "mean_cosine_distance"
  let polarity = Polarity.higher
  let source =
    "Tevet & Berant 2021, arXiv:2004.02990; across inputs as Kirk et al. 2023, arXiv:2310.06452"

  var summary: String {
    "mean cosine distance between outputs\(scope == .across ? " to different prompts" : "")"
  }

  func term(cosine: Double) -> Double { 1 - cosine }
  func value(ofMean mean: Double) -> Double { mean.isNaN ? .nan : max(0, mean) }
}
