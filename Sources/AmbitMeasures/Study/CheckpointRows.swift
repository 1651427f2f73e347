public import AmbitMatrix

/// The rows of every checkpoint in one space, a matrix each: held, or made whenever they are looked at.
public struct CheckpointRows: RandomAccessCollection, Sendable {
  /// 0.
  public let startIndex = 0
  /// The number of checkpoints.
  public let endIndex: Int
  private let matrix: @Sendable (Int) -> Matrix

  /// The given matrices.
  public init(_ matrices: [Matrix]) {
    endIndex = matrices.count
    matrix = { matrices[$0] }
  }

  /// Matrices that `make` gives, always the same: none is held, so a loop that looks at single elements
  /// takes its matrix first.
  init(count: Int, _ make: @escaping @Sendable (Int) -> Matrix) {
    endIndex = count
    matrix = make
  }

  /// The rows of a checkpoint.
  public subscript(_ checkpoint: Int) -> Matrix {
    precondition(indices.contains(checkpoint), "one matrix a checkpoint")
    return matrix(checkpoint)
  }

  /// Those of some of the checkpoints.
  func keeping(_ kept: [Int]) -> CheckpointRows {
    CheckpointRows(count: kept.count) { [matrix] in matrix(kept[$0]) }
  }
}
