public import AmbitMatrix

/// Principal components of rows that come in blocks and are never all in memory.
///
/// Keeps the weighted mean and the scatter matrix, O(d²) memory; each block costs O(b·d²). The result
/// is that of all rows at once, up to rounding. Source: Chan, Golub & LeVeque 1983.
public struct ComponentStream: Sendable {
  /// The width of the rows.
  public let width: Int
  /// The sum of the weights so far.
  public private(set) var weight = 0.0
  /// How many rows came so far.
  public private(set) var rowCount = 0
  private var mean: [Double]
  private var scatter: [Double]

  /// Begins without rows.
  public init(width: Int) {
    precondition(width >= 1, "rows have at least one number")
    self.width = width
    mean = [Double](repeating: 0, count: width)
    scatter = [Double](repeating: 0, count: width * width)
  }

  /// Takes in some rows.
  ///
  /// - Parameter weights: one non-negative number a row; all 1 by default.
  /// - Throws: `ProjectionError` for rows of another width, and numbers that are not finite (the row
  ///   is counted from the first of the stream).
  public mutating func add(
    _ rows: Matrix, weights: [Double]? = nil, workers: Workers
  ) throws(ProjectionError) {
    guard rows.columnCount == width else {
      throw ProjectionError(.width(expected: width, found: rows.columnCount))
    }
    if let row = rows.firstRowNotFinite { throw ProjectionError(.rowNotFinite(rowCount + row)) }
    let weights = weights ?? [Double](repeating: 1, count: rows.rowCount)
    let added = weights.reduce(0, +)
    rowCount += rows.rowCount
    guard added > 0 else { return }
    let middle = rows.columnMeans(weights: weights)
    let part = rows.weightedScatter(about: middle, weights: weights, workers: workers)
    let total = weight + added
    let shift = zip(middle, mean).map { $0 - $1 }
    let factor = weight * added / total
    for row in 0..<width {
      for column in 0..<width {
        let index = row * width + column
        scatter[index] += part[index] + factor * shift[row] * shift[column]
      }
    }
    for column in 0..<width { mean[column] += shift[column] * added / total }
    weight = total
  }

  /// The basis of all rows so far, with the signs of `PrincipalComponents`; directions along which
  /// they do not vary, to single precision, are zero.
  public func basis(componentCount: Int = 2, space: String? = nil) -> Basis {
    precondition(componentCount >= 1, "at least one component")
    let zero = [Double](repeating: 0, count: width)
    var components: [[Double]] = []
    if weight > 0 {
      let eigen = SymmetricEigen(
        of: scatter.map { $0 / weight }, order: width, largest: min(componentCount, width))
      let trace = (0..<width).reduce(0.0) { $0 + scatter[$1 * width + $1] / weight }
      let floor = 0x1p-42 * (trace + dot(mean, mean))
      components = zip(eigen.vectors, eigen.values).filter { $0.1 > floor }
        .map { PrincipalComponents.signed($0.0) }
    }
    return Basis(
      space: space ?? Centring.none.space(componentCount: componentCount), trustedMean: mean,
      components: components + repeatElement(zero, count: componentCount - components.count))
  }

  /// The total variance of the rows so far, and its part along each axis of their basis.
  public func varianceExplained(by basis: Basis) -> VarianceExplained {
    precondition(basis.width == width, "the basis is of these rows")
    let weight = weight > 0 ? weight : 1
    let trace = (0..<width).reduce(0.0) { $0 + scatter[$1 * width + $1] / weight }
    let axes = basis.components.map { axis in
      (0..<width).reduce(0.0) { sum, row in
        sum + axis[row] * dot(Array(scatter[row * width..<(row + 1) * width]), axis)
      } / weight
    }
    return VarianceExplained(total: trace, axes: axes)
  }
}
