public import AmbitMatrix

/// Places rows of many dimensions in few, all of them at once.
///
/// A projector is fitted once, on the rows of every checkpoint together, never per checkpoint: only
/// then do two checkpoints lie in the same map.
public protocol Projector: Sendable {
  /// The word for the space in result files, for example `pca2`.
  var space: String { get }

  /// Whether the map is linear, so that areas and distances in it measure the rows. A map that is not
  /// linear is a picture; no number may be taken from it.
  var isLinear: Bool { get }

  /// The coordinates of each row, in row order; row *i* of the result is row *i* of `rows`.
  ///
  /// - Parameter weights: one non-negative number a row: how much the fit heeds it. All coordinates
  ///   are computed alike. Rows must be finite.
  ///   Maps of neighbours do not heed them.
  /// - Throws: `ProjectionError` where such rows cannot be placed.
  func coordinates(
    of rows: Matrix, weights: [Double], workers: Workers
  ) throws(ProjectionError) -> Matrix
}
