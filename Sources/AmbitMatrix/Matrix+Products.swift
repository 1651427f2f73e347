extension Matrix {
  /// Rows per block of every blocked product; fixed, so that results never depend on threads.
  static let productBlockRows = 256

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
    precondition(weights == nil || weights?.count == rowCount, "one weight a row")
    var sums = [Double](repeating: 0, count: columnCount)
    var total = 0.0
    for row in 0..<rowCount {
      let weight = weights?[row] ?? 1
      total += weight
      let start = row * columnCount
      for column in 0..<columnCount { sums[column] += weight * Double(values[start + column]) }
    }
    return total > 0 ? sums.map { $0 / total } : sums
  }

  /// `Σᵢ wᵢ (xᵢ − center)(xᵢ − center)ᵀ`, a full symmetric `d × d` in `Double`, row-major.
  ///
  /// Products are single-precision SSYRK over blocks of at most 512 rows; blocks are added in
  /// `Double`, in an order that depends on the row count alone. O(n·d²/2).
  public func weightedScatter(
    about center: [Double], weights: [Double]? = nil, workers: Workers
  ) -> [Double] {
    precondition(center.count == columnCount, "one centre coordinate a column")
    precondition(weights == nil || weights?.count == rowCount, "one weight a row")
    let width = columnCount
    let blockRows = 512
    let scale = scatterScale
    let chunkRows = max(blockRows, ((rowCount + 15) / 16 + blockRows - 1) / blockRows * blockRows)
    let chunkCount = (rowCount + chunkRows - 1) / chunkRows
    let chunks = workers.map(chunkCount) { chunk in
      let rows = chunk * chunkRows..<min(rowCount, (chunk + 1) * chunkRows)
      return upperScatter(
        of: rows, about: center, weights: weights, scale: scale, blockRows: blockRows)
    }
    var scatter = [Double](repeating: 0, count: width * width)
    for chunk in chunks {
      for index in scatter.indices { scatter[index] += chunk[index] }
    }
    if scale != 1 {
      for index in scatter.indices { scatter[index] /= Double(scale) * Double(scale) }
    }
    for row in 0..<width {
      for column in 0..<row { scatter[row * width + column] = scatter[column * width + row] }
    }
    return scatter
  }

  /// What elements are multiplied by so that their squares stay within single precision: 1 but for
  /// vectors of extreme length, else a power of two that brings the largest near 1.
  private var scatterScale: Float {
    var largest: Float = 0
    for value in values { largest = max(largest, abs(value)) }
    guard largest > 0, largest.isFinite, !(0x1p-30...0x1p30).contains(largest) else { return 1 }
    return Float(sign: .plus, exponent: min(120, -largest.exponent), significand: 1)
  }

  /// The upper triangle of the weighted scatter of some rows, their elements multiplied by `factor`.
  private func upperScatter(
    of rows: Range<Int>, about center: [Double], weights: [Double]?, scale factor: Float,
    blockRows: Int
  ) -> [Double] {
    let width = columnCount
    var total = [Double](repeating: 0, count: width * width)
    var centred = [Float](repeating: 0, count: blockRows * width)
    var gram = [Float](repeating: 0, count: width * width)
    let middle = center.map { Float($0) }
    for start in stride(from: rows.lowerBound, to: rows.upperBound, by: blockRows) {
      let count = min(blockRows, rows.upperBound - start)
      for row in 0..<count {
        let scale = factor * Float((weights?[start + row] ?? 1).squareRoot())
        let source = (start + row) * width
        for column in 0..<width {
          centred[row * width + column] = scale * (values[source + column] - middle[column])
        }
      }
      centred.withUnsafeBufferPointer { block in
        gram.withUnsafeMutableBufferPointer { result in
          guard let a = block.baseAddress, let c = result.baseAddress else { return }
          BLAS.upperGram(of: a, rows: count, columns: width, into: c)
        }
      }
      for index in total.indices { total[index] += Double(gram[index]) }
    }
    return total
  }
}
