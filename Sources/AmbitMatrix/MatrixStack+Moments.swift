extension MatrixStack {
  /// The mean of each column, optionally weighted; see `Matrix.columnMeans`.
  package func columnMeans(weights: [Double]? = nil) -> [Double] {
    precondition(weights == nil || weights?.count == rowCount, "one weight a row")
    var sums = [Double](repeating: 0, count: columnCount)
    var total = 0.0
    for index in 0..<partCount {
      let matrix = self[index]
      for row in 0..<matrix.rowCount {
        let weight = weights?[offsets[index] + row] ?? 1
        total += weight
        let start = row * columnCount
        for column in 0..<columnCount {
          sums[column] += weight * Double(matrix.values[start + column])
        }
      }
    }
    return total > 0 ? sums.map { $0 / total } : sums
  }

  /// `Σᵢ wᵢ (xᵢ − center)(xᵢ − center)ᵀ`; see `Matrix.weightedScatter`.
  package func weightedScatter(
    about center: [Double], weights: [Double]? = nil, workers: Workers
  ) -> [Double] {
    precondition(center.count == columnCount, "one centre coordinate a column")
    precondition(weights == nil || weights?.count == rowCount, "one weight a row")
    let width = columnCount
    let blockRows = 512
    let scale = scatterScale(workers)
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
  private func scatterScale(_ workers: Workers) -> Float {
    let maxima = workers.map(partCount) { index in
      var largest: Float = 0
      for value in self[index].values { largest = max(largest, abs(value)) }
      return largest
    }
    let largest = maxima.reduce(0) { max($0, $1) }
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
    forEachBlock(of: rows, size: blockRows) { block, matrix, own in
      for row in 0..<block.count {
        let scale = factor * Float((weights?[block.lowerBound + row] ?? 1).squareRoot())
        let source = (own.lowerBound + row) * width
        for column in 0..<width {
          centred[row * width + column] = scale * (matrix.values[source + column] - middle[column])
        }
      }
      centred.withUnsafeBufferPointer { buffer in
        gram.withUnsafeMutableBufferPointer { result in
          guard let a = buffer.baseAddress, let c = result.baseAddress else { return }
          BLAS.upperGram(of: a, rows: block.count, columns: width, into: c)
        }
      }
      for index in total.indices { total[index] += Double(gram[index]) }
    }
    return total
  }
}
