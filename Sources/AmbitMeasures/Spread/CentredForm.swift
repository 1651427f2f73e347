/// A measure of rows about the mean of all checkpoints, divided by their lengths.
///
/// Its rows have the measure's id and `centred` in their variant. Measures that have such a form are
/// those of prompts, of pairs of rows and of two sets; on unit rows `dispersion` is
/// `mean_cosine_distance`, so it needs none. The suite lists those that are worth their time. The mean
/// is that of the checkpoints' means, the same for all, so a number depends a little on what else is in
/// the study.
struct CentredForm: Measure {
  let measure: any Measure

  init(_ measure: any Measure) { self.measure = measure }

  var id: String { measure.id }
  var polarity: Polarity { measure.polarity }
  var summary: String { measure.summary + "; about the mean of all checkpoints" }
  var source: String { measure.source }
  var variants: [String] { measure.variants.map(Self.variant) }
  var scopes: [Scope] { measure.scopes }
  var domain: MeasureDomain { measure.domain }

  /// The word in the `variant` column for a form of the measure.
  static func variant(_ plain: String) -> String {
    plain.isEmpty ? "centred" : plain + "_centred"
  }
}
