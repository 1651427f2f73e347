internal import AmbitMatrix

/// A search of each row's nearest cells alone.
///
/// Rows of one cell are searched together: for each cell that some of them look into, one SGEMM of
/// those rows with all of the cell. Blocks are fixed by the cells, so that threads change nothing.
struct CellSearch: Sendable {
  let cells: NeighbourCells
  /// How many cells each row looks into.
  let probeCount: Int
  private let search: NeighbourSearch
  /// Places of one cell each.
  private let blocks: [Range<Int>]

  init(_ cells: NeighbourCells, probeCount: Int) {
    self.cells = cells
    self.probeCount = probeCount
    search = NeighbourSearch(
      queries: cells.rows, rows: cells.rows, excludesOwnRow: true, metric: .euclidean)
    blocks = (0..<cells.count).flatMap { cell in
      let places = cells.places(of: cell)
      return stride(from: places.lowerBound, to: places.upperBound, by: NeighbourSearch.blockRows)
        .map { $0..<min(places.upperBound, $0 + NeighbourSearch.blockRows) }
    }
  }

  /// The neighbours that were found, in the order of the rows as they were given.
  func neighbours(count: Int, workers: Workers) -> NearestNeighbours {
    NearestNeighbours(rowCount: cells.order.count, count: count) { near, far in
      // Each block writes the lists of its own rows.
      nonisolated(unsafe) let (near, far) = (near, far)
      workers.forEachBlock(of: blocks.count, size: 1) { range in
        for block in range { run(blocks[block], count: count, indices: near, distances: far) }
      }
    }
  }

  private func run(
    _ block: Range<Int>, count: Int, indices: UnsafeMutablePointer<Int32>,
    distances: UnsafeMutablePointer<Float>
  ) {
    let width = cells.rows.columnCount
    let chosen = visitors(of: block, count: count)
    var lists = block.map { CandidateList(count: count, slack: search.slack(query: $0)) }
    let gathered = SharedBuffer<Float>(repeating: 0, count: block.count * width)
    let tileRows = NeighbourSearch.tileRows
    let products = SharedBuffer<Float>(repeating: 0, count: block.count * tileRows)
    cells.rows.values.withUnsafeBufferPointer { values in
      search.scales.withUnsafeBufferPointer { scales in
        guard let values = values.baseAddress, let scales = scales.baseAddress else { return }
        for (cell, visitors) in chosen {
          var queries = values + block.lowerBound * width
          if visitors.count < block.count {
            for (place, offset) in visitors.enumerated() {
              (gathered.pointer + place * width).update(
                from: values + (block.lowerBound + offset) * width, count: width)
            }
            queries = UnsafePointer(gathered.pointer)
          }
          let places = cells.places(of: cell)
          for start in stride(from: places.lowerBound, to: places.upperBound, by: tileRows) {
            let tile = start..<min(places.upperBound, start + tileRows)
            BufferProducts.multiply(
              .init(queries, stride: width),
              byTransposeOf: .init(values + start * width, stride: width), rows: visitors.count,
              inner: width, columns: tile.count, into: products.pointer, stride: tile.count)
            for (place, offset) in visitors.enumerated() {
              let ranks = products.pointer + place * tile.count
              rankByDistance(ranks, scales + start, tile.count)
              let own = block.lowerBound + offset
              if tile.contains(own) { ranks[own - start] = .infinity }
              lists[offset].scan(ranks, count: tile.count, firstIndex: start)
            }
          }
        }
      }
    }
    for (offset, place) in block.enumerated() {
      let row = Int(cells.order[place])
      let found = search.nearest(
        query: place, candidates: lists[offset].finish(), count: count, labels: cells.order)
      for (rank, neighbour) in found.enumerated() {
        indices[row * count + rank] = neighbour.index
        distances[row * count + rank] = Float(neighbour.distance.squareRoot())
      }
    }
  }

  /// Which rows of a block look into which cells; cells that most look into come first, for what is
  /// near early spares later work.
  private func visitors(of block: Range<Int>, count: Int) -> [(cell: Int, offsets: [Int])] {
    var visitors = [[Int]](repeating: [], count: cells.count)
    var keys = cells.keys(of: block)
    keys.withUnsafeMutableBufferPointer { keys in
      for offset in 0..<block.count {
        var own = UnsafeMutableBufferPointer(
          rebasing: keys[offset * cells.count..<(offset + 1) * cells.count])
        var probes = min(probeCount, cells.count)
        select(probes - 1, in: own)
        // Fewer rows than neighbours in them: a rare case, for which all cells are put in order.
        if rowCount(in: own[..<probes]) <= count {
          own.sort()
          while rowCount(in: own[..<probes]) <= count { probes += 1 }
        }
        for key in own[..<probes] { visitors[Int(key & 0xffff_ffff)].append(offset) }
      }
    }
    return visitors.indices.filter { !visitors[$0].isEmpty }
      .sorted {
        (visitors[$0].count, $1) > (visitors[$1].count, $0)
      }
      .map { ($0, visitors[$0]) }
  }

  private func rowCount(in keys: Slice<UnsafeMutableBufferPointer<UInt64>>) -> Int {
    keys.reduce(0) { $0 + cells.places(of: Int($1 & 0xffff_ffff)).count }
  }
}
