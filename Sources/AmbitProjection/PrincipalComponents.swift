public import AmbitMatrix

/// Principal components: the orthonormal directions along which weighted rows vary most.
public struct PrincipalComponents: Projector {
  /// How many directions are sought; at least 1.
  public let componentCount: Int

  /// - Parameter componentCount: how many directions are sought; at least 1.
  public init(componentCount: Int = 2) {
    precondition(componentCount >= 1, "at least one component")
    self.componentCount = componentCount
  }

  /// `pca2` for two components.
  public var space: String { Centring.none.space(componentCount: componentCount) }

  /// Areas in a plane of principal components are those of the rows' shadow in it.
  public var isLinear: Bool { true }

  /// Coordinates about the weighted mean, along the components of these very rows.
  public func coordinates(of rows: Matrix, weights: [Double], workers: Workers) -> Matrix {
    let basis = fit(rows, weights: weights, workers: workers)
    guard let coordinates = try? basis.coordinates(of: rows, workers: workers) else {
      preconditionFailure("a basis fits the rows that it was made of")
    }
    return coordinates
  }

  /// The basis of the weighted rows.
  ///
  /// Solves the covariance matrix where there are at least as many rows as columns, else the Gram
  /// matrix of the rows: O(n·d·min(n, d) + min(n, d)³). Products are in single precision, sums in
  /// double. Each component's sign makes its loading of largest magnitude positive, the first such
  /// where several are equal to 10⁻⁶. A direction along which the rows vary by no more than the
  /// rounding of their own numbers (a standard deviation of 2⁻²¹ of their root mean square length) is
  /// the zero vector, so that collinear rows stay exactly collinear. Equal variances leave the choice
  /// of directions to the solver.
  ///
  /// - Parameters:
  ///   - rows: finite numbers; any count, 0 included.
  ///   - weights: one non-negative number a row, of any sum.
  ///   - space: the name that the basis gets; `pca2` and its like by default.
  public func fit(
    _ rows: Matrix, weights: [Double], space: String? = nil, workers: Workers
  ) -> Basis {
    fit(MatrixStack([rows]), weights: weights, space: space, workers: workers)
  }

  /// The same of rows that are never all in one matrix.
  func fit(
    _ rows: MatrixStack, weights: [Double], space: String? = nil, workers: Workers
  ) -> Basis {
    precondition(weights.count == rows.rowCount, "one weight a row")
    precondition(weights.allSatisfy { $0 >= 0 && $0.isFinite }, "weights are not negative")
    let mean = rows.columnMeans(weights: weights)
    precondition(mean.allSatisfy(\.isFinite), "principal components need finite rows")
    let width = rows.columnCount
    let total = weights.reduce(0, +)
    var directions: [[Double]] = []
    if total > 0, width > 0 {
      let shares = weights.map { $0 / total }
      let found = min(componentCount, rows.rowCount, width)
      let candidates =
        rows.rowCount >= width
        ? SymmetricEigen(
          of: rows.weightedScatter(about: mean, weights: shares, workers: workers),
          order: width, largest: found
        ).vectors
        : Self.gramDirections(
          of: rows.joined, about: mean, weights: shares, count: found, workers: workers)
      directions = Self.significant(
        Self.orthonormalised(candidates), of: rows, about: mean, weights: shares, workers: workers
      ).map(Self.signed)
    }
    let zero = [Double](repeating: 0, count: width)
    return Basis(
      space: space ?? self.space, trustedMean: mean,
      components: directions + repeatElement(zero, count: componentCount - directions.count))
  }

  /// Zᵀu for the leading eigenvectors u of Z·Zᵀ, where Z holds the centred rows times √weight.
  private static func gramDirections(
    of rows: Matrix, about mean: [Double], weights: [Double], count: Int, workers: Workers
  ) -> [[Double]] {
    let width = rows.columnCount
    var values = rows.values
    for row in 0..<rows.rowCount {
      let scale = weights[row].squareRoot()
      for column in 0..<width {
        let index = row * width + column
        values[index] = Float(scale * (Double(values[index]) - mean[column]))
      }
    }
    let centred = Matrix(rowCount: rows.rowCount, columnCount: width, values: values)
    let gram = centred.multiplied(byTransposeOf: centred, workers: workers)
    let eigen = SymmetricEigen(
      of: gram.values.map { Double($0) }, order: rows.rowCount, largest: count)
    return eigen.vectors.map { vector in
      var direction = [Double](repeating: 0, count: width)
      for row in 0..<rows.rowCount {
        for column in 0..<width {
          direction[column] += vector[row] * Double(values[row * width + column])
        }
      }
      return direction
    }
  }

  /// Unit vectors at right angles, by Gram and Schmidt in double precision; a vector that lies in the
  /// span of those before it becomes zero.
  static func orthonormalised(_ vectors: [[Double]]) -> [[Double]] {
    var result: [[Double]] = []
    for vector in vectors {
      var rest = vector
      let length = dot(vector, vector).squareRoot()
      // Once more, for the first pass leaves rounding of the size of what it removed.
      for _ in 0..<2 {
        for earlier in result {
          let overlap = dot(rest, earlier)
          for index in rest.indices { rest[index] -= overlap * earlier[index] }
        }
      }
      let remaining = dot(rest, rest).squareRoot()
      let isIndependent = remaining > 1e-3 * length
      result.append(rest.map { isIndependent ? $0 / remaining : 0 })
    }
    return result
  }

  /// The directions without those of mere rounding.
  static func significant(
    _ directions: [[Double]], of rows: MatrixStack, about mean: [Double], weights: [Double],
    workers: Workers
  ) -> [[Double]] {
    let variance = rows.variance(
      about: mean, along: directions, weights: weights, workers: workers)
    let meanSquare = variance.total + dot(mean, mean)
    let floor = 0x1p-42 * meanSquare
    return zip(directions, variance.axes).filter { $0.1 > floor }.map(\.0)
  }

  static func signed(_ direction: [Double]) -> [Double] {
    let largest = direction.reduce(0) { max($0, abs($1)) }
    let decisive = direction.first { abs($0) >= largest * (1 - 1e-6) } ?? 0
    return decisive < 0 ? direction.map { -$0 } : direction
  }
}
