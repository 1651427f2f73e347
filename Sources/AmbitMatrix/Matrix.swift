/// A dense matrix of single-precision numbers, `rowCount × columnCount`.
///
/// Storage is row-major: element (i, j) is `values[i * columnCount + j]`. Throughout Ambit row *i* is
/// record *i*, so a matrix is never reordered, only sliced into new ones.
///
/// Elements may be NaN or infinite; routines that cannot accept them say so.
public struct Matrix: Equatable, Sendable {
  /// The number of rows.
  public let rowCount: Int
  /// The number of columns.
  public let columnCount: Int
  /// The elements, row after row.
  public var values: [Float] {
    didSet { precondition(values.count == rowCount * columnCount, "a matrix keeps its shape") }
  }

  /// Wraps `values`, whose count must be `rowCount * columnCount`.
  public init(rowCount: Int, columnCount: Int, values: [Float]) {
    precondition(rowCount >= 0 && columnCount >= 0, "a matrix has no negative extent")
    precondition(values.count == rowCount * columnCount, "values must fill rows × columns")
    self.rowCount = rowCount
    self.columnCount = columnCount
    self.values = values
  }

  /// A matrix of zeros.
  public init(rowCount: Int, columnCount: Int) {
    self.init(
      rowCount: rowCount, columnCount: columnCount,
      values: [Float](repeating: 0, count: rowCount * columnCount))
  }

  /// Element (row, column).
  public subscript(row: Int, column: Int) -> Float {
    get {
      precondition(column >= 0 && column < columnCount, "column out of range")
      return values[row * columnCount + column]
    }
    set {
      precondition(column >= 0 && column < columnCount, "column out of range")
      values[row * columnCount + column] = newValue
    }
  }

  /// A copy of row `index`.
  public func row(_ index: Int) -> ArraySlice<Float> {
    values[index * columnCount..<(index + 1) * columnCount]
  }

  /// A new matrix whose row *k* is row `indices[k]` of this one. O(count · columns).
  public func rows(_ indices: [Int]) -> Matrix {
    var picked: [Float] = []
    picked.reserveCapacity(indices.count * columnCount)
    for index in indices { picked.append(contentsOf: row(index)) }
    return Matrix(rowCount: indices.count, columnCount: columnCount, values: picked)
  }

  /// The rows of all `parts`, one part after another. All parts have the same column count.
  public static func stacked(_ parts: [Matrix]) -> Matrix {
    let columnCount = parts.first?.columnCount ?? 0
    precondition(parts.allSatisfy { $0.columnCount == columnCount }, "parts differ in width")
    var values: [Float] = []
    values.reserveCapacity(parts.reduce(0) { $0 + $1.values.count })
    for part in parts { values.append(contentsOf: part.values) }
    return Matrix(
      rowCount: parts.reduce(0) { $0 + $1.rowCount }, columnCount: columnCount, values: values)
  }
}
