package import AmbitMatrix

/// Mean and covariance of some rows in a few dimensions.
package struct GaussianFit: Equatable, Sendable {
  /// The mean, one number a dimension.
  package let mean: [Double]
  /// The covariance with n − 1, row-major; NaN of fewer than two rows.
  package let covariance: [Double]

  package init(mean: [Double], covariance: [Double]) {
    self.mean = mean
    self.covariance = covariance
  }

  /// Of the chosen rows. O(rows · columns²).
  package init(_ rows: Matrix, chosen: [Int]) {
    let width = rows.columnCount
    let part = rows.rows(chosen)
    let mean = part.columnMeans()
    self.mean = mean
    covariance = part.weightedScatter(about: mean, workers: Workers(threadCount: 1)).map {
      chosen.count > 1 ? $0 / Double(chosen.count - 1) : .nan
    }
    precondition(covariance.count == width * width, "a covariance is square")
  }

  /// `‖μ₁ − μ₂‖²`.
  package func squaredMeanDistance(to other: GaussianFit) -> Double {
    zip(mean, other.mean).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
  }

  /// `tr(S₁ + S₂ − 2 (S₁^½ S₂ S₁^½)^½)`, not negative; NaN where a covariance is.
  package func covarianceDistance(to other: GaussianFit) -> Double {
    let width = mean.count
    guard covariance.allSatisfy(\.isFinite), other.covariance.allSatisfy(\.isFinite) else {
      return .nan
    }
    let own = SymmetricEigen(of: covariance, order: width, largest: width)
    // Rows of R = Λ^½ V, so that R S₂ Rᵀ has the eigenvalues of S₁^½ S₂ S₁^½.
    let root = zip(own.values, own.vectors).map { value, vector in
      vector.map { $0 * max(0, value).squareRoot() }
    }
    let half = root.map { row in
      (0..<width).map { column in
        (0..<width).reduce(0.0) { $0 + row[$1] * other.covariance[$1 * width + column] }
      }
    }
    var product = [Double](repeating: 0, count: width * width)
    for row in 0..<width {
      for column in 0...row {
        let value = zip(half[row], root[column]).reduce(0.0) { $0 + $1.0 * $1.1 }
        product[row * width + column] = value
        product[column * width + row] = value
      }
    }
    let cross = SymmetricEigen.values(of: product, order: width).reduce(0) {
      $0 + max(0, $1).squareRoot()
    }
    let traces = (0..<width).reduce(0) {
      $0 + covariance[$1 * width + $1] + other.covariance[$1 * width + $1]
    }
    return max(0, traces - 2 * cross)
  }
}
