package import AmbitMatrix

/// The leading principal components of several sets of rows taken together.
package enum SharedComponents {
  /// Each set in the `count` leading components of all, every set weighing the same; as they are where
  /// they have no more columns than that.
  ///
  /// One eigenproblem of order width, or of the number of all rows where that is smaller. What is
  /// returned is about the mean of the sets' means; signs are LAPACK's.
  package static func coordinates(of sets: [Matrix], count: Int, workers: Workers) -> [Matrix] {
    let width = sets[0].columnCount
    guard count < width else { return sets }
    let all = MatrixStack(sets)
    let weights = sets.flatMap { set in
      [Double](repeating: 1 / Double(set.rowCount), count: set.rowCount)
    }
    let mean = all.columnMeans(weights: weights)
    let middle = mean.map { Float($0) }
    @Sendable func centred(_ set: Matrix) -> Matrix {
      PromptGrams.centred(set, 0..<set.rowCount, about: middle)
    }
    let axes: Matrix
    if all.rowCount < width {
      // X Xᵀ has the eigenvectors u of which Xᵀ u are the axes.
      var scaled = centred(all.joined)
      for row in 0..<all.rowCount {
        let scale = Float(weights[row].squareRoot())
        for column in 0..<width { scaled[row, column] *= scale }
      }
      let gram = scaled.multiplied(byTransposeOf: scaled, workers: workers)
      let eigen = SymmetricEigen(
        of: gram.values.map { Double($0) }, order: all.rowCount, largest: count)
      let raw = Matrix(
        rowCount: count, columnCount: all.rowCount,
        values: eigen.vectors.flatMap { $0.map { Float($0) } }
      ).multiplied(by: scaled, workers: workers)
      axes = CosineKernel.unitRows(raw)
    } else {
      let eigen = SymmetricEigen(
        of: all.weightedScatter(about: mean, weights: weights, workers: workers), order: width,
        largest: count)
      axes = Matrix(
        rowCount: count, columnCount: width,
        values: eigen.vectors.flatMap { $0.map { Float($0) } })
    }
    // Blocks of the size of a product's, so that rows are where they were in a product of all at once.
    let products = all.blocks(size: Matrix.productBlockRows, workers: workers) { _, matrix, own in
      PromptGrams.centred(matrix, own, about: middle)
        .multiplied(byTransposeOf: axes, workers: Workers(threadCount: 1))
    }
    let found = MatrixStack(products)
    var start = 0
    return sets.map { set in
      defer { start += set.rowCount }
      return found.rows(Array(start..<start + set.rowCount))
    }
  }
}
