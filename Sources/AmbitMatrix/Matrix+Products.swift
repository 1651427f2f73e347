extension Matrix {
  /// Rows per block of every blocked product; fixed, so that results never depend on threads.
  package static let productBlockRows = 256

  /// `self · other`, `n × k` times `k × m`. Row blocks run in parallel; each row's sums are those of
  /// one single-threaded SGEMM of a block of up to 256 rows.
  public func multiplied(by other: Matrix, workers: Workers) -> Matrix {
    precondition(columnCount == other.rowCount, "inner extents differ")
    return product(with: other, columns: other.columnCount, transposed: false, workers: workers)
  }

  /// `self · otherᵀ`, `n × k` times `(m × k)ᵀ`.
  public func multiplied(byTransposeOf other: Matrix, workers: Workers) -> Matrix {
    precondition(columnCount == other.columnCount, "inner extents differ")
    return product(with: other, columns: other.rowCount, transposed: true, workers: workers)
  }

  private func product(
    with other: Matrix, columns: Int, transposed: Bool, workers: Workers
  ) -> Matrix {
    let inner = columnCount
    return workers.makeMatrix(
      rowCount: rowCount, columnCount: columns, blockRows: Self.productBlockRows
    ) { block, span in
      span.withUnsafeMutableBufferPointer { target in
        values.withUnsafeBufferPointer { left in
          other.values.withUnsafeBufferPointer { right in
            guard let a = left.baseAddress, let b = right.baseAddress, let c = target.baseAddress
            else { return }
            BLAS.accumulateProduct(
              a + block.lowerBound * inner, rows: block.count, inner: inner,
              leadingA: max(1, inner),
              transposeA: false, b, columns: columns, leadingB: max(1, other.columnCount),
              transposeB: transposed, into: c, leadingC: max(1, columns), keep: 0)
          }
        }
      }
    }
  }

  /// The mean of each column, optionally weighted; sums in `Double`. Weights need not add up to 1.
  public func columnMeans(weights: [Double]? = nil) -> [Double] {
    MatrixStack([self]).columnMeans(weights: weights)
  }

  /// `Σᵢ wᵢ (xᵢ − center)(xᵢ − center)ᵀ`, a full symmetric `d × d` in `Double`, row-major.
  ///
  /// Products are single-precision SSYRK over blocks of at most 512 rows; blocks are added in
  /// `Double`, in an order that depends on the row count alone. O(n·d²/2).
  public func weightedScatter(
    about center: [Double], weights: [Double]? = nil, workers: Workers
  ) -> [Double] {
    MatrixStack([self]).weightedScatter(about: center, weights: weights, workers: workers)
  }
}
