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
  /// Writes the terms of `count` cosines. Never to be written by a measure: what follows here is compiled
  /// for each, so that a term costs no call.
  func write(
    termsOf cosines: UnsafePointer<Float>, count: Int, to terms: UnsafeMutablePointer<Float>)
}

extension CosinePairMeasure {
  package func write(
    termsOf cosines: UnsafePointer<Float>, count: Int, to terms: UnsafeMutablePointer<Float>
  ) {
    for index in 0..<count { terms[index] = Float(term(cosine: Double(cosines[index]))) }
  }
}
