internal import AmbitMatrix

/// `median_distance` within prompts: the median over pairs of samples of `‖xᵢ − xⱼ‖`.
///
/// The mean over prompts of each prompt's median over its r(r − 1)/2 pairs. Unit: that of a distance.
/// Consistent, not exactly unbiased: the law of a median moves a little with r, so only equal numbers of
/// samples compare. Invariant to rotation and translation, proportional to scale; half of all pairs may
/// lie anywhere without moving it far. Source: the Hodges–Lehmann kind of U-quantile.
struct MedianDistanceWithin: PromptMeasure {
  let id = "median_distance"
  let polarity = Polarity.higher
  let summary = "median distance between the samples of a prompt, ‖xᵢ − xⱼ‖"
  let source = "Choudhury & Serfling 1988, J. Stat. Plan. Inference 19:269"
  /// 200 settle a 2.5 % quantile to a tenth of the band's width.
  let splitLimit = 200

  func values(of rows: Matrix, offsets: [Int], workers: Workers) -> [[Double]] {
    perPrompt(rows, offsets: offsets, workers: workers) { own in
      let squares = own.symmetricSquaredDistances(workers: Workers(threadCount: 1))
      return [PairMedian.value(squares, rows: Array(0..<own.rowCount))]
    }
  }

  func values(of sample: PromptSample) -> [Double] {
    var squares = sample.squaredDistances
    return [PairMedian.ofSquares(&squares)]
  }
}

/// `median_distance` of all outputs together: the median over pairs of different outputs of `‖xᵢ − xⱼ‖`.
///
/// As within prompts, over all n(n − 1)/2 pairs. A U-quantile: its law hardly moves with n, and prompts
/// may have other numbers of samples.
struct MedianDistancePooled: DistanceMeasure {
  let id = "median_distance"
  let polarity = Polarity.higher
  let summary = "median distance between outputs, ‖xᵢ − xⱼ‖"
  let source = "Choudhury & Serfling 1988, J. Stat. Plan. Inference 19:269"
  let statistic = DistanceStatistic.median
}
