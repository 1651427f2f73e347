/// A measure of how the outputs of one checkpoint are spread over kinds.
///
/// Kinds within prompts come of complete linkage, those of all outputs of a joint k-means.
protocol ClusterMeasure: Measure {
  /// `within` or `pooled`.
  var scope: Scope { get }
  var variant: String { get }
  var effectKind: EffectKind { get }
  /// Whether its expectation changes with the number of outputs, so that only equal counts compare.
  var dependsOnCount: Bool { get }
  /// The most relabellings that its p value is worth.
  var permutationLimit: Int { get }
  /// The value; NaN where it is undefined.
  func value(of counts: AbundanceCounts, at levels: ClusterLevels) -> Double
}

extension ClusterMeasure {
  var variant: String { "" }
  var variants: [String] { [variant] }
  var scopes: [Scope] { [scope] }
  var dependsOnCount: Bool { true }
  var permutationLimit: Int { .max }

  /// A value on the scale on which it is compared.
  func scaled(_ value: Double) -> Double {
    effectKind == .difference ? value : StudyContext.logarithm(value)
  }
}

/// The size and the coverage at which all checkpoints of a study are compared: the least that any has.
struct ClusterLevels: Equatable, Sendable {
  var size: Int
  var coverage: Double

  /// Of samples as they are.
  static let none = ClusterLevels(size: 0, coverage: 0)
}

/// A measure of which clusters two checkpoints share.
package protocol ClusterPairMeasure: Measure {
  /// Which values are evidence that the two differ.
  var tail: PermutationTest.Tail { get }
  /// The largest value that there can be among `clusters` clusters.
  func upperBound(clusters: Int) -> Double
  /// The value; NaN where it is undefined.
  func value(of table: ClusterTable) -> Double
}
