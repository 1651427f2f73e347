internal import AmbitMatrix

/// Some rows whose neighbours are known exactly, by which a search is planned and judged.
struct NeighbourSample: Sendable {
  /// The rows, by chance.
  let rows: [Int]
  /// The exact neighbours of each.
  private let truth: [[Int32]]

  init(of all: Matrix, size: Int, count: Int, seed: UInt64, workers: Workers) {
    var random = SplitMix64(seed: seed, stream: 0x5a3b)
    var shuffled = Array(0..<all.rowCount)
    random.shuffle(&shuffled)
    let rows = Array(shuffled.prefix(size))
    let found = NearestNeighbours(
      of: all.rows(rows), among: all, count: min(count + 1, all.rowCount), workers: workers)
    self.rows = rows
    truth = rows.indices.map { index in
      Array(found.indices(of: index).filter { Int($0) != rows[index] }.prefix(count))
    }
  }

  /// The share of the exact neighbours of some of the rows that `found` has.
  func recall(of found: NearestNeighbours, rows range: Range<Int>) -> Double {
    var (kept, all) = (0, 0)
    for index in range {
      let known = Set(truth[index])
      kept += found.indices(of: rows[index]).count { known.contains($0) }
      all += known.count
    }
    return Double(kept) / Double(max(1, all))
  }

  /// Into how many cells a row must look to meet the wanted share of its neighbours, and what share of
  /// all rows it then is compared with.
  func plan(
    for cells: NeighbourCells, rows range: Range<Int>, wantedShare: Double
  ) -> (probeCount: Int, share: Double) {
    let homes = cells.homes
    var places = [Int](repeating: 0, count: homes.count)
    for (place, row) in cells.order.enumerated() { places[Int(row)] = place }
    var met = [Int](repeating: 0, count: cells.count)
    var seen = [Int](repeating: 0, count: cells.count)
    for index in range {
      let place = places[rows[index]]
      var ranks = [Int](repeating: 0, count: cells.count)
      for (rank, key) in cells.keys(of: place..<place + 1).sorted().enumerated() {
        let cell = Int(key & 0xffff_ffff)
        ranks[cell] = rank
        seen[rank] += cells.places(of: cell).count
      }
      for neighbour in truth[index] { met[ranks[Int(homes[Int(neighbour)])]] += 1 }
    }
    let wanted = wantedShare * Double(met.reduce(0, +))
    var (probes, sum, rowsSeen) = (0, 0, 0)
    while probes < cells.count, Double(sum) < wanted || probes == 0 {
      sum += met[probes]
      rowsSeen += seen[probes]
      probes += 1
    }
    return (probes, Double(rowsSeen) / Double(max(1, range.count * homes.count)))
  }
}
