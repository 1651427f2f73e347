internal import COpenBLAS

/// The largest eigenpairs of a symmetric matrix, by LAPACK's `dsyevr`.
public struct SymmetricEigen: Sendable {
  /// The eigenvalues, largest first.
  public let values: [Double]
  /// The unit eigenvectors, one a row, in the order of `values`. Signs are LAPACK's.
  public let vectors: [[Double]]

  /// Computes the `count` largest eigenpairs of a symmetric `order × order` matrix, row-major.
  ///
  /// O(order³). Finite input is required: NaN is our caller's error and traps.
  public init(of matrix: [Double], order: Int, largest count: Int) {
    precondition(count >= 1 && count <= order, "between 1 and all eigenpairs")
    let (w, z) = Self.solve(matrix, order: order, largest: count, wantsVectors: true)
    values = (0..<count).map { w[count - 1 - $0] }
    vectors = (0..<count).map { Array(z[(count - 1 - $0) * order..<(count - $0) * order]) }
  }

  /// All eigenvalues of a symmetric `order × order` matrix, row-major, largest first; no vectors.
  ///
  /// O(order³), about a third of the cost with vectors. Finite input is required: NaN is our caller's
  /// error and traps.
  public static func values(of matrix: [Double], order: Int) -> [Double] {
    if order <= 1 { return matrix }
    return solve(matrix, order: order, largest: order, wantsVectors: false).values.reversed()
  }

  /// The `count` largest eigenvalues, smallest first, and where wanted their vectors one after another.
  private static func solve(
    _ matrix: [Double], order: Int, largest count: Int, wantsVectors: Bool
  ) -> (values: [Double], vectors: [Double]) {
    precondition(matrix.count == order * order, "the matrix must be square")
    BLAS.useOneThreadPerCall()
    var a = matrix
    var n = Int32(order)
    var lowest = Int32(order - count + 1)
    var highest = n
    var ignored = 0.0
    var tolerance = 0.0
    var found = Int32(0)
    var w = [Double](repeating: 0, count: order)
    var z = [Double](repeating: 0, count: wantsVectors ? order * count : 1)
    var supports = [Int32](repeating: 0, count: 2 * count)
    var info = Int32(0)
    var work = [0.0]
    var integerWork = [Int32(0)]
    for pass in 0..<2 {
      if pass == 1 {
        work = [Double](repeating: 0, count: Int(work[0]))
        integerWork = [Int32](repeating: 0, count: Int(integerWork[0]))
      }
      var workCount = pass == 0 ? Int32(-1) : Int32(work.count)
      var integerWorkCount = pass == 0 ? Int32(-1) : Int32(integerWork.count)
      dsyevr_(
        wantsVectors ? "V" : "N", wantsVectors ? "I" : "A", "U", &n, &a, &n, &ignored, &ignored,
        &lowest, &highest, &tolerance, &found, &w, &z, &n, &supports, &work, &workCount,
        &integerWork, &integerWorkCount, &info)
    }
    precondition(info == 0 && Int(found) == count, "dsyevr failed with info \(info)")
    return (w, z)
  }
}
