/// How the vectors of a text's tokens become the vector of the text.
package enum Pooling: String, Sendable {
  /// Their mean, special tokens included.
  case mean
  /// The first token's.
  case cls
  /// The largest number of each column.
  case max
  /// Their sum over the square root of their count.
  case meanOverRoot

  /// Writes the vector of `rows` (row-major, `count × width`, at least one row) to `target`.
  package func pool(
    _ rows: UnsafePointer<Float>, count: Int, width: Int, isNormalized: Bool,
    into target: UnsafeMutablePointer<Float>
  ) {
    for column in 0..<width { target[column] = rows[column] }
    switch self {
    case .cls: break
    case .max:
      for row in 1..<Swift.max(1, count) {
        for column in 0..<width {
          target[column] = Swift.max(target[column], rows[row * width + column])
        }
      }
    case .mean, .meanOverRoot:
      for row in 1..<Swift.max(1, count) {
        RowKernels.accumulate(rows + row * width, count: width, into: target)
      }
      let divisor = self == .mean ? Float(count) : Float(count).squareRoot()
      for column in 0..<width { target[column] /= divisor }
    }
    guard isNormalized else { return }
    var square = 0.0
    for column in 0..<width { square += Double(target[column]) * Double(target[column]) }
    // The floor is that of torch.nn.functional.normalize.
    let inverse = Float(1 / Swift.max(square.squareRoot(), 1e-12))
    for column in 0..<width { target[column] *= inverse }
  }
}
