internal import AmbitMatrix

/// What a weighted sum of rows must add up so that the log-determinant of their covariance follows:
/// products of coordinates (lower triangle, row after row, so that the leading coordinates come first),
/// coordinates, and the number of rows.
struct CovarianceTerms: Sendable {
  /// The number of coordinates.
  let width: Int

  /// How many numbers that is.
  var size: Int { triangle + width + 1 }
  private var triangle: Int { width * (width + 1) / 2 }

  /// The sums over some rows, about a centre.
  func sums(of range: Range<Int>, _ rows: Matrix, about centre: [Double]) -> [Double] {
    var sums = [Double](repeating: 0, count: size)
    var offset = [Double](repeating: 0, count: width)
    for row in range {
      for column in 0..<width {
        offset[column] = Double(rows.values[row * rows.columnCount + column]) - centre[column]
      }
      sums.withUnsafeMutableBufferPointer { sums in
        offset.withUnsafeBufferPointer { offset in
          var place = 0
          for first in 0..<width {
            let value = offset[first]
            for second in 0...first { sums[place + second] += value * offset[second] }
            place += first + 1
            sums[triangle + first] += value
          }
        }
      }
    }
    sums[size - 1] = Double(range.count)
    return sums
  }

  /// `½ log det S` of the leading coordinates, S with n − 1, for each of some ascending numbers of them;
  /// NaN from where S has no inverse. One Cholesky decomposition.
  func halfLogDeterminants(_ sums: [Double], of counts: [Int]) -> [Double] {
    let n = sums[size - 1]
    guard n > 1.5 else { return counts.map { _ in .nan } }
    let order = counts.last ?? 0
    var logarithm = 0.0
    var found: [Double] = []
    sums.withUnsafeBufferPointer { sums in
      withUnsafeTemporaryAllocation(of: Double.self, capacity: order * (order + 1) / 2) { root in
        var place = 0
        for row in 0..<order {
          let mean = sums[triangle + row] / n
          var start = 0
          for column in 0...row {
            let product = sums[place + column] - mean * sums[triangle + column]
            var value = product / (n - 1)
            for index in 0..<column { value -= root[place + index] * root[start + index] }
            if column < row {
              root[place + column] = value / root[start + column]
            } else {
              // A pivot of rounding is no spread.
              let scale = product / (n - 1)
              root[place + row] = value > 1e-10 * scale ? value.squareRoot() : .nan
              logarithm += Elementary.log(root[place + row])
            }
            start += column + 1
          }
          place += row + 1
          if found.count < counts.count, counts[found.count] == row + 1 { found.append(logarithm) }
        }
      }
    }
    return found
  }

  /// The weighted sums of units, one a replicate; single-precision products, a chunk of units at a time.
  ///
  /// - Parameters:
  ///   - unit: the terms of one unit. - weights: writes one weight a unit.
  func weightedSums(
    _ replicates: Int, units: Int, workers: Workers, unit: @Sendable (Int) -> [Double],
    weights: @Sendable (Int, inout [Float]) -> Void
  ) -> [[Double]] {
    let chunk = 1024
    let blockSize = 128
    var total = [[Double]](
      repeating: [Double](repeating: 0, count: size), count: replicates)
    for start in stride(from: 0, to: units, by: chunk) {
      let range = start..<min(units, start + chunk)
      let terms = workers.makeMatrix(rowCount: range.count, columnCount: size, blockRows: 16) {
        block, span in
        for row in block {
          let own = unit(start + row)
          let place = (row - block.lowerBound) * size
          for index in own.indices { span[place + index] = Float(own[index]) }
        }
      }
      let blocks = workers.map((replicates + blockSize - 1) / blockSize) { block in
        var all = [Float](repeating: 0, count: units)
        var values: [Float] = []
        let own = block * blockSize..<min(replicates, (block + 1) * blockSize)
        for replicate in own {
          weights(replicate, &all)
          values += all[range]
        }
        return Matrix(rowCount: own.count, columnCount: range.count, values: values)
          .multiplied(by: terms, workers: Workers(threadCount: 1))
      }
      for (block, products) in blocks.enumerated() {
        for row in 0..<products.rowCount {
          let replicate = block * blockSize + row
          for index in 0..<size {
            total[replicate][index] += Double(products.values[row * size + index])
          }
        }
      }
    }
    return total
  }
}
