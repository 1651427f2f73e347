internal import AmbitFormats

/// One vector per token, in bytes with a scale each or in `Float`.
struct StaticTable: Sendable {
  /// The numbers of all rows, row after row.
  enum Storage: Sendable {
    /// Row r is `scales[r] · bytes`.
    case bytes([Int8], scales: [Float])
    case floats([Float])
  }

  let dimension: Int
  let rowCount: Int
  private let storage: Storage

  init(_ storage: Storage, dimension: Int) {
    self.storage = storage
    self.dimension = dimension
    switch storage {
    case .bytes(let bytes, let scales):
      rowCount = scales.count
      precondition(bytes.count == rowCount * dimension, "a row has as many numbers as columns")
    case .floats(let values):
      rowCount = values.count / dimension
      precondition(values.count == rowCount * dimension, "a row has as many numbers as columns")
    }
  }

  /// Adds `weight` times a row to `target`, which holds `dimension` numbers.
  @inline(__always)
  func add(row: Int, weight: Float, to target: UnsafeMutablePointer<Float>) {
    precondition(row >= 0 && row < rowCount, "no such row")
    switch storage {
    case .bytes(let bytes, let scales):
      bytes.withUnsafeBufferPointer {
        addBytes($0.baseAddress! + row * dimension, weight * scales[row], dimension, target)
      }
    case .floats(let values):
      values.withUnsafeBufferPointer {
        addFloats($0.baseAddress! + row * dimension, weight, dimension, target)
      }
    }
  }
}

// Free functions over plain pointers: inside a method over captured arrays the loops stay scalar.

@inline(never)
private func addBytes(
  _ row: UnsafePointer<Int8>, _ weight: Float, _ count: Int, _ target: UnsafeMutablePointer<Float>
) {
  for index in 0..<count { target[index] += weight * Float(row[index]) }
}

@inline(never)
private func addFloats(
  _ row: UnsafePointer<Float>, _ weight: Float, _ count: Int,
  _ target: UnsafeMutablePointer<Float>
) {
  for index in 0..<count { target[index] += weight * row[index] }
}
