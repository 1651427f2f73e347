internal import AmbitMatrix

extension Matrix {
  /// The first row with NaN or an infinite number.
  var firstRowNotFinite: Int? {
    (0..<rowCount).first { !row($0).allSatisfy(\.isFinite) }
  }

  /// Throws where a row is not finite, or too long for squares in single precision.
  func requireMeasurableRows() throws(ProjectionError) {
    if let row = firstRowNotFinite { throw ProjectionError(.rowNotFinite(row)) }
    for row in 0..<rowCount
    where !(Reductions.squaredNorm(self.row(row)).squareRoot() < NeighbourSearch.longest) {
      throw ProjectionError(.rowTooLong(row))
    }
  }

  /// Whether all rows are equal.
  var isConstant: Bool { (1..<max(1, rowCount)).allSatisfy { row($0) == row(0) } }
}
