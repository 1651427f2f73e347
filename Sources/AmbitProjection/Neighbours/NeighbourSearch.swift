internal import AmbitMatrix

/// One search: which rows lie nearest to which.
struct NeighbourSearch: Sendable {
  static let blockRows = 192
  static let tileRows = 1024

  let queries: Matrix
  let rows: Matrix
  let excludesOwnRow: Bool
  let metric: NeighbourMetric
  /// What is taken from all rows before they are multiplied: their mean, where it is so long that
  /// single precision would lose the differences.
  private let centre: [Float]?
  /// What a product is added to, or multiplied with, to rank rows: |x|² or 1/|x|.
  let scales: [Float]
  /// Lengths, about the centre if there is one.
  private let queryNorms: [Double]
  private let norms: [Double]
  private let largestNorm: Double

  /// Longer rows have squares beyond single precision, and so have the inverses of shorter ones.
  static let longest = 1e17

  init(queries: Matrix, rows: Matrix, excludesOwnRow: Bool, metric: NeighbourMetric) {
    precondition(queries.columnCount == rows.columnCount, "rows differ in width")
    self.queries = queries
    self.rows = rows
    self.excludesOwnRow = excludesOwnRow
    self.metric = metric
    var norms = Self.norms(of: rows)
    var queryNorms = excludesOwnRow ? norms : Self.norms(of: queries)
    precondition(
      norms.allSatisfy { $0 < Self.longest } && queryNorms.allSatisfy { $0 < Self.longest },
      "rows must be finite and shorter than 10¹⁷")
    var centre: [Float]?
    let mean = metric == .euclidean ? rows.columnMeans() : []
    let longest = norms.reduce(0, max)
    if dot(mean, mean).squareRoot() > 0.5 * longest {
      let mean = mean.map { Float($0) }
      let centred = Self.norms(of: rows, about: mean)
      if centred.reduce(0, max) < 0.5 * longest {
        centre = mean
        norms = centred
        queryNorms = excludesOwnRow ? centred : Self.norms(of: queries, about: mean)
      }
    }
    self.centre = centre
    self.norms = norms
    self.queryNorms = queryNorms
    largestNorm = norms.max() ?? 0
    scales = norms.map { norm in
      switch metric {
      case .euclidean: Float(norm * norm)
      case .cosine: norm > 1 / Self.longest ? Float(1 / norm) : 0
      }
    }
  }

  private static func norms(of rows: Matrix, about centre: [Float]? = nil) -> [Double] {
    (0..<rows.rowCount).map { row in
      guard let centre else { return Reductions.squaredNorm(rows.row(row)).squareRoot() }
      return zip(rows.row(row), centre).reduce(0.0) { sum, next in
        let difference = Double(next.0 - next.1)
        return sum + difference * difference
      }.squareRoot()
    }
  }

  /// Finds the neighbours of the queries of one block.
  func run(
    _ block: Range<Int>, count: Int, indices: UnsafeMutablePointer<Int32>,
    distances: UnsafeMutablePointer<Float>
  ) {
    var lists = block.map { CandidateList(count: count, slack: slack(query: $0)) }
    let products = SharedBuffer<Float>(repeating: 0, count: block.count * Self.tileRows)
    let centredQueries = centre.map { queries.rows(block, about: $0) }
    for start in stride(from: 0, to: rows.rowCount, by: Self.tileRows) {
      let tile = start..<min(rows.rowCount, start + Self.tileRows)
      if let centre, let centredQueries {
        centredQueries.writeProducts(
          ofRows: 0..<block.count, withRows: 0..<tile.count, of: rows.rows(tile, about: centre),
          to: products.pointer)
      } else {
        queries.writeProducts(ofRows: block, withRows: tile, of: rows, to: products.pointer)
      }
      scales.withUnsafeBufferPointer { scales in
        for offset in 0..<block.count {
          let values = products.pointer + offset * tile.count
          let scale = scales.baseAddress! + start
          switch metric {
          case .euclidean: rankByDistance(values, scale, tile.count)
          case .cosine: rankByAngle(values, scale, tile.count)
          }
          if excludesOwnRow, tile.contains(block.lowerBound + offset) {
            values[block.lowerBound + offset - start] = .infinity
          }
          lists[offset].scan(values, count: tile.count, firstIndex: start)
        }
      }
    }
    for (offset, query) in block.enumerated() {
      let best = nearest(query: query, candidates: lists[offset].finish(), count: count)
      for (rank, neighbour) in best.enumerated() {
        indices[query * count + rank] = neighbour.index
        distances[query * count + rank] = Float(
          metric == .euclidean ? neighbour.distance.squareRoot() : neighbour.distance)
      }
    }
  }

