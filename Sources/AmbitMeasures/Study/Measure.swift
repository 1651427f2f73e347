package import AmbitMatrix

/// One measure of spread or of what two sets share.
///
/// A measure knows its formula and nothing of intervals, nulls or p values: the engine resamples what
/// the measure looks at and asks again. To add one, write a type that conforms to the protocol of
/// what it looks at and name it in `MeasureSuite.standard`.
public protocol Measure: Sendable {
  /// The id in the `metric` column; never renamed.
  var id: String { get }
  /// Which direction means more diverse.
  var polarity: Polarity { get }
  /// One line: what it says, with its formula.
  var summary: String { get }
}

/// A measure of one planar cloud.
package protocol PlaneMeasure: Measure {
  /// The peels it is taken of; none where it looks at the whole cloud.
  var levels: [PeelLevel] { get }
  var effectKind: EffectKind { get }
  /// Whether its expectation changes with the number of points, so that only equal counts compare.
  var dependsOnCount: Bool { get }
  /// The value. `level` is `.all` where `levels` is empty.
  func value(of shape: PlaneShape, level: PeelLevel) -> Double
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
  /// The value, NaN where undefined.
  func value(of moments: PromptMoments) -> Double
}

/// A measure with a value of its own for every prompt.
package protocol PromptMeasure: Measure {
  /// The samples that a prompt needs for a value.
  var samplesNeeded: Int { get }
  /// One value a prompt, NaN for a prompt with too few samples.
  func values(of rows: Matrix, offsets: [Int], workers: Workers) -> [Double]
  /// The value of some samples of one prompt, from the inner products of all its samples.
  ///
  /// - Parameters:
  ///   - gram: `size × size` inner products about one centre. - chosen: the samples to use.
  func value(fromGram gram: ArraySlice<Double>, size: Int, chosen: [Int]) -> Double
}
