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

  private typealias Lanes = SIMD16<Float>

  package init(of rows: Matrix, workers: Workers) {
    let mean = rows.columnMeans()
    let width = rows.columnCount
    let centred = workers.makeMatrix(
      rowCount: rows.rowCount, columnCount: width, blockRows: 128
    ) { block, span in
      span.withUnsafeMutableBufferPointer { target in
        rows.values.withUnsafeBufferPointer { source in
          mean.withUnsafeBufferPointer { mean in
            for row in 0..<block.count {
              let (from, to) = ((block.lowerBound + row) * width, row * width)
              for column in 0..<width {
                target[to + column] = Float(Double(source[from + column]) - mean[column])
              }
            }
          }
        }
      }
    }
    self.rows = centred
    norms = (0..<centred.rowCount).map { Float(Reductions.squaredNorm(centred.row($0))) }
    // A sum of products in any order, the rounding of the centred numbers, and four sums.
    share = Float(width + 32) * 0x1p-24
    least = Float(width + 32) * .leastNormalMagnitude
  }

  /// What a block of rows sees of one of them.
  package struct Row: ~Copyable {
    /// The row's number.
    package let index: Int
    /// Its squared distances to `others`: no true one lies below. Of bounds that do not exist, because
    /// numbers are too large, NaN or infinite. Filled up with infinities to a multiple of sixteen.
    package let lower: UnsafeMutableBufferPointer<Float>
    /// No true squared distance lies above; filled up alike.
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
    let packed = PackedRows(others, of: rows, workers: workers)
    let (size, width) = (packed.blockRows, packed.stride)
    let normsOfOthers =
      norms[others] + [Float](repeating: 0, count: packed.stride - packed.count)
    return workers.map((range.count + size - 1) / size) { block in
      let first = range.lowerBound + block * size
      let part = first..<min(range.upperBound, first + size)
      var state = state()
      // One block of products; then one row of upper bounds.
      withUnsafeTemporaryAllocation(of: Float.self, capacity: (part.count + 1) * width) { buffer in
        guard let products = buffer.baseAddress else { return }
        packed.writeProducts(ofRows: part, of: rows, to: products)
        let upper = products + part.count * width
        for row in part {
          let lower = products + (row - first) * width
          normsOfOthers.withUnsafeBufferPointer { norms in
            writeBounds(norms, own: self.norms[row], lower: lower, upper: upper)
          }
          for place in others.count..<width {
            (lower[place], upper[place]) = (.infinity, .infinity)
          }
          body(
            &state,
            Row(
              index: row, lower: UnsafeMutableBufferPointer(start: lower, count: width),
              upper: UnsafeMutableBufferPointer(start: upper, count: width)))
        }
      }
      return state
    }
  }

  /// From the products in `lower` to both bounds.
  private func writeBounds(
    _ norms: UnsafeBufferPointer<Float>, own: Float, lower: UnsafeMutablePointer<Float>,
    upper: UnsafeMutablePointer<Float>
  ) {
    guard let start = norms.baseAddress else { return }
    let (share, least) = (Lanes(repeating: share), Lanes(repeating: least))
    for place in stride(from: 0, to: norms.count, by: Lanes.scalarCount) {
      let product = UnsafeRawPointer(lower + place).loadUnaligned(as: Lanes.self)
      let sum = own + UnsafeRawPointer(start + place).loadUnaligned(as: Lanes.self)
      let square = sum - (product + product)
      let error = share * sum + least
      UnsafeMutableRawPointer(lower + place).storeBytes(of: square - error, as: Lanes.self)
      UnsafeMutableRawPointer(upper + place).storeBytes(of: square + error, as: Lanes.self)
    }
  }
}