  /// Twice the most by which a rank in single precision can be wrong: the rounding of a sum of d
  /// products of numbers that are together no longer than both rows.
  func slack(query: Int) -> Float {
    let rounding = Double(rows.columnCount + 8) * 0x1p-24
    // Products of tiny numbers may vanish altogether.
    let vanishing = 8 * Double(rows.columnCount + 8) * Double(Float.leastNormalMagnitude)
    switch metric {
    case .euclidean:
      return Float(2 * rounding * largestNorm * (2 * queryNorms[query] + largestNorm) + vanishing)
    case .cosine: return Float(4 * rounding * queryNorms[query] + vanishing * Self.longest)
    }
  }

  /// The nearest of some rows. With `labels`, a row goes by its label: in the result and among ties.
  func nearest(
    query: Int, candidates: [Int32], count: Int, labels: [Int32]? = nil
  ) -> ArraySlice<(distance: Double, index: Int32)> {
    var exact = candidates.map { row in
      (distance: distance(query, Int(row)), index: labels?[Int(row)] ?? row)
    }
    exact.sort { $0.distance != $1.distance ? $0.distance < $1.distance : $0.index < $1.index }
    return exact.prefix(count)
  }

  /// The squared length of the difference, or one minus the cosine, in `Double`.
  private func distance(_ query: Int, _ row: Int) -> Double {
    let width = rows.columnCount
    return queries.values.withUnsafeBufferPointer { a in
      rows.values.withUnsafeBufferPointer { b in
        guard let a = a.baseAddress, let b = b.baseAddress else { return 0 }
        switch metric {
        case .euclidean:
          return squaredDistance(a + query * width, b + row * width, width)
        case .cosine:
          let lengths = queryNorms[query] * norms[row]
          guard min(queryNorms[query], norms[row]) > 1 / Self.longest else { return 1 }
          return 1 - product(a + query * width, b + row * width, width) / lengths
        }
      }
    }
  }
}

extension Matrix {
  /// Some rows less a centre.
  fileprivate func rows(_ range: Range<Int>, about centre: [Float]) -> Matrix {
    let width = columnCount
    var result = Array(values[range.lowerBound * width..<range.upperBound * width])
    for row in 0..<range.count {
      for column in 0..<width { result[row * width + column] -= centre[column] }
    }
    return Matrix(rowCount: range.count, columnCount: width, values: result)
  }
}

/// |x|² − 2 q·x in place of q·x.
func rankByDistance(
  _ values: UnsafeMutablePointer<Float>, _ squares: UnsafePointer<Float>, _ count: Int
) {
  for index in 0..<count { values[index] = squares[index] - 2 * values[index] }
}

/// −q·x / |x| in place of q·x.
private func rankByAngle(
  _ values: UnsafeMutablePointer<Float>, _ inverses: UnsafePointer<Float>, _ count: Int
) {
  for index in 0..<count { values[index] *= -inverses[index] }
}

private func squaredDistance(
  _ a: UnsafePointer<Float>, _ b: UnsafePointer<Float>, _ count: Int
) -> Double {
  var sums = SIMD8<Double>(repeating: 0)
  var index = 0
  while index + 8 <= count {
    let difference = eight(a, index) - eight(b, index)
    sums += difference * difference
    index += 8
  }
  var sum = sums.sum()
  while index < count {
    let difference = Double(a[index]) - Double(b[index])
    sum += difference * difference
    index += 1
  }
  return sum
}

private func product(
  _ a: UnsafePointer<Float>, _ b: UnsafePointer<Float>, _ count: Int
) -> Double {
  var sums = SIMD8<Double>(repeating: 0)
  var index = 0
  while index + 8 <= count {
    sums += eight(a, index) * eight(b, index)
    index += 8
  }
  var sum = sums.sum()
  while index < count {
    sum += Double(a[index]) * Double(b[index])
    index += 1
  }
  return sum
}

@inline(__always)
private func eight(_ values: UnsafePointer<Float>, _ index: Int) -> SIMD8<Double> {
  SIMD8<Double>(UnsafeRawPointer(values + index).loadUnaligned(as: SIMD8<Float>.self))
}
