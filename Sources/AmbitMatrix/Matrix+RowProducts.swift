extension Matrix {
  /// Writes `selfᵢ · otherⱼ` for i in `rows` and j in `otherRows`, row after row, to `target`.
  ///
  /// One single-threaded SGEMM on the caller's thread; `target` holds `rows.count * otherRows.count`
  /// numbers.
  package func writeProducts(
    ofRows rows: Range<Int>, withRows otherRows: Range<Int>, of other: Matrix,
    to target: UnsafeMutablePointer<Float>
  ) {
    precondition(columnCount == other.columnCount, "rows differ in width")
    precondition(rows.lowerBound >= 0 && rows.upperBound <= rowCount, "rows out of range")
    precondition(
      otherRows.lowerBound >= 0 && otherRows.upperBound <= other.rowCount, "rows out of range")
    let inner = columnCount
    values.withUnsafeBufferPointer { left in
      other.values.withUnsafeBufferPointer { right in
        guard let a = left.baseAddress, let b = right.baseAddress else { return }
        BLAS.accumulateProduct(
          a + rows.lowerBound * inner, rows: rows.count, inner: inner, leadingA: max(1, inner),
          transposeA: false, b + otherRows.lowerBound * inner, columns: otherRows.count,
          leadingB: max(1, inner), transposeB: true, into: target,
          leadingC: max(1, otherRows.count), keep: 0)
      }
    }
  }
}
