internal import AmbitMatrix

/// Rows in cells: each row in the cell of the centre that is nearest to it.
///
/// The centres are those of k-means on a seeded sample of the rows. O(n·C·d) for C cells.
struct NeighbourCells: Sendable {
  /// One centre a cell.
  let centres: Matrix
  /// All rows less their mean, cell after cell; in a cell in their order.
  let rows: Matrix
  /// Which row stands at each place of `rows`.
  let order: [Int32]
  /// Where each cell begins in `rows`, and the end.
  let starts: [Int]
  /// |c|² of each centre.
  private let squares: [Float]

  static let sampleRowsPerCell = 32
  static let refinements = 6
  private static let blockRows = 256

  init(of rows: Matrix, cellCount: Int, seed: UInt64, workers: Workers) {
    let mean = rows.columnMeans().map { Float($0) }
    var random = SplitMix64(seed: seed, stream: 0xce11)
    var all = (0..<rows.rowCount).map { Int32($0) }
    random.shuffle(&all)
    let sample = rows.rows(all.prefix(Self.sampleRowsPerCell * cellCount), about: mean)
    var centres = sample.rows(Array(0..<min(cellCount, sample.rowCount)))
    for _ in 0..<Self.refinements {
      centres = Self.refined(centres, sample: sample, workers: workers)
    }
    all.sort()
    let homes = Self.nearest(rows.rows(all[...], about: mean), centres, workers: workers)
    var starts = [Int](repeating: 0, count: centres.rowCount + 1)
    for home in homes { starts[Int(home) + 1] += 1 }
    for cell in 0..<centres.rowCount { starts[cell + 1] += starts[cell] }
    var cursors = starts
    var order = [Int32](repeating: 0, count: rows.rowCount)
    for (row, home) in homes.enumerated() {
      order[cursors[Int(home)]] = Int32(truncatingIfNeeded: row)
      cursors[Int(home)] += 1
    }
    self.centres = centres
    self.rows = rows.rows(order[...], about: mean)
    self.order = order
    self.starts = starts
    squares = centres.squaredNorms
  }

  var count: Int { centres.rowCount }

  func places(of cell: Int) -> Range<Int> { starts[cell]..<starts[cell + 1] }

  /// In which cell each row lies, in the order of the rows as they were given.
  var homes: [Int32] {
    var homes = [Int32](repeating: 0, count: order.count)
    for cell in 0..<count {
      for place in places(of: cell) { homes[Int(order[place])] = Int32(truncatingIfNeeded: cell) }
    }
    return homes
  }

  /// For each place of a block, how near it is to each cell: keys that order by the distance to the
  /// centre, then by the cell, which is their lower half.
  func keys(of block: Range<Int>) -> [UInt64] {
    var keys: [UInt64] = []
    keys.reserveCapacity(block.count * count)
    let products = SharedBuffer<Float>(repeating: 0, count: block.count * count)
    rows.writeProducts(ofRows: block, withRows: 0..<count, of: centres, to: products.pointer)
    for offset in 0..<block.count {
      let values = products.pointer + offset * count
      rankByDistance(values, squares, count)
      for cell in 0..<count { keys.append(UInt64(ordered(values[cell])) << 32 | UInt64(cell)) }
    }
    return keys
  }

  /// One step of k-means; a centre without rows stays.
  private static func refined(_ centres: Matrix, sample: Matrix, workers: Workers) -> Matrix {
    let homes = nearest(sample, centres, workers: workers)
    let width = centres.columnCount
    var sums = [Double](repeating: 0, count: centres.values.count)
    var counts = [Int](repeating: 0, count: centres.rowCount)
    for (row, home) in homes.enumerated() {
      counts[Int(home)] += 1
      let (source, target) = (row * width, Int(home) * width)
      for column in 0..<width { sums[target + column] += Double(sample.values[source + column]) }
    }
    var values = centres.values
    for index in values.indices where counts[index / width] > 0 {
      values[index] = Float(sums[index] / Double(counts[index / width]))
    }
    return Matrix(rowCount: centres.rowCount, columnCount: width, values: values)
  }

  /// The nearest centre of each row; the first of equally near ones.
  private static func nearest(_ rows: Matrix, _ centres: Matrix, workers: Workers) -> [Int32] {
    let count = centres.rowCount
    let squares = centres.squaredNorms
    let blockCount = (rows.rowCount + blockRows - 1) / blockRows
    return workers.map(blockCount) { index in
      let block = index * blockRows..<min(rows.rowCount, (index + 1) * blockRows)
      let products = SharedBuffer<Float>(repeating: 0, count: block.count * count)
      rows.writeProducts(ofRows: block, withRows: 0..<count, of: centres, to: products.pointer)
      return (0..<block.count).map { offset in
        let values = products.pointer + offset * count
        rankByDistance(values, squares, count)
        var best = 0
        for cell in 1..<max(1, count) where values[cell] < values[best] { best = cell }
        return Int32(truncatingIfNeeded: best)
      }
    }.flatMap { $0 }
  }
}

extension Matrix {
  fileprivate var squaredNorms: [Float] {
    (0..<rowCount).map { Float(Reductions.squaredNorm(row($0))) }
  }

  /// Some rows less a centre, in the order in which they are named.
  fileprivate func rows(_ chosen: ArraySlice<Int32>, about centre: [Float]) -> Matrix {
    let width = columnCount
    let result = [Float](unsafeUninitializedCapacity: chosen.count * width) { target, count in
      for (place, row) in chosen.enumerated() {
        let (from, to) = (Int(row) * width, place * width)
        for column in 0..<width {
          target.initializeElement(at: to + column, to: values[from + column] - centre[column])
        }
      }
      count = chosen.count * width
    }
    return Matrix(rowCount: chosen.count, columnCount: width, values: result)
  }
}
