public import AmbitMatrix

/// The vectors of the two halves of each output of a checkpoint.
public struct HalvedRows: Sendable {
  /// Of the first half, rows in the design's order.
  public let first: Matrix
  /// Of the second half; a row of zeros where an output cannot be cut.
  public let second: Matrix

  /// Joins the halves.
  ///
  /// - Precondition: two matrices of the same shape.
  public init(first: Matrix, second: Matrix) {
    precondition(
      first.rowCount == second.rowCount && first.columnCount == second.columnCount,
      "halves have one shape")
    self.first = first
    self.second = second
  }
}
