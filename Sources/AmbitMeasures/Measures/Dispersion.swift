internal import AmbitMatrix

/// `dispersion` within prompts: the mean over prompts of `tr S_p`.
///
/// `S_p` is the covariance of the samples of one prompt, with r − 1; so `tr S_p` is the mean over
/// pairs of `½ ‖xᵢ − xⱼ‖²`, on unit vectors the mean cosine distance. Unbiased at any r ≥ 2.
/// Invariant to rotation and translation. Blind to shape: two tight far clusters equal one wide cloud.
struct DispersionWithin: PromptMeasure {
  let id = "dispersion"
  let polarity = Polarity.higher
  let summary = "mean over prompts of the total variance of its samples, tr S"
  let source = "Anderson 2001, Austral Ecol. 26:32; per input as Kirk et al. 2023, arXiv:2310.06452"

  func values(of rows: Matrix, offsets: [Int], workers: Workers) -> [[Double]] {
    [Self.totalVariances(of: rows, offsets: offsets, workers: workers)]
  }

  func values(of sample: PromptSample) -> [Double] { [sample.totalVariance] }

  /// `tr S` of each group of rows, in two passes; NaN of fewer than two rows.
  static func totalVariances(of rows: Matrix, offsets: [Int], workers: Workers) -> [Double] {
    workers.map(offsets.count - 1) { prompt in
      let range = offsets[prompt]..<offsets[prompt + 1]
      guard range.count >= 2 else { return .nan }
      let width = rows.columnCount
      var means = [Double](repeating: 0, count: width)
      var total = 0.0
      rows.values.withUnsafeBufferPointer { values in
        for row in range {
          for column in 0..<width { means[column] += Double(values[row * width + column]) }
        }
        for column in 0..<width { means[column] /= Double(range.count) }
        for row in range {
          var squares = SIMD4<Double>.zero
          var column = 0
          while column + 4 <= width {
            let start = row * width + column
            let offset =
              SIMD4<Double>(
                Double(values[start]), Double(values[start + 1]), Double(values[start + 2]),
                Double(values[start + 3]))
              - SIMD4(means[column], means[column + 1], means[column + 2], means[column + 3])
            squares += offset * offset
            column += 4
          }
          total += squares.sum()
          while column < width {
            let offset = Double(values[row * width + column]) - means[column]
            total += offset * offset
            column += 1
          }
        }
      }
      return total / Double(range.count - 1)
    }
  }
}

/// `dispersion` across prompts: `tr S` of a set with one response per prompt.
///
/// The exact expectation over which response is drawn from each prompt:
/// `Σ_p ‖x̄_p − x̄‖² / (m − 1) + (1/m) Σ_p (r_p − 1)/r_p · tr S_p`. No drawing is needed.
struct DispersionAcross: MomentMeasure {
  let id = "dispersion"
  let variant = ""
  let scope = Scope.across
  let polarity = Polarity.higher
  let summary = "total variance of one response per prompt, averaged over all draws"
  let source =
    "Anderson 2001, Austral Ecol. 26:32; across inputs as Kirk et al. 2023, arXiv:2310.06452"
  let effectKind = EffectKind.logRatio
  let samplesNeeded = 1
  let needsPrompts = true

  func value(of moments: PromptMoments) -> Double { moments.across }
}

/// `dispersion` of all outputs together: `tr S` with n − 1.
struct DispersionPooled: MomentMeasure {
  let id = "dispersion"
  let variant = ""
  let scope = Scope.pooled
  let polarity = Polarity.higher
  let summary = "total variance of all outputs together, tr S"
  let source = "Anderson 2001, Austral Ecol. 26:32"
  let effectKind = EffectKind.logRatio
  let samplesNeeded = 1
  let needsPrompts = false

  func value(of moments: PromptMoments) -> Double { moments.pooled }
}

/// `dispersion`, variant `between`: the variance `σ²_B` of the prompts' true means.
///
/// `tr Cov(x̄_p) − mean(tr S_p / r_p)`: the noise of the means is taken out, so the estimate is
/// unbiased and may be negative.
struct DispersionBetween: MomentMeasure {
  let id = "dispersion"
  let variant = "between"
  let scope = Scope.across
  let polarity = Polarity.higher
  let summary = "variance between prompts, corrected for the noise of their means"
  let source = "Searle, Casella & McCulloch 1992, Variance Components"
  let effectKind = EffectKind.logRatio
  let samplesNeeded = 2
  let needsPrompts = true

  func value(of moments: PromptMoments) -> Double { moments.between }
}
