package import AmbitMatrix

/// The numbers of the Python package `vendi-score` 0.0.3 for vectors.
///
/// `score_X`, `score_K` of its kernel and `score_dual` are Hill numbers of the eigenvalues of `K / n`, with
/// K the inner products of the normalised rows, those not above 0 left out. A row of zeros stays one,
/// so the eigenvalues then add up to less than 1, unlike in `vendi`. The package's numbers for float64
/// arrays to 1e-9; for float32 arrays its own rounding at q = 1 adds up to 2e-5 of the value.
///
/// Defect kept: `score_X` hands q = 1 on whatever q it is given. Source: Friedman & Dieng 2023.
package enum VendiPackage {
  package static func scores(of rows: Matrix, workers: Workers) -> [PackageScore] {
    let spectrum = spectrum(of: rows, workers: workers)
    let first = HillNumber.one(spectrum)
    let second = 1 / spectrum.reduce(0) { $0 + $1 * $1 }
    let last = 1 / (spectrum.max() ?? .nan)
    return [
      PackageScore("score_X", first), PackageScore("score_X(q=2)", first),
      PackageScore("score_K", first), PackageScore("score_K(q=2)", second),
      PackageScore("score_K(q=inf)", last), PackageScore("score_dual", first),
      PackageScore("score_dual(q=2)", second), PackageScore("score_dual(q=inf)", last),
    ]
  }

  /// The positive eigenvalues of `K / n`, from the smaller of both products, in double precision.
  private static func spectrum(of rows: Matrix, workers: Workers) -> [Double] {
    let (n, width) = (rows.rowCount, rows.columnCount)
    let norms = (0..<n).map { Reductions.squaredNorm(rows.row($0)).squareRoot() }
    let scales = norms.map { $0 > 0 ? 1 / $0 : 0 }
    let order = min(n, width)
    let upper: [[Double]]
    if n <= width {
      upper = workers.map(n) { row in
        (row..<n).map { Reductions.dot(rows.row(row), rows.row($0)) * scales[row] * scales[$0] }
      }
    } else {
      let unit = rows.values.indices.map { Double(rows.values[$0]) * scales[$0 / width] }
      upper = workers.map(width) { column in
        var sums = [Double](repeating: 0, count: width - column)
        unit.withUnsafeBufferPointer { unit in
          for row in 0..<n {
            let start = row * width + column
            let factor = unit[start]
            for index in sums.indices { sums[index] += factor * unit[start + index] }
          }
        }
        return sums
      }
    }
    var product = [Double](repeating: 0, count: order * order)
    for (row, values) in upper.enumerated() {
      for (index, value) in values.enumerated() {
        product[row * order + row + index] = value / Double(n)
        product[(row + index) * order + row] = value / Double(n)
      }
    }
    return SymmetricEigen.values(of: product, order: order).filter { $0 > 0 }
  }
}
