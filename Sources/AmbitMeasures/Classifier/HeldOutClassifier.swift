package import AmbitMatrix

/// A linear classifier of two sets of rows whose scores are always of rows that it was not trained on.
///
/// Ridge regression of the labels −1 (reference) and +1 (checkpoint) on standardised columns and a
/// constant, one fit a fold, trained on the other folds: the regularised linear discriminant. The ridge
/// is 1, the weight of one output. Training needs only sums over folds, so each fit is the sum of all
/// folds less one; a relabelling changes only the right side of the equations.
package struct HeldOutClassifier: Sendable {
  /// The rows of each fold.
  package let folds: [[Int]]
  /// The columns of a row: the constant and the standardised ones that vary.
  let width: Int
  let rowCount: Int
  /// Row-major.
  let features: [Double]
  /// Per fold, `ZᵀZ` of its rows.
  private let grams: [[Double]]
  /// Per fold, the factor of `ZᵀZ + 1` over the rows of the others.
  let factors: [Cholesky]

  static let ridge = 1.0

  /// O(rows · columns²).
  ///
  /// - Precondition: every row lies in one fold; there are at least two folds.
  package init(_ rows: Matrix, folds: [[Int]], workers: Workers) {
    precondition(folds.count >= 2, "one fold is held out from another")
    self.folds = folds
    rowCount = rows.rowCount
    let mean = rows.columnMeans()
    var squares = [Double](repeating: 0, count: rows.columnCount)
    for row in 0..<rows.rowCount {
      for column in squares.indices {
        let difference = Double(rows[row, column]) - mean[column]
        squares[column] += difference * difference
      }
    }
    let largest = squares.max() ?? 0
    // A column that varies by rounding alone says nothing, and would be blown up to say much.
    let kept = squares.indices.filter { squares[$0] > 1e-12 * largest }
    let scales = kept.map { (Double(rows.rowCount) / squares[$0]).squareRoot() }
    let width = kept.count + 1
    var features: [Double] = []
    features.reserveCapacity(rows.rowCount * width)
    for row in 0..<rows.rowCount {
      features.append(1)
      for (column, scale) in zip(kept, scales) {
        features.append((Double(rows[row, column]) - mean[column]) * scale)
      }
    }
    self.width = width
    self.features = features
    let all = features
    let grams = workers.map(folds.count) { fold in
      var gram = [Double](repeating: 0, count: width * width)
      for row in folds[fold] {
        for first in 0..<width {
          let value = all[row * width + first]
          for second in 0..<width {
            gram[first * width + second] += value * all[row * width + second]
          }
        }
      }
      return gram
    }
    self.grams = grams
    factors = folds.indices.map { fold in
      Self.factor(grams, without: [fold], width: width)
    }
  }

  private static func factor(_ grams: [[Double]], without left: [Int], width: Int) -> Cholesky {
    var sum = [Double](repeating: 0, count: width * width)
    for fold in grams.indices where !left.contains(fold) {
      for index in sum.indices { sum[index] += grams[fold][index] }
    }
    for diagonal in 0..<width { sum[diagonal * width + diagonal] += ridge }
    return Cholesky(sum, order: width)
  }

  /// Every row's score by the fit that has not seen its fold. Equal rows of a fold have equal scores.
  ///
  /// - Parameter groups: 0 for the reference, 1 for the checkpoint; rows of neither, 2, are scored but
  ///   not learnt from (they count in `ZᵀZ` alone).
  package func scores(of groups: [UInt8]) -> [Double] {
    let sums = labelSums(groups)
    let total = Self.total(sums, width: width)
    var scores = [Double](repeating: 0, count: rowCount)
    for fold in folds.indices {
      let right = total.indices.map { total[$0] - sums[fold][$0] }
      write(scoresOf: fold, by: factors[fold].solution(of: right), to: &scores)
    }
    return scores
  }

  /// Per fold, `Zᵀy` of its rows.
  func labelSums(_ groups: [UInt8]) -> [[Double]] {
    folds.map { rows in
      var sum = [Double](repeating: 0, count: width)
      for row in rows where groups[row] < 2 {
        let sign = groups[row] == 1 ? 1.0 : -1
        for column in 0..<width { sum[column] += sign * features[row * width + column] }
      }
      return sum
    }
  }

  static func total(_ sums: [[Double]], width: Int) -> [Double] {
    var total = [Double](repeating: 0, count: width)
    for sum in sums { for column in 0..<width { total[column] += sum[column] } }
    return total
  }

  func write(scoresOf fold: Int, by weights: [Double], to scores: inout [Double]) {
    features.withUnsafeBufferPointer { features in
      weights.withUnsafeBufferPointer { weights in
        for row in folds[fold] {
          // Eight sums side by side, in an order that is the same for every row.
          var sums = SIMD8<Double>(repeating: 0)
          let start = row * width
          var column = 0
          while column + 8 <= width {
            sums +=
              Self.eight(features, at: start + column) * Self.eight(weights, at: column)
            column += 8
          }
          var sum = sums.sum()
          while column < width {
            sum += features[start + column] * weights[column]
            column += 1
          }
          scores[row] = sum
        }
      }
    }
  }

  @inline(__always)
  private static func eight(
    _ values: UnsafeBufferPointer<Double>, at index: Int
  ) -> SIMD8<Double> {
    UnsafeRawPointer(values.baseAddress! + index).loadUnaligned(as: SIMD8<Double>.self)
  }

  /// The factors of the fits that have seen neither of two folds: entry *f · folds + g*, f < g.
  func pairFactors(workers: Workers) -> [Cholesky?] {
    let count = folds.count
    return workers.map(count * count) { index in
      let (first, second) = (index / count, index % count)
      return first < second
        ? Self.factor(grams, without: [first, second], width: width) : nil
    }
  }
}
