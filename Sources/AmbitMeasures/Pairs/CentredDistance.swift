package import AmbitMatrix

/// The squared distances of `Matrix.squaredDistances`, one at a time.
struct CentredDistance: ComparedDistance {
  private let centred: [Double]
  private let width: Int
  private let norms: [Double]
  private let rounding: Double

  init(of rows: Matrix) {
    let (width, mean) = (rows.columnCount, rows.columnMeans())
    var centred = rows.values.map { Double($0) }
    for row in 0..<rows.rowCount {
      for column in 0..<width { centred[row * width + column] -= mean[column] }
    }
    norms = (0..<rows.rowCount).map { row in
      centred[row * width..<(row + 1) * width].reduce(0) { $0 + $1 * $1 }
    }
    rounding = Matrix.distanceRounding(columns: width)
    self.centred = centred
    self.width = width
  }

  var slack: Double { 0 }

  func between(_ row: Int, _ other: Int) -> Float {
    let product = centred.withUnsafeBufferPointer {
      Reductions.dot($0.baseAddress! + row * width, $0.baseAddress! + other * width, count: width)
    }
    let sum = norms[row] + norms[other]
    let square = sum - 2 * product
    return square > rounding * sum ? Float(square) : 0
  }

  func square(_ value: Float) -> Double { Double(value) }
}

extension NeighbourCounts {
  /// The counts of two sets as they are, without a table of distances: what
  /// `init(_:groups:k:)` counts along lists.
  ///
  /// - Parameter rows: the rows of the reference, `baseCount` of them, then those of the other set.
  package static func observed(
    of rows: Matrix, baseCount: Int, k: Int, workers: Workers
  ) -> NeighbourCounts {
    NeighbourSearch(
      of: rows, baseCount: baseCount, k: k, by: CentredDistance(of: rows), workers: workers
    ).counts()
  }
}
