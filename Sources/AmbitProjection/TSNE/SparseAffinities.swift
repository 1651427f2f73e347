internal import AmbitMatrix

/// The symmetric affinities pᵢⱼ = (p(j|i) + p(i|j)) / 2n of t-SNE, which add up to 1.
///
/// Compressed rows, columns rising. Each row is filled up to a multiple of sixteen with affinity 0 of
/// the row to itself, so that loops need no remainder.
struct SparseAffinities: Sendable {
  let rowCount: Int
  /// Where each row begins, and the end.
  private(set) var starts: [Int]
  private(set) var columns: SharedBuffer<Int32>
  private(set) var values: SharedBuffer<Float>

  /// Makes the shares of each row's neighbours symmetric. O(n·k·log k).
  init(_ neighbours: consuming NearestNeighbours, perplexities: [Double], workers: Workers) {
    self.init(
      NeighbourShares(neighbours, perplexities: perplexities, workers: workers), workers: workers)
  }

  private init(_ shares: NeighbourShares, workers: Workers) {
    let rows = shares.rowCount
    let lengths = SharedBuffer<Int>(repeating: 0, count: rows)
    workers.forEachBlock(of: rows, size: 256) { block in
      for row in block {
        var length = 0
        shares.forEachPartner(of: row) { _, _ in length += 1 }
        lengths.pointer[row] = (length + 15) / 16 * 16
      }
    }
    rowCount = rows
    starts = Self.starts(ofRowsWithLengths: (0..<rows).map { lengths.pointer[$0] })
    columns = SharedBuffer(repeating: 0, count: starts[rows])
    values = SharedBuffer(repeating: 0, count: starts[rows])
    let scale = 1 / (2 * Float(rows))
    let (starts, columns, values) = (starts, columns, values)
    workers.forEachBlock(of: rows, size: 256) { block in
      for row in block {
        var place = starts[row]
        shares.forEachPartner(of: row) { partner, sum in
          columns.pointer[place] = Int32(truncatingIfNeeded: partner)
          values.pointer[place] = sum * scale
          place += 1
        }
        for rest in place..<starts[row + 1] { columns.pointer[rest] = Int32(row) }
      }
    }
  }

  private static func starts(ofRowsWithLengths lengths: [Int]) -> [Int] {
    var starts = [0]
    starts.reserveCapacity(lengths.count + 1)
    for length in lengths { starts.append(starts[starts.count - 1] + length) }
    return starts
  }

  /// Puts rows and columns in another order; columns no longer rise.
  ///
  /// One list after the other, for memory is scarce where rows are many.
  mutating func reorder(_ order: MapOrder, workers: Workers) {
    let places = order.places
    let newStarts = Self.starts(
      ofRowsWithLengths: order.points.map { starts[Int($0) + 1] - starts[Int($0)] })
    columns = moved(columns, order, newStarts, workers) { places[Int($0)] }
    values = moved(values, order, newStarts, workers) { $0 }
    starts = newStarts
  }

  private func moved<Number: BitwiseCopyable & Sendable>(
    _ list: SharedBuffer<Number>, _ order: MapOrder, _ newStarts: [Int], _ workers: Workers,
    _ change: @Sendable (Number) -> Number
  ) -> SharedBuffer<Number> {
    let result = SharedBuffer<Number>(repeating: list.pointer[0], count: list.count)
    workers.forEachBlock(of: rowCount, size: 1024) { block in
      for row in block {
        let source = list.pointer + starts[Int(order.points[row])]
        let target = result.pointer + newStarts[row]
        for offset in 0..<newStarts[row + 1] - newStarts[row] {
          target[offset] = change(source[offset])
        }
      }
    }
    return result
  }

  /// `Σ pᵢⱼ ln pᵢⱼ`, the part of the divergence that no map changes.
  func negativeEntropy(workers: Workers) -> Double {
    let blockSize = 4096
    let count = values.count
    return workers.map((count + blockSize - 1) / blockSize) { block in
      var sum = 0.0
      for index in block * blockSize..<min(count, (block + 1) * blockSize) {
        let p = Double(values.pointer[index])
        if p > 0 { sum += p * Elementary.log(p) }
      }
      return sum
    }.reduce(0, +)
  }
}
