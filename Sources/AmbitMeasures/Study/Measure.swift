package import AmbitMatrix

/// One measure of spread or of what two sets share.
///
/// A measure knows its formula and nothing of intervals, nulls or p values: the engine resamples what
/// the measure looks at and asks again. To add one, write a type that conforms to the protocol of
/// what it looks at and name it in its family, see `MeasureSuite`.
public protocol Measure: Sendable {
  /// The id in the `metric` column; never renamed.
  var id: String { get }
  /// Which direction means more diverse.
  var polarity: Polarity { get }
  /// One line: what it says, with its formula.
  var summary: String { get }
  /// Where the formula comes from: a short citation, or `elementary` and what it is.
  var source: String { get }
  /// The words of the `variant` column that it fills; one empty word where it has one form.
  var variants: [String] { get }
  /// The scopes that it is taken in where outputs have prompts.
  var scopes: [Scope] { get }
  /// What it is taken of.
  var domain: MeasureDomain { get }
}

/// A measure of one planar cloud.
package protocol PlaneMeasure: Measure {
  /// The peels it is taken of; none where it looks at the whole cloud.
  var levels: [PeelLevel] { get }
  /// The word in the `variant` column where there are no levels.
  var variant: String { get }
  /// What it costs, which decides how often it is taken again.
  var tier: PlaneTier { get }
  var effectKind: EffectKind { get }
  /// Whether its expectation changes with the number of points, so that only equal counts compare.
  var dependsOnCount: Bool { get }
  /// The value. `level` is `.all` where `levels` is empty.
  func value(of shape: PlaneShape, level: PeelLevel) -> Double
}

extension PlaneMeasure {
  package var variant: String { "" }
  package var tier: PlaneTier { .hulls }
}

/// What a planar measure costs.
package enum PlaneTier: Sendable {
  /// A hull or a moment: microseconds, so every replicate that was asked for.
  case hulls
  /// A triangulation or a density: a fraction of a millisecond, so fewer; see `PlaneEngine`.
  case fields
}

/// A measure of two planar clouds.
package protocol PlanePairMeasure: Measure {
  var levels: [PeelLevel] { get }
  /// Which values are evidence that the two clouds differ.
  var tail: PermutationTest.Tail { get }
  /// The value, NaN where undefined; `shared` is the area common to both hulls.
  func value(base: PlaneShape, tuned: PlaneShape, shared: Double, level: PeelLevel) -> Double
}

/// A measure that is a function of the first two moments of each prompt.
package protocol MomentMeasure: Measure {
  var variant: String { get }
  var scope: Scope { get }
  var effectKind: EffectKind { get }
  /// The samples per prompt that it needs.
  var samplesNeeded: Int { get }
  /// Whether it means anything where there are no prompts.
  var needsPrompts: Bool { get }
  /// Whether it reads the vectors of each output's two halves.
  var isOfHalves: Bool { get }
  /// The value, NaN where undefined.
  func value(of moments: PromptMoments) -> Double
}

extension MomentMeasure {
  package var isOfHalves: Bool { false }
}

/// A measure with a value of its own for every prompt.
package protocol PromptMeasure: Measure {
  /// The words of the `variant` column, in the order of the values; one empty word if it has none.
  var variants: [String] { get }
  /// Whether it looks at places in the raw plane; otherwise at rows of the embedding.
  var isPlanar: Bool { get }
  /// The samples that a prompt needs for a value.
  var samplesNeeded: Int { get }
  /// The most random halves that its null band is worth: few where a half costs an eigenproblem.
  var splitLimit: Int { get }
  /// Per variant, one value a prompt; NaN where the prompt has too few samples or none is defined.
  func values(of rows: Matrix, offsets: [Int], workers: Workers) -> [[Double]]
  /// The value of every variant of some samples of one prompt, by their inner products, or by their
  /// places where it is planar.
  func values(of sample: PromptSample) -> [Double]
}

extension PromptMeasure {
  package var isPlanar: Bool { false }
  package var variants: [String] { [""] }
  package var samplesNeeded: Int { 2 }
  package var splitLimit: Int { .max }

  /// Takes the prompts one by one, whole prompts in parallel.
  func perPrompt(
    _ rows: Matrix, offsets: [Int], workers: Workers, _ value: @Sendable (Matrix) -> [Double]
  ) -> [[Double]] {
    let values = workers.map(offsets.count - 1) { prompt in
      let range = offsets[prompt]..<offsets[prompt + 1]
      return range.count < samplesNeeded
        ? [Double](repeating: .nan, count: variants.count) : value(rows.rows(Array(range)))
    }
    return variants.indices.map { variant in values.map { $0[variant] } }
  }
}
