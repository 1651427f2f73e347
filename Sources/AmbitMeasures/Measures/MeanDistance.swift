internal import AmbitMatrix

/// `mean_distance` within prompts: the mean over pairs of samples of `‖xᵢ − xⱼ‖`.
///
/// The mean over prompts of each prompt's mean over its r(r − 1)/2 pairs, a U-statistic: unbiased at any
/// r ≥ 2. Unit: that of a distance. Invariant to rotation and translation, proportional to scale; far
/// samples move it less than `dispersion`. Source: Gini's mean difference in many dimensions.
struct MeanDistanceWithin: PromptMeasure {
  let id = "mean_distance"
  let polarity = Polarity.higher
  let summary = "mean distance between the samples of a prompt, ‖xᵢ − xⱼ‖"
  let source = "Koshevoy & Mosler 1997, J. Multivar. Anal. 60:252"

  func values(of rows: Matrix, offsets: [Int], workers: Workers) -> [[Double]] {
    perPrompt(rows, offsets: offsets, workers: workers) { own in
      let squares = own.squaredDistances(workers: Workers(threadCount: 1))
      var sum = 0.0
      for row in 0..<own.rowCount {
        for column in 0..<row {
          sum += Double(squares.values[row * own.rowCount + column]).squareRoot()
        }
      }
      return [sum / Double(own.rowCount * (own.rowCount - 1) / 2)]
    }
  }

  func values(of sample: PromptSample) -> [Double] {
    let squares = sample.squaredDistances
    return [squares.reduce(0) { $0 + $1.squareRoot() } / Double(squares.count)]
  }
}

/// `mean_distance` of all outputs together: the mean over pairs of different outputs of `‖xᵢ − xⱼ‖`.
///
/// As within prompts, over all n(n − 1)/2 pairs; unbiased at any n.
struct MeanDistancePooled: DistanceMeasure {
  let id = "mean_distance"
  let polarity = Polarity.higher
  let summary = "mean distance between outputs, ‖xᵢ − xⱼ‖"
  let source = "Koshevoy & Mosler 1997, J. Multivar. Anal. 60:252"
  let statistic = DistanceStatistic.mean
}
