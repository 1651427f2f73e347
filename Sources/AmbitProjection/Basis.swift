public import AmbitMatrix

/// A mean and a few directions: a linear map from rows of width *d* to *k* coordinates.
///
/// The coordinates of row x are vⱼ · (x − mean). Directions are orthonormal, so lengths and areas in
/// the plane are those of the rows' shadow in it; or zero, where the rows that a basis was fitted on
/// vary in fewer than *k* directions.
public struct Basis: Equatable, Sendable {
  /// The name of the space in result files, for example `pca2_within`.
  public let space: String
  /// The row that is mapped to the origin.
  public let mean: [Double]
  /// The directions v₁ … vₖ.
  public let components: [[Double]]

  /// The width of the rows that it maps.
  public var width: Int { mean.count }

  /// The number of coordinates that it gives.
  public var componentCount: Int { components.count }

  /// A basis from its parts, such as arrays read from a file.
  ///
  /// - Throws: `ProjectionError` for no components, lengths that differ, numbers that are not finite,
  ///   and components that are not orthonormal (to 10⁻⁴, which single precision satisfies) or zero.
  public init(
    space: String, mean: [Double], components: [[Double]]
  ) throws(ProjectionError) {
    guard !components.isEmpty, components.allSatisfy({ $0.count == mean.count }) else {
      throw ProjectionError(.shape(mean: mean.count, components: components.map(\.count)))
    }
    guard mean.allSatisfy(\.isFinite), components.allSatisfy({ $0.allSatisfy(\.isFinite) }) else {
      throw ProjectionError(.notFinite)
    }
    for (index, component) in components.enumerated() where component.contains(where: { $0 != 0 }) {
      let isUnit = abs(dot(component, component) - 1) <= 1e-4
      guard isUnit, components[..<index].allSatisfy({ abs(dot($0, component)) <= 1e-4 }) else {
        throw ProjectionError(.notOrthonormal)
      }
    }
    self.init(space: space, trustedMean: mean, components: components)
  }

  init(space: String, trustedMean mean: [Double], components: [[Double]]) {
    self.space = space
    self.mean = mean
    self.components = components
  }

  /// The coordinates of each row, `n × k`, in row order.
  ///
  /// Differences, products and sums are in `Double` and the result is rounded once, so coordinates
  /// depend neither on the thread count nor on the BLAS in use. O(n·d·k).
  ///
  /// - Throws: `ProjectionError` where the rows have another width than the basis.
  public func coordinates(
    of rows: Matrix, workers: Workers
  ) throws(ProjectionError) -> Matrix {
    guard rows.columnCount == width else {
      throw ProjectionError(.width(expected: width, found: rows.columnCount))
    }
    let flat = components.flatMap { $0 }
    let count = componentCount
    return workers.makeMatrix(
      rowCount: rows.rowCount, columnCount: count, blockRows: blockRows
    ) { block, target in
      CentredProducts.with(rows, about: mean, along: flat) { products in
        for row in block {
          for component in 0..<count {
            target[(row - block.lowerBound) * count + component] = Float(
              products.dot(row: row, direction: component))
          }
        }
      }
    }
  }
}
