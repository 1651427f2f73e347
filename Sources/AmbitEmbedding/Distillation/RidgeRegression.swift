package import AmbitMatrix

/// Ridge regression from sparse bags to dense targets, in the dual.
///
/// The table T that minimises ‖B T − Y‖² + λ‖T‖² is Bᵀ A, where A solves (B Bᵀ + λ I) A = Y. The system
/// is never formed: conjugate gradients need only products with B and Bᵀ, run for all columns of Y at
/// once, each with step lengths of its own. Bags have unit length, so the diagonal is constant and
/// preconditioning by it would change nothing. Source: Hestenes & Stiefel 1952.
package struct RidgeRegression: Sendable {
  /// λ, above 0.
  package let penalty: Double
  /// Iterations end when every column's residual is below this share of its target.
  package var tolerance = 5e-3
  package var largestIterationCount = 200

  /// The dual solution, and how it was reached.
  package struct Solution {
    /// A: one row a text.
    package let dual: Matrix
    package let iterationCount: Int
    /// The largest residual of a column beside its target.
    package let residual: Double
  }

  package init(penalty: Double) {
    precondition(penalty > 0, "a penalty is positive")
    self.penalty = penalty
  }

  /// Solves for the dual, from `start` on where a near solution is known.
  package func solve(
    _ bags: TokenBags, _ targets: Matrix, from start: Matrix? = nil, workers: Workers
  ) -> Solution {
    let columns = targets.columnCount
    var dual = start ?? Matrix(rowCount: targets.rowCount, columnCount: columns)
    var residual = targets
    if start != nil {
      let reached = applied(bags, dual, workers: workers)
      subtract(reached, from: &residual, scale: [Float](repeating: 1, count: columns))
    }
    var direction = residual
    let goal = squares(targets).map { max($0, .leastNormalMagnitude) * tolerance * tolerance }
    var norms = squares(residual)
    var iteration = 0
    while iteration < largestIterationCount, zip(norms, goal).contains(where: { $0 > $1 }) {
      let image = applied(bags, direction, workers: workers)
      let curvature = dots(direction, image)
      let steps = zip(norms, curvature).map { $1 > 0 ? Float($0 / $1) : 0 }
      subtract(direction, from: &dual, scale: steps.map { -$0 })
      subtract(image, from: &residual, scale: steps)
      let next = squares(residual)
      let turns = zip(next, norms).map { $1 > 0 ? Float($0 / $1) : 0 }
      turn(&direction, to: residual, scale: turns)
      norms = next
      iteration += 1
    }
    let worst = zip(norms, goal).map { ($0 / $1).squareRoot() * tolerance }.max() ?? 0
    return Solution(dual: dual, iterationCount: iteration, residual: worst)
  }

  /// `(B Bᵀ + λ I) · values`.
  private func applied(_ bags: TokenBags, _ values: Matrix, workers: Workers) -> Matrix {
    let table = bags.transposeMultiplied(by: values, workers: workers)
    var image = bags.multiplied(by: table, workers: workers)
    subtract(
      values, from: &image,
      scale: [Float](repeating: Float(-penalty), count: values.columnCount))
    return image
  }

  private func squares(_ values: Matrix) -> [Double] { dots(values, values) }

  /// The inner product of each pair of columns, sums in `Double`.
  private func dots(_ left: Matrix, _ right: Matrix) -> [Double] {
    let columns = left.columnCount
    var sums = [Double](repeating: 0, count: columns)
    left.values.withUnsafeBufferPointer { left in
      right.values.withUnsafeBufferPointer { right in
        sums.withUnsafeMutableBufferPointer { sums in
          for start in stride(from: 0, to: left.count, by: max(1, columns)) {
            for column in 0..<columns {
              sums[column] += Double(left[start + column]) * Double(right[start + column])
            }
          }
        }
      }
    }
    return sums
  }

  /// `target −= values · diag(scale)`.
  private func subtract(_ values: Matrix, from target: inout Matrix, scale: [Float]) {
    update(&target, values) { target, value, column in target - scale[column] * value }
  }

  /// `direction = residual + direction · diag(scale)`.
  private func turn(_ direction: inout Matrix, to residual: Matrix, scale: [Float]) {
    update(&direction, residual) { direction, residual, column in
      residual + scale[column] * direction
    }
  }

  @inline(__always)
  private func update(
    _ target: inout Matrix, _ values: Matrix, _ rule: (Float, Float, Int) -> Float
  ) {
    let columns = target.columnCount
    let count = target.rowCount
    target.values.withUnsafeMutableBufferPointer { target in
      values.values.withUnsafeBufferPointer { values in
        for row in 0..<count {
          for column in 0..<columns {
            let index = row * columns + column
            target[index] = rule(target[index], values[index], column)
          }
        }
      }
    }
  }
}
