extension Matrix {
  /// Below this share of the sum of both norms a squared distance is rounding.
  package static func distanceRounding(columns: Int) -> Double { 1e-14 * Double(columns + 16) }

  /// The squared Euclidean distances between all rows, `n × n`, zeros on the diagonal.
  ///
  /// By inner products about the mean row, in double precision, so that near rows lose no digits: equal
  /// rows are at distance exactly 0. Symmetric but for the last bit. O(n² · columns) operations and n²
  /// single-precision numbers; what a row of the result holds does not depend on the number of threads.
  public func squaredDistances(workers: Workers) -> Matrix {
    let count = rowCount
    let squares = CentredSquares(self)
    return workers.makeMatrix(rowCount: count, columnCount: count, blockRows: 64) { block, span in
      span.withUnsafeMutableBufferPointer { target in
        guard let target = target.baseAddress else { return }
        squares.write(block, 0..<count, to: target)
      }
    }
  }

  /// The same, of which half is kept.
  package func symmetricSquaredDistances(workers: Workers) -> SymmetricMatrix {
    let squares = CentredSquares(self)
    return SymmetricMatrix(count: rowCount, workers: workers) { rows, columns, target in
      squares.write(rows, columns, to: target)
    }
  }
}

/// Squared distances by inner products about the mean row, in double precision.
private struct CentredSquares: Sendable {
  private let centred: [Double]
  private let norms: [Double]
  private let width: Int

  init(_ rows: Matrix) {
    let (width, count) = (rows.columnCount, rows.rowCount)
    let mean = rows.columnMeans()
    let centred = [Double](unsafeUninitializedCapacity: count * width) { buffer, filled in
      for row in 0..<count {
        for column in 0..<width {
          buffer[row * width + column] = Double(rows.values[row * width + column]) - mean[column]
        }
      }
      filled = count * width
    }
    norms = (0..<count).map { row in
      centred[row * width..<(row + 1) * width].reduce(0) { $0 + $1 * $1 }
    }
    self.centred = centred
    self.width = width
  }

  /// The distances between some rows and others, row after row.
  func write(_ rows: Range<Int>, _ others: Range<Int>, to target: UnsafeMutablePointer<Float>) {
    let rounding = Matrix.distanceRounding(columns: width)
    var products = [Double](repeating: 0, count: rows.count * others.count)
    products.withUnsafeMutableBufferPointer { products in
      centred.withUnsafeBufferPointer { source in
        guard let start = source.baseAddress, let into = products.baseAddress else { return }
        BLAS.product(
          start + rows.lowerBound * width, rows: rows.count, inner: width,
          transposeOf: start + others.lowerBound * width, columns: others.count, into: into)
      }
      for row in rows {
        let own = norms[row]
        let place = (row - rows.lowerBound) * others.count
        for other in 0..<others.count {
          let sum = own + norms[others.lowerBound + other]
          let square = sum - 2 * products[place + other]
          target[place + other] = square > rounding * sum ? Float(square) : 0
        }
        if others.contains(row) { target[place + row - others.lowerBound] = 0 }
      }
    }
  }
}
