/// What a measure is taken of.
public enum MeasureDomain: String, Sendable {
  /// Vectors as they were embedded.
  case embedding
  /// Points in a joint plane, one row of a table for each plane of the study.
  case plane
  /// Outputs as text.
  case text
  /// What models give outputs: logarithms of probabilities.
  case logprob
}

// What each kind of measure says of itself, so that a new one need not.

extension Measure {
  /// One form.
  public var variants: [String] { [""] }
  /// All outputs together.
  public var scopes: [Scope] { [.pooled] }
  /// Vectors.
  public var domain: MeasureDomain { .embedding }
}

extension PlaneMeasure {
  package var variants: [String] { levels.isEmpty ? [variant] : levels.map(\.variant) }
  package var domain: MeasureDomain { .plane }
}

extension PlanePairMeasure {
  package var variants: [String] { levels.isEmpty ? [""] : levels.map(\.variant) }
  package var domain: MeasureDomain { .plane }
}

extension MomentMeasure {
  package var variants: [String] { [variant] }
  package var scopes: [Scope] { [scope] }
}

extension PromptMeasure {
  package var scopes: [Scope] { [.within] }
}

extension CosinePairMeasure {
  package var scopes: [Scope] { [scope] }
}

extension NeighbourMeasure {
  package var variants: [String] { [TwoSetNull.neighbourVariant] }
}

extension LexicalMeasure {
  var variants: [String] { LexicalStatistic.all([self]).map(\.variant) }
  var scopes: [Scope] { comparesOutputs ? [.within, .across] : [.within] }
  var domain: MeasureDomain { .text }
}
