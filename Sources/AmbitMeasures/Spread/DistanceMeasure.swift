/// A measure of the distances between all pairs of outputs of one checkpoint.
package protocol DistanceMeasure: Measure {
  /// What it is of the distances.
  var statistic: DistanceStatistic { get }
}

/// A number that many distances have.
package enum DistanceStatistic: Sendable {
  case mean
  case median
}

/// A measure of how far outputs of one checkpoint lie from their nearest.
package protocol NeighbourSpreadMeasure: Measure {
  /// The words of the `variant` column, in the order of the values; one empty word if it has none.
  var variants: [String] { get }
  /// Whether equal outputs are counted once.
  var skipsDuplicates: Bool { get }
  /// One value a variant; NaN where undefined.
  func values(of sums: NeighbourSums) -> [Double]
}
