internal import COpenBLAS

extension SymmetricEigen {
  /// All eigenvalues of a symmetric `order × order` matrix, row-major, largest first; no vectors.
  ///
  /// O(order³), about a third of the cost with vectors. LAPACK's `dsyevr`. Finite input is required:
  /// NaN is our caller's error and traps.
  public static func values(of matrix: [Double], order: Int) -> [Double] {
    precondition(matrix.count == order * order, "the matrix must be square")
    if order <= 1 { return matrix }
    BLAS.useOneThreadPerCall()
    var a = matrix
    var n = Int32(order)
    var ignoredIndex = Int32(0)
    var ignored = 0.0
    var tolerance = 0.0
    var found = Int32(0)
    var w = [Double](repeating: 0, count: order)
    var z = 0.0
    var supports = [Int32](repeating: 0, count: 2 * order)
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
        "N", "A", "U", &n, &a, &n, &ignored, &ignored, &ignoredIndex, &ignoredIndex, &tolerance,
        &found, &w, &z, &n, &supports, &work, &workCount, &integerWork, &integerWorkCount, &info)
    }
    precondition(info == 0 && Int(found) == order, "dsyevr failed with info \(info)")
    return w.reversed()
  }
}
