public import AmbitMatrix

/// A few principal components of a matrix both long and wide, by subspace iteration from a seeded
/// start: O(n·d·(k + 10)) for each of a few rounds, where exact methods take O(n·d·min(n, d)).
///
/// Rounds end once no direction turns by more than 10⁻⁵, after 60 at the most: the subspace found is
/// that of the exact method where the variances next to the cut differ; where they are equal, any of
/// their directions may be found. Source: Halko, Martinsson & Tropp 2011.
public struct RandomizedComponents: Projector {
  /// How many directions are sought; at least 1.
  public let componentCount: Int
  /// Starts the stream of the first directions.
  public let seed: UInt64

  /// - Parameter componentCount: how many directions are sought; at least 1.
  public init(componentCount: Int = 2, seed: UInt64 = 0) {
    precondition(componentCount >= 1, "at least one component")
    self.componentCount = componentCount
    self.seed = seed
  }

  /// `pca2` for two components.
  public var space: String { Centring.none.space(componentCount: componentCount) }

  /// Areas in a plane of principal components are those of the rows' shadow in it.
  public var isLinear: Bool { true }

  /// Coordinates about the weighted mean, along the components of these very rows.
  public func coordinates(
    of rows: Matrix, weights: [Double], workers: Workers
  ) throws(ProjectionError) -> Matrix {
    try fit(rows, weights: weights, workers: workers).coordinates(of: rows, workers: workers)
  }

  /// The basis of the weighted rows, with the signs of `PrincipalComponents`.
  ///
  /// - Parameter weights: one non-negative number a row, of any sum.
  public func fit(_ rows: Matrix, weights: [Double], workers: Workers) -> Basis {
    precondition(weights.count == rows.rowCount, "one weight a row")
    let width = rows.columnCount
    let rank = min(componentCount + 10, width)
    let mean = rows.columnMeans(weights: weights)
    precondition(mean.allSatisfy(\.isFinite), "principal components need finite rows")
    let total = weights.reduce(0, +)
    let shares = weights.map { total > 0 ? $0 / total : 0 }
    var random = SplitMix64(seed: seed, stream: 0x9ca0)
    var directions = PrincipalComponents.orthonormalised(
      (0..<rank).map { _ in (0..<width).map { _ in random.normal() } })
    for _ in 0..<60 {
      let images = Self.covarianceImages(
        of: directions, rows, about: mean, shares: shares, workers: workers)
      // Rayleigh and Ritz: turn the basis to the eigenvectors within its own span.
      let within = SymmetricEigen(
        of: directions.flatMap { a in images.map { dot(a, $0) } }, order: rank, largest: rank)
      let turned = within.vectors.map { vector in
        var sum = [Double](repeating: 0, count: width)
        for (factor, image) in zip(vector, images) {
          for index in sum.indices { sum[index] += factor * image[index] }
        }
        return sum
      }
      let next = PrincipalComponents.orthonormalised(turned)
      let sought = min(componentCount, rank)
      let isSettled = (0..<sought).allSatisfy { component in
        let inside = directions.prefix(sought).reduce(0.0) {
          let product = dot(next[component], $1)
          return $0 + product * product
        }
        return 1 - inside < 1e-10 || dot(next[component], next[component]) == 0
      }
      directions = next
      if isSettled { break }
    }
    let found = PrincipalComponents.significant(
      Array(directions.prefix(componentCount)), of: MatrixStack([rows]), about: mean,
      weights: shares,
      workers: workers
    ).map(PrincipalComponents.signed)
    let zero = [Double](repeating: 0, count: width)
    return Basis(
      space: space, trustedMean: mean,
      components: found + repeatElement(zero, count: componentCount - found.count))
  }

  /// `Σ wᵢ (xᵢ − m)(xᵢ − m)ᵀ v` for each direction v. Products in single precision, a block of
  /// rows at a time; sums of blocks in `Double`, in block order.
  private static func covarianceImages(
    of directions: [[Double]], _ rows: Matrix, about mean: [Double], shares: [Double],
    workers: Workers
  ) -> [[Double]] {
    let (width, rank) = (rows.columnCount, directions.count)
    let frame = Matrix(
      rowCount: rank, columnCount: width, values: directions.flatMap { $0.map { Float($0) } })
    let offsets = directions.map { dot($0, mean) }
    let products = rows.multiplied(byTransposeOf: frame, workers: workers)
    let weighted = Matrix(
      rowCount: rows.rowCount, columnCount: rank,
      values: products.values.indices.map { index in
        Float(shares[index / rank] * (Double(products.values[index]) - offsets[index % rank]))
      })
    let images = weighted.transposeMultiplied(by: rows, workers: workers)
    // The mean's own share: Σ wᵢ(vᵀ(xᵢ − m)) is 0 but for rounding.
    let sums = weighted.columnMeans().map { $0 * Double(rows.rowCount) }
    return (0..<rank).map { component in
      (0..<width).map { images[component * width + $0] - sums[component] * mean[$0] }
    }
  }
}
