/// The factor of a symmetric positive definite matrix, `A = L Lᵀ`, for systems of a few dozen unknowns.
struct Cholesky: Sendable {
  private let order: Int
  /// L, row-major, zeros above the diagonal.
  private let factor: [Double]

  /// - Precondition: the matrix is positive definite; a ridge on its diagonal makes it so. O(order³/3).
  init(_ matrix: [Double], order: Int) {
    precondition(matrix.count == order * order, "the matrix must be square")
    var factor = matrix
    factor.withUnsafeMutableBufferPointer { l in
      for column in 0..<order {
        for row in column..<order {
          var sum = l[row * order + column]
          for inner in 0..<column { sum -= l[row * order + inner] * l[column * order + inner] }
          if row == column {
            precondition(sum > 0, "the matrix is not positive definite")
            l[row * order + row] = sum.squareRoot()
          } else {
            l[row * order + column] = sum / l[column * order + column]
          }
        }
        for row in 0..<column { l[row * order + column] = 0 }
      }
    }
    self.order = order
    self.factor = factor
  }

  /// The x of `A x = b`. O(order²).
  func solution(of right: [Double]) -> [Double] {
    var x = right
    for row in 0..<order {
      for inner in 0..<row { x[row] -= factor[row * order + inner] * x[inner] }
      x[row] /= factor[row * order + row]
    }
    for row in stride(from: order - 1, through: 0, by: -1) {
      for inner in row + 1..<order { x[row] -= factor[inner * order + row] * x[inner] }
      x[row] /= factor[row * order + row]
    }
    return x
  }
}
