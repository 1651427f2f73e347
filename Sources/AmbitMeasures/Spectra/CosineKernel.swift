package import AmbitMatrix

/// The cosine kernel of some rows, `k_ij = xᵢ·xⱼ / (‖xᵢ‖ ‖xⱼ‖)`, as its smaller product.
///
/// `X Xᵀ` (n × n) and `Xᵀ X` (width × width) of unit rows have the same non-zero eigenvalues and the
/// same sum of squares, so whichever is smaller serves. A row of zeros has no direction: it is like
/// itself and like no other row. Products in single precision, sums in `Double`.
package struct CosineKernel: Sendable {
  /// The number of rows.
  package let count: Int
  private let product: [Double]
  private let order: Int
  private let zeroRows: Int

  /// - Parameter rows: unit rows or rows of zeros, as `unitRows` makes them.
  package init(unitRows rows: Matrix, workers: Workers) {
    count = rows.rowCount
    zeroRows = (0..<rows.rowCount).count { Reductions.squaredNorm(rows.row($0)) == 0 }
    if rows.rowCount <= rows.columnCount {
      order = rows.rowCount
      product = rows.multiplied(byTransposeOf: rows, workers: workers).values.map { Double($0) }
    } else {
      order = rows.columnCount
      product = rows.weightedScatter(
        about: [Double](repeating: 0, count: order), workers: workers)
    }
  }

  /// The kernel of samples whose cosines are known, `count × count`, ones on the diagonal.
  package init(cosines: [Double], count: Int) {
    self.count = count
    product = cosines
    order = count
    zeroRows = 0
  }

  /// The mean of `k_ij²` over pairs of different rows; NaN of fewer than two.
  package var meanSquare: Double {
    guard count > 1 else { return .nan }
    let n = Double(count)
    let squares = product.reduce(0) { $0 + $1 * $1 }
    return max(0, squares - Double(count - zeroRows)) / (n * (n - 1))
  }

  /// The eigenvalues of `K / n`, which add up to 1, largest first.
  package var spectrum: [Double] {
    let n = Double(count)
    // K has no negative eigenvalue but by rounding.
    let values = SymmetricEigen.values(of: product, order: order).map { max(0, $0 / n) }
    let whole = values + [Double](repeating: 1 / n, count: zeroRows)
    return zeroRows == 0 ? whole : whole.sorted(by: >)
  }

  /// The rows divided by their lengths; rows of zeros stay as they are.
  package static func unitRows(_ rows: Matrix) -> Matrix {
    var values = rows.values
    let width = rows.columnCount
    for row in 0..<rows.rowCount {
      let norm = Reductions.squaredNorm(rows.row(row)).squareRoot()
      guard norm > 0 else { continue }
      let scale = 1 / norm
      for index in row * width..<(row + 1) * width {
        values[index] = Float(Double(values[index]) * scale)
      }
    }
    return Matrix(rowCount: rows.rowCount, columnCount: width, values: values)
  }
}
