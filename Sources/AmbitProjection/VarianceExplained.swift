public import AmbitMatrix

/// How much of the variation of some rows a basis shows.
///
/// With weights wᵢ of sum W and the rows' own weighted mean m: the total variance is
/// Σ wᵢ|xᵢ − m|² / W, the variance along axis j is Σ wᵢ(vⱼ·(xᵢ − m))² / W, and axis j explains the
/// ratio of the two. The mean is that of the rows in question, not of the basis: for a checkpoint,
/// the shift of its centroid against the others is no part of either.
public struct VarianceExplained: Equatable, Sendable {
  /// The total variance over all dimensions.
  public let total: Double
  /// The variance along each axis of the basis.
  public let axes: [Double]

  /// The share of the total along each axis, between 0 and 1; 0 where the rows do not vary.
  public var shares: [Double] { axes.map { total > 0 ? min(1, $0 / total) : 0 } }
}

extension Basis {
  /// What this basis shows of `rows`. All sums in `Double`; O(n·d·k).
  ///
  /// - Parameter weights: one non-negative number a row, of any sum.
  /// - Throws: `ProjectionError` where the rows have another width than the basis.
  public func varianceExplained(
    of rows: Matrix, weights: [Double], workers: Workers
  ) throws(ProjectionError) -> VarianceExplained {
    try varianceExplained(of: MatrixStack([rows]), weights: weights, workers: workers)
  }

  /// The same of rows that are never all in one matrix.
  func varianceExplained(
    of rows: MatrixStack, weights: [Double], workers: Workers
  ) throws(ProjectionError) -> VarianceExplained {
    guard rows.columnCount == width else {
      throw ProjectionError(.width(expected: width, found: rows.columnCount))
    }
    return rows.variance(
      about: rows.columnMeans(weights: weights), along: components, weights: weights,
      workers: workers)
  }
}

extension MatrixStack {
  /// The weighted mean squares of `row − center`, in all and along each direction.
  func variance(
    about center: [Double], along directions: [[Double]], weights: [Double], workers: Workers
  ) -> VarianceExplained {
    precondition(weights.count == rowCount, "one weight a row")
    let flat = directions.flatMap { $0 }
    let count = directions.count
    let sums = blocks(size: blockRows, workers: workers) { block, matrix, own in
      CentredProducts.with(matrix, about: center, along: flat) { products in
        // Weight, total, then each axis.
        var sums = [Double](repeating: 0, count: 2 + count)
        for row in own {
          let weight = weights[block.lowerBound + row - own.lowerBound]
          sums[0] += weight
          sums[1] += weight * products.squaredNorm(row: row)
          for axis in 0..<count {
            let coordinate = products.dot(row: row, direction: axis)
            sums[2 + axis] += weight * coordinate * coordinate
          }
        }
        return sums
      }
    }
    var all = [Double](repeating: 0, count: 2 + count)
    for block in sums {
      for index in all.indices { all[index] += block[index] }
    }
    let weight = all[0] > 0 ? all[0] : 1
    return VarianceExplained(total: all[1] / weight, axes: all[2...].map { $0 / weight })
  }
}
