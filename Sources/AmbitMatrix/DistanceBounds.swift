/// Bounds of squared distances between rows, by single-precision products in blocks that are not kept.
///
/// A search reads the bounds of one row to all others, and takes the few distances that they leave open
/// in an arithmetic of its own. The bounds hold for the true squared distances, however the rows lie.
package struct DistanceBounds: Sendable {
  /// The rows about their mean.
  private let rows: Matrix
  private let norms: [Float]
  /// How far a squared distance may be off, as a share of the sum of both squared norms.
  private let share: Float
  /// What is lost at most where products are too small for single precision.
  private let least: Float

  private static let blockRows = 192

  package init(of rows: Matrix) {
    let mean = rows.columnMeans()
    let width = rows.columnCount
    var centred = rows.values
    var norms: [Float] = []
    norms.reserveCapacity(rows.rowCount)
    for row in 0..<rows.rowCount {
      var norm = 0.0
      for column in 0..<width {
        let value = Double(centred[row * width + column]) - mean[column]
        norm += value * value
        centred[row * width + column] = Float(value)
      }
      norms.append(Float(norm))
    }
    self.rows = Matrix(rowCount: rows.rowCount, columnCount: width, values: centred)
    self.norms = norms
    // A sum of products in any order, the rounding of the centred numbers, and four sums.
    share = Float(width + 32) * 0x1p-24
    least = Float(width + 32) * .leastNormalMagnitude
  }

  /// What a block of rows sees of one of them.
  package struct Row: ~Copyable {
    /// The row's number.
    package let index: Int
    /// Its squared distances to `others`: no true one lies below. Of bounds that do not exist, because
    /// numbers are too large, NaN or infinite.
    package let lower: UnsafeMutableBufferPointer<Float>
    /// No true squared distance lies above.
    package let upper: UnsafeMutableBufferPointer<Float>
  }

  /// Calls `body` once for each row of `range`, with bounds of its squared distances to the rows
  /// `others`; what it gives for each block of rows, in order.
  ///
  /// - Parameters:
  ///   - state: what the rows of a block share, made anew for every block. Blocks do not depend on the
  ///     number of threads.
  package func blocks<State: Sendable>(
    of range: Range<Int>, to others: Range<Int>, workers: Workers,
    state: @Sendable () -> State, _ body: @Sendable (inout State, borrowing Row) -> Void
  ) -> [State] {
    let size = Self.blockRows
    return workers.map((range.count + size - 1) / size) { block in
      let first = range.lowerBound + block * size
      let part = first..<min(range.upperBound, first + size)
      var state = state()
      // One block of products; then one row of upper bounds.
      withUnsafeTemporaryAllocation(
        of: Float.self, capacity: (part.count + 1) * others.count
      ) { buffer in
        guard let products = buffer.baseAddress else { return }
        rows.writeProducts(ofRows: part, withRows: others, of: rows, to: products)
        let upper = products + part.count * others.count
        for row in part {
          let lower = products + (row - first) * others.count
          writeBounds(row, others, lower: lower, upper: upper)
          body(
            &state,
            Row(
              index: row, lower: UnsafeMutableBufferPointer(start: lower, count: others.count),
              upper: UnsafeMutableBufferPointer(start: upper, count: others.count)))
        }
      }
      return state
    }
  }

  /// From the products in `lower` to both bounds.
  private func writeBounds(
    _ row: Int, _ others: Range<Int>, lower: UnsafeMutablePointer<Float>,
    upper: UnsafeMutablePointer<Float>
  ) {
    let own = norms[row]
    norms.withUnsafeBufferPointer { norms in
      for column in 0..<others.count {
        let sum = own + norms[others.lowerBound + column]
        let square = sum - 2 * lower[column]
        let error = share * sum + least
        lower[column] = square - error
        upper[column] = square + error
      }
    }
  }
}
