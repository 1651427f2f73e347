/// A measure of what a set of outputs is made of as text: words, n-grams, bytes.
///
/// It knows its formula alone; intervals, nulls and p values come from `LexicalEngine`.
protocol LexicalMeasure: Measure {
  /// The word of the `variant` column for whole outputs; empty where the measure has one form.
  var variant: String { get }
  /// `meanLogRatio` for positive quantities; `difference` for shares, entropies and what can be 0.
  var effectKind: EffectKind { get }
  /// The outputs that it needs to mean anything.
  var samplesNeeded: Int { get }
  /// Whether it compares the outputs of a set with one another, so that its expectation changes with
  /// their number and outputs of different prompts are a question of their own. If not, it is the mean
  /// of what each output has alone, the same in every scope.
  var comparesOutputs: Bool { get }
  /// Whether it is taken of outputs cut to the same number of tokens too.
  var hasWindow: Bool { get }
  /// The value; NaN where it is undefined.
  func value(of sample: inout LexicalSample) -> Double
}

extension LexicalMeasure {
  var variant: String { "" }
  var effectKind: EffectKind { .difference }
  var samplesNeeded: Int { 1 }
  var comparesOutputs: Bool { true }
  var hasWindow: Bool { true }
}
