extension Matrix {
  /// `selfᵀ · other`, `(n × k)ᵀ` times `n × m`, as `k × m` numbers in `Double`, row-major.
  ///
  /// SGEMM over blocks of 512 rows; blocks are added in `Double`, in an order that depends on the row
  /// count alone. O(n·k·m) time, O(16·k·m) memory.
  public func transposeMultiplied(by other: Matrix, workers: Workers) -> [Double] {
    precondition(rowCount == other.rowCount, "inner extents differ")
    let (height, width) = (columnCount, other.columnCount)
    let blockRows = 512
    let chunkRows = max(blockRows, ((rowCount + 15) / 16 + blockRows - 1) / blockRows * blockRows)
    let chunks = workers.map((rowCount + chunkRows - 1) / chunkRows) { chunk in
      var total = [Double](repeating: 0, count: height * width)
      var product = [Float](repeating: 0, count: height * width)
      let end = min(rowCount, (chunk + 1) * chunkRows)
      for start in stride(from: chunk * chunkRows, to: end, by: blockRows) {
        values.withUnsafeBufferPointer { left in
          other.values.withUnsafeBufferPointer { right in
            product.withUnsafeMutableBufferPointer { target in
              guard let a = left.baseAddress, let b = right.baseAddress, let c = target.baseAddress
              else { return }
              BLAS.accumulateProduct(
                a + start * height, rows: height, inner: min(blockRows, end - start),
                leadingA: max(1, height), transposeA: true, b + start * width, columns: width,
                leadingB: max(1, width), transposeB: false, into: c, leadingC: max(1, width),
                keep: 0)
            }
          }
        }
        for index in total.indices { total[index] += Double(product[index]) }
      }
      return total
    }
    var sum = [Double](repeating: 0, count: height * width)
    for chunk in chunks {
      for index in sum.indices { sum[index] += chunk[index] }
    }
    return sum
  }
}
