package import AmbitMatrix

/// Random orthonormal pairs of directions.
package enum RandomFrames {
  /// How many planes `projected_hull` averages over.
  package static let count = 200

  /// `2 · count` unit rows of `width` columns: rows 2f and 2f + 1 are orthogonal, uniform over all planes.
  /// A function of the width alone, so that values of different studies and seeds compare. `width` is at
  /// least 2.
  package static func directions(width: Int) -> Matrix {
    var values: [Float] = []
    values.reserveCapacity(2 * count * width)
    for frame in 0..<count {
      var random = SeedStream.frames.generator(seed: 0, replicate: frame)
      let first = unit((0..<width).map { _ in random.normal() })
      let draw = (0..<width).map { _ in random.normal() }
      let along = zip(draw, first).reduce(0) { $0 + $1.0 * $1.1 }
      let second = unit(zip(draw, first).map { $0 - along * $1 })
      values += first.map { Float($0) } + second.map { Float($0) }
    }
    return Matrix(rowCount: 2 * count, columnCount: width, values: values)
  }

  private static func unit(_ vector: [Double]) -> [Double] {
    let length = vector.reduce(0) { $0 + $1 * $1 }.squareRoot()
    return vector.map { $0 / length }
  }
}
