package import AmbitMatrix

/// The eigenvalues of a covariance.
package enum CovarianceSpectrum {
  /// Of the covariance of some rows, with n − 1, largest first; at most min(n, width) of them, the
  /// others are 0. Empty for fewer than two rows.
  ///
  /// One eigenproblem of order min(n, width): `Xᵀ X` and `X Xᵀ` of centred rows share eigenvalues.
  package static func values(of rows: Matrix, workers: Workers) -> [Double] {
    guard rows.rowCount > 1 else { return [] }
    let degrees = Double(rows.rowCount - 1)
    let mean = rows.columnMeans()
    let values: [Double]
    if rows.rowCount > rows.columnCount {
      values = SymmetricEigen.values(
        of: rows.weightedScatter(about: mean, workers: workers), order: rows.columnCount)
    } else {
      let centred = PromptGrams.centred(rows, 0..<rows.rowCount, about: mean.map { Float($0) })
      values = SymmetricEigen.values(
        of: centred.multiplied(byTransposeOf: centred, workers: workers).values.map { Double($0) },
        order: rows.rowCount)
    }
    return values.map { max(0, $0 / degrees) }
  }
}
