package import AmbitMatrix

/// The ridge regression of dense targets on few dense features, with an intercept that costs nothing.
package struct LinearMap {
  /// One row a feature, one column a target.
  package let coefficients: Matrix
  /// What is added for every row, one number a target.
  package let intercept: [Double]

  /// Minimises `‖F C + 1 bᵀ − Y‖² + penalty ‖C‖²` over C and b, by the eigenvectors of the features'
  /// scatter. O(rows · (features + targets)² + features³).
  package init(from features: Matrix, to targets: Matrix, penalty: Double, workers: Workers) {
    precondition(features.rowCount == targets.rowCount && penalty > 0, "a target for each row")
    let (inner, outer) = (features.columnCount, targets.columnCount)
    let width = inner + outer
    let joined = workers.makeMatrix(
      rowCount: features.rowCount, columnCount: width, blockRows: 256
    ) { block, target in
      target.withUnsafeMutableBufferPointer { joined in
        for (place, row) in block.enumerated() {
          for (column, value) in features.row(row).enumerated() {
            joined[place * width + column] = value
          }
          for (column, value) in targets.row(row).enumerated() {
            joined[place * width + inner + column] = value
          }
        }
      }
    }
    let means = joined.columnMeans()
    let scatter = joined.weightedScatter(about: means, workers: workers)
    var gram: [Double] = []
    for row in 0..<inner { gram += scatter[row * width..<row * width + inner] }
    let eigen = SymmetricEigen(of: gram, order: inner, largest: inner)
    let columns = workers.map(outer) { target -> [Double] in
      var solution = [Double](repeating: 0, count: inner)
      for (value, vector) in zip(eigen.values, eigen.vectors) {
        var along = 0.0
        for row in 0..<inner { along += vector[row] * scatter[row * width + inner + target] }
        let step = along / (max(0, value) + penalty)
        for row in 0..<inner { solution[row] += step * vector[row] }
      }
      return solution
    }
    coefficients = Matrix(
      rowCount: inner, columnCount: outer,
      values: (0..<inner * outer).map { Float(columns[$0 % outer][$0 / outer]) })
    intercept = (0..<outer).map { target in
      (0..<inner).reduce(means[inner + target]) { $0 - means[$1] * columns[target][$1] }
    }
  }
}
