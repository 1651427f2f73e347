package import AmbitMatrix

/// Cosine distances that do not depend on where a row stands.
///
/// `1 − x·y / (‖x‖ ‖y‖)`, in double precision and one fixed order, so that equal rows are at distance
/// exactly 0 and at equal distances from all others. A row of zeros has no direction: it is at distance
/// 1 from every other row, but two of them are equal.
package enum CosineGeometry {
  /// The distance of two rows whose squared norms are known.
  static func distance(
    _ first: ArraySlice<Float>, _ second: ArraySlice<Float>, squaredNorms: (Double, Double)
  ) -> Double {
    let product = squaredNorms.0 * squaredNorms.1
    guard product > 0 else { return squaredNorms.0 == squaredNorms.1 ? 0 : 1 }
    return max(0, 1 - Reductions.dot(first, second) / product.squareRoot())
  }

  /// The distances between all rows, `n × n`, row-major. O(n² · columns).
  package static func distances(_ rows: Matrix) -> [Double] {
    let count = rows.rowCount
    let norms = (0..<count).map { Reductions.squaredNorm(rows.row($0)) }
    var result = [Double](repeating: 0, count: count * count)
    for first in 0..<count {
      let row = rows.row(first)
      for second in 0..<first {
        let distance = distance(
          row, rows.row(second), squaredNorms: (norms[first], norms[second]))
        result[first * count + second] = distance
        result[second * count + first] = distance
      }
    }
    return result
  }
}
