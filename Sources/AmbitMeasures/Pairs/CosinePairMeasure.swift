/// A measure of one set of outputs that is a function of a mean over pairs of different rows.
///
/// The mean is a U-statistic of a function of the cosine, so it is unbiased at any count. In scope
/// `pooled` it is over all pairs of outputs; in scope `across` over pairs of different prompts, every
/// pair of prompts weighing the same: the exact expectation over one response drawn from each.
package protocol CosinePairMeasure: Measure {
  var scope: Scope { get }
  /// What is averaged, of the cosine between two rows.
  func term(cosine: Double) -> Double
  /// The value for the mean of the terms; NaN where undefined.
  func value(ofMean mean: Double) -> Double
}
