extension Matrix {
  /// Columns per panel of a quadratic form.
  private static let panelColumns = 256

  /// `z · self · zᵀ` of every row z of `rows`, where this matrix is symmetric.
  ///
  /// Each pair of columns is met once, so it takes half the multiply-adds of a product, in SGEMMs of
  /// panels below the diagonal; sums over columns in `Double`. O(rows · n²/2), on the calling thread.
  package func quadraticForms(of rows: Matrix) -> [Double] {
    precondition(rowCount == columnCount && rows.columnCount == rowCount, "extents differ")
    let (count, width) = (rowCount, Self.panelColumns)
    var sums = [Double](repeating: 0, count: rows.rowCount)
    var product = [Float](repeating: 0, count: rows.rowCount * width)
    rows.values.withUnsafeBufferPointer { left in
      values.withUnsafeBufferPointer { own in
        product.withUnsafeMutableBufferPointer { target in
          guard let z = left.baseAddress, let d = own.baseAddress, let c = target.baseAddress
          else { return }
          for start in stride(from: 0, to: count, by: width) {
            let end = min(count, start + width)
            // The block on the diagonal holds both orders of a pair, what lies below it one.
            for (first, last, times) in [(start, end, 1.0), (end, count, 2.0)] where first < last {
              BLAS.accumulateProduct(
                z + first, rows: rows.rowCount, inner: last - first, leadingA: count,
                transposeA: false, d + first * count + start, columns: end - start,
                leadingB: count, transposeB: false, into: c, leadingC: width, keep: 0)
              for row in 0..<rows.rowCount {
                sums[row] +=
                  times
                  * Reductions.dot(
                    UnsafeBufferPointer(start: z + row * count + start, count: end - start),
                    UnsafeBufferPointer(start: c + row * width, count: end - start))
              }
            }
          }
        }
      }
    }
    return sums
  }

  /// `self · vector`, in `Double`.
  package func products(with vector: [Double]) -> [Double] {
    precondition(vector.count == columnCount, "extents differ")
    return values.withUnsafeBufferPointer { values in
      vector.withUnsafeBufferPointer { vector in
        (0..<rowCount).map { row in
          let start = row * columnCount
          return Reductions.dot(
            UnsafeBufferPointer(rebasing: values[start..<start + columnCount]), vector)
        }
      }
    }
  }
}
