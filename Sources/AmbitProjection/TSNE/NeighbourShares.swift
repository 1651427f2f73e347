internal import AmbitMatrix

/// What each row gives to its neighbours: one half of an affinity.
struct NeighbourShares: Sendable {
  let rowCount: Int
  let neighbourCount: Int
  /// `n × k`: the neighbours of each row, rising.
  let columns: SharedBuffer<Int32>
  /// `n × k`: what each of them is given.
  let values: SharedBuffer<Float>

  /// O(n·k·log k).
  init(_ neighbours: consuming NearestNeighbours, perplexities: [Double], workers: Workers) {
    let (rows, count) = (neighbours.rowCount, neighbours.neighbourCount)
    rowCount = rows
    neighbourCount = count
    let shares = PerplexityCalibration(perplexities: perplexities)
      .shares(for: neighbours, workers: workers)
    // The distances are not needed again, and memory is scarce where rows are many.
    let indices = (consume neighbours).indices
    let columns = SharedBuffer<Int32>(repeating: 0, count: rows * count)
    let values = SharedBuffer<Float>(repeating: 0, count: rows * count)
    workers.forEachBlock(of: rows, size: 256) { block in
      for row in block {
        let places = row * count..<(row + 1) * count
        let sorted = places.map {
          UInt64(UInt32(bitPattern: indices[$0])) << 32 | UInt64(shares[$0].bitPattern)
        }.sorted()
        for (place, entry) in zip(places, sorted) {
          columns.pointer[place] = Int32(truncatingIfNeeded: entry >> 32)
          values.pointer[place] = Float(bitPattern: UInt32(truncatingIfNeeded: entry))
        }
      }
    }
    self.columns = columns
    self.values = values
  }

  /// Where among the neighbours of `row` another row stands, if it does. O(log k).
  @inline(__always)
  func place(of other: Int, in row: Int) -> Int? {
    var (low, high) = (row * neighbourCount, (row + 1) * neighbourCount)
    let end = high
    while low < high {
      let middle = (low + high) / 2
      if Int(columns.pointer[middle]) < other { low = middle + 1 } else { high = middle }
    }
    return low < end && Int(columns.pointer[low]) == other ? low : nil
  }

  /// Which gifts are not returned: one bit for each of `columns`, rows filled up to whole words.
  func unreturned(workers: Workers) -> SharedBuffer<UInt64> {
    let words = wordsPerRow
    let marks = SharedBuffer<UInt64>(repeating: 0, count: rowCount * words)
    workers.forEachBlock(of: rowCount, size: 256) { block in
      for row in block {
        for offset in 0..<neighbourCount {
          let receiver = Int(columns.pointer[row * neighbourCount + offset])
          if place(of: row, in: receiver) == nil {
            marks.pointer[row * words + offset / 64] |= 1 << UInt64(offset % 64)
          }
        }
      }
    }
    return marks
  }

  @inline(__always)
  func isMarked(_ row: Int, _ offset: Int, in marks: SharedBuffer<UInt64>) -> Bool {
    marks.pointer[row * wordsPerRow + offset / 64] >> UInt64(offset % 64) & 1 == 1
  }

  private var wordsPerRow: Int { (neighbourCount + 63) / 64 }

  /// Calls `body` for all gifts marked in `marks`, rising by giver, then by receiver.
  @inline(__always)
  func forEachUnreturned(
    _ marks: SharedBuffer<UInt64>, _ body: (_ giver: Int, _ receiver: Int, _ place: Int) -> Void
  ) {
    let words = wordsPerRow
    for row in 0..<rowCount {
      for word in 0..<words {
        var bits = marks.pointer[row * words + word]
        while bits != 0 {
          let place = row * neighbourCount + 64 * word + bits.trailingZeroBitCount
          body(row, Int(columns.pointer[place]), place)
          bits &= bits - 1
        }
      }
    }
  }
}
