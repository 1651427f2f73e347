/// Sums over the rows of one set of what their nearest rows of the same set say.
package struct NeighbourSums: Equatable, Sendable {
  /// The order of the neighbour that `logRadii` looks at.
  package static let radiusOrder = 5
  /// The order of the farthest neighbour that `logShares` looks at.
  package static let shareOrder = 10

  /// The number of rows.
  package var rows = 0
  /// Rows that differ from each other.
  package var distinct = 0
  /// `Σ log r₅` over rows, equal rows being neighbours at distance 0; radii below the floor count as the
  /// floor. NaN where a row has no fifth neighbour.
  package var logRadii = 0.0
  /// How many radii were below the floor.
  package var floored = 0
  /// `Σ log(r₂/r₁)` over different rows; NaN where one has no second neighbour.
  package var logRatios = 0.0
  /// `Σ 1/(k − 1) Σ_{j<k} log(r_k/r_j)` over different rows, k = 10; NaN where one has no tenth.
  package var logShares = 0.0
}
