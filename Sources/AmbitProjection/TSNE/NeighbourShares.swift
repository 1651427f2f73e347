internal import AmbitMatrix

/// What each row gives to its neighbours, and from whom each row gets: the two halves of an affinity.
struct NeighbourShares: Sendable {
  let rowCount: Int
  let neighbourCount: Int
  /// `n × k`: the neighbours of each row, rising.
  let columns: SharedBuffer<Int32>
  /// `n × k`: what each of them is given.
  let values: SharedBuffer<Float>
  /// Where the gifts to each row begin in `gifts`, and the end.
  let giftStarts: [Int]
  /// Where in `columns` each row stands, so that its givers rise.
  let gifts: SharedBuffer<UInt32>

  /// O(n·k·log k).
  init(_ neighbours: consuming NearestNeighbours, perplexities: [Double], workers: Workers) {
    let (rows, count) = (neighbours.rowCount, neighbours.neighbourCount)
    precondition(rows * count <= Int(UInt32.max), "places are counted in 32 bits")
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
    (giftStarts, gifts) = Self.turned(columns, rowCount: rows)
  }

  /// Where each row stands among the columns.
  private static func turned(
    _ columns: SharedBuffer<Int32>, rowCount: Int
  ) -> (starts: [Int], places: SharedBuffer<UInt32>) {
    var starts = [Int](repeating: 0, count: rowCount + 1)
    for place in 0..<columns.count { starts[Int(columns.pointer[place]) + 1] += 1 }
    for row in 0..<rowCount { starts[row + 1] += starts[row] }
    var cursors = starts
    let places = SharedBuffer<UInt32>(repeating: 0, count: columns.count)
    for place in 0..<columns.count {
      let column = Int(columns.pointer[place])
      places.pointer[cursors[column]] = UInt32(place)
      cursors[column] += 1
    }
    return (starts, places)
  }

  /// Calls `body` for all rows that `row` gives to or gets from, rising, with the sum of both shares.
  @inline(__always)
  func forEachPartner(of row: Int, _ body: (_ partner: Int, _ sum: Float) -> Void) {
    var given = row * neighbourCount
    let givenEnd = given + neighbourCount
    var gift = giftStarts[row]
    let giftEnd = giftStarts[row + 1]
    while given < givenEnd || gift < giftEnd {
      let receiver = given < givenEnd ? Int(columns.pointer[given]) : Int.max
      let place = gift < giftEnd ? Int(gifts.pointer[gift]) : Int.max
      let giver = gift < giftEnd ? place / neighbourCount : Int.max
      var sum: Float = 0
      if receiver <= giver {
        sum += values.pointer[given]
        given += 1
      }
      if giver <= receiver {
        sum += values.pointer[place]
        gift += 1
      }
      body(min(receiver, giver), sum)
    }
  }
}
