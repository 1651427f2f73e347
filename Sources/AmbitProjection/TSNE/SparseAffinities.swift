internal import AmbitMatrix

/// The symmetric affinities pᵢⱼ = (p(j|i) + p(i|j)) / 2n of t-SNE, which add up to 1.
///
/// Compressed rows. Each row is filled up to a multiple of sixteen with affinity 0 of the row to
/// itself, so that loops need no remainder.
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

  /// Each row's own neighbours first, then those rows that it is a neighbour of but not they of it;
  /// so only the shares are held beside the result.
  private init(_ shares: NeighbourShares, workers: Workers) {
    let (rows, count) = (shares.rowCount, shares.neighbourCount)
    let marks = shares.unreturned(workers: workers)
    var lengths = [Int](repeating: count, count: rows)
    shares.forEachUnreturned(marks) { _, receiver, _ in lengths[receiver] += 1 }
    rowCount = rows
    starts = Self.starts(ofRowsWithLengths: lengths.map { ($0 + 15) / 16 * 16 })
    columns = SharedBuffer(repeating: 0, count: starts[rows])
    values = SharedBuffer(repeating: 0, count: starts[rows])
    let scale = 1 / (2 * Float(rows))
    let (starts, columns, values) = (starts, columns, values)
    var ends = (0..<rows).map { starts[$0] + count }
    shares.forEachUnreturned(marks) { giver, receiver, place in
      let end = ends[receiver]
      columns.pointer[end] = Int32(truncatingIfNeeded: giver)
      values.pointer[end] = shares.values.pointer[place] * scale
      ends[receiver] = end + 1
    }
    let filled = ends
    workers.forEachBlock(of: rows, size: 256) { block in
      for row in block {
        for offset in 0..<count {
          let place = row * count + offset
          let receiver = Int(shares.columns.pointer[place])
          var sum = shares.values.pointer[place]
          if !shares.isMarked(row, offset, in: marks),
            let answer = shares.place(of: row, in: receiver)
          {
            sum += shares.values.pointer[answer]
          }
          columns.pointer[starts[row] + offset] = Int32(truncatingIfNeeded: receiver)
          values.pointer[starts[row] + offset] = sum * scale
        }
        for rest in filled[row]..<starts[row + 1] { columns.pointer[rest] = Int32(row) }
      }
    }
  }

  private static func starts(ofRowsWithLengths lengths: [Int]) -> [Int] {
    var starts = [0]
    starts.reserveCapacity(lengths.count + 1)
    for length in lengths { starts.append(starts[starts.count - 1] + length) }
    return starts
  }

  /// Puts rows and columns in another order.
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
