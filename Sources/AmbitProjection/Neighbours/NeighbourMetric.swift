/// How far apart two rows are.
public enum NeighbourMetric: String, CaseIterable, Sendable {
  /// The length of the difference.
  case euclidean
  /// One minus the cosine of the angle; 1 where a row is zero (shorter than 10⁻¹⁷).
  case cosine
}
