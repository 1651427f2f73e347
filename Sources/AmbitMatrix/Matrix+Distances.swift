extension Matrix {
  /// Below this share of the sum of both norms a squared distance is rounding.
  package static func distanceRounding(columns: Int) -> Double { 1e-14 * Double(columns + 16) }

  /// The squared Euclidean distances between all rows, `n × n`, zeros on the diagonal.
  ///
  /// By inner products about the mean row, in double precision, so that near rows lose no digits: equal
  /// rows are at distance exactly 0. Symmetric but for the last bit. O(n² · columns) operations and n² single-precision numbers; what a
  /// row of the result holds does not depend on the number of threads.
  public func squaredDistances(workers: Workers) -> Matrix {
    let width = columnCount
    let count = rowCount
    let mean = columnMeans()
    let centred = [Double](unsafeUninitializedCapacity: count * width) { buffer, filled in
      for row in 0..<count {
        for column in 0..<width {
          buffer[row * width + column] = Double(values[row * width + column]) - mean[column]
        }
      }
      filled = count * width
    }
    let norms = (0..<count).map { row in
      centred[row * width..<(row + 1) * width].reduce(0) { $0 + $1 * $1 }
    }
    let rounding = Self.distanceRounding(columns: width)
    return workers.makeMatrix(rowCount: count, columnCount: count, blockRows: 64) { block, span in
      var products = [Double](repeating: 0, count: block.count * count)
      centred.withUnsafeBufferPointer { source in
        products.withUnsafeMutableBufferPointer { target in
          guard let start = source.baseAddress, let into = target.baseAddress else { return }
          BLAS.product(
            start + block.lowerBound * width, rows: block.count, inner: width, transposeOf: start,
            columns: count, into: into)
        }
      }
      span.withUnsafeMutableBufferPointer { target in
        for row in 0..<block.count {
          let own = norms[block.lowerBound + row]
          for column in 0..<count {
            let sum = own + norms[column]
            let square = sum - 2 * products[row * count + column]
            target[row * count + column] = square > rounding * sum ? Float(square) : 0
          }
          target[row * count + block.lowerBound + row] = 0
        }
      }
    }
  }
}
