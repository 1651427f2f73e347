package import AmbitMatrix

/// The distances of every row to its nearest rows in a space of few dimensions, so that any grouping of
/// the rows finds k-th nearest neighbours in a few steps.
package struct NearestDistances: Sendable {
  /// The number of rows.
  package let count: Int
  /// The number of columns.
  package let dimension: Int
  /// Per row, so many entries, nearest first.
  private let depth: Int
  /// The logarithm of each distance, −∞ where rows coincide.
  private let logs: [Double]
  private let others: [Int32]
  private let rows: Matrix

  /// The most entries that are kept of a row; beyond, its distances are computed again.
  static let deepest = 64

  /// O(rows² · columns) time, O(rows) memory. Distances are exact for the numbers given.
  package init(_ rows: Matrix, workers: Workers) {
    let depth = max(0, min(rows.rowCount - 1, Self.deepest))
    let lists = workers.map(rows.rowCount) { Self.nearest(rows, $0, depth) }
    count = rows.rowCount
    dimension = rows.columnCount
    self.depth = depth
    logs = lists.flatMap { $0.map { 0.5 * Elementary.log($0.square) } }
    others = lists.flatMap { $0.map { Int32($0.row) } }
    self.rows = rows
  }

  private struct Entry {
    var square: Double
    var row: Int
  }

  /// The squared distances of a row to all rows.
  private static func squares(_ rows: Matrix, _ row: Int) -> [Double] {
    let width = rows.columnCount
    var squares = [Double](repeating: 0, count: rows.rowCount)
    rows.values.withUnsafeBufferPointer { values in
      for other in squares.indices {
        var sum = 0.0
        for column in 0..<width {
          let difference =
            Double(values[row * width + column]) - Double(values[other * width + column])
          sum += difference * difference
        }
        squares[other] = sum
      }
    }
    return squares
  }

  private static func nearest(_ rows: Matrix, _ row: Int, _ depth: Int) -> [Entry] {
    guard depth > 0 else { return [] }
    let squares = squares(rows, row)
    var scratch = squares
    let reach =
      depth < rows.rowCount - 1
      // The row itself is among them, at distance 0.
      ? scratch.withUnsafeMutableBufferPointer {
        OrderSelection.value(atRank: depth, of: $0.baseAddress!, count: rows.rowCount)
      } : .infinity
    var entries: [Entry] = []
    for (other, square) in squares.enumerated() where other != row && square <= reach {
      entries.append(Entry(square: square, row: other))
    }
    entries.sort { ($0.square, $0.row) < ($1.square, $1.row) }
    return Array(entries.prefix(depth))
  }

  /// The logarithms of a row's distances to the k-th nearest row of its own group and to that of the
  /// other; `nil` where a group has too few.
  ///
  /// - Parameter groups: 0 and 1 for the two sets, anything else for rows of neither.
  func logs(
    of row: Int, k: Int, groups: UnsafeBufferPointer<UInt8>, sizes: (own: Int, other: Int)
  ) -> (own: Double?, other: Double?) {
    var found: (own: Double?, other: Double?)
    var seen = (own: 0, other: 0)
    let wants = (own: sizes.own > k, other: sizes.other >= k)
    func take(_ other: Int, _ log: Double) -> Bool {
      let group = groups[other]
      if group == groups[row] {
        seen.own += 1
        if seen.own == k { found.own = log }
      } else if group < 2 {
        seen.other += 1
        if seen.other == k { found.other = log }
      }
      return (found.own != nil || !wants.own) && (found.other != nil || !wants.other)
    }
    for entry in row * depth..<(row + 1) * depth {
      if take(Int(others[entry]), logs[entry]) { return found }
    }
    guard depth < count - 1 else { return found }
    // Selection, not sorting: far rows are asked for again in every resample.
    var (own, far): ([Double], [Double]) = ([], [])
    for (other, square) in Self.squares(rows, row).enumerated() where other != row {
      if groups[other] == groups[row] {
        own.append(square)
      } else if groups[other] < 2 {
        far.append(square)
      }
    }
    return (wants.own ? Self.log(k, of: &own) : nil, wants.other ? Self.log(k, of: &far) : nil)
  }

  /// The logarithm of the k-th smallest distance, of squares.
  private static func log(_ k: Int, of squares: inout [Double]) -> Double {
    let count = squares.count
    return squares.withUnsafeMutableBufferPointer {
      0.5
        * Elementary.log(
          OrderSelection.value(atRank: k - 1, of: $0.baseAddress!, count: count))
    }
  }
}
