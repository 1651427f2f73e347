package import AmbitMatrix

/// The nearest rows of every row, so that any regrouping of rows into two sets finds its k-th nearest
/// neighbours in a few steps.
///
/// A walk along a row's list meets about 2k rows before it has met k of either set, however many rows
/// there are; so a thousand relabellings cost less than the distances did.
package struct NeighbourLists: Sendable {
  /// The number of rows.
  package let count: Int
  /// The entries kept of each row.
  let depth: Int
  /// Squared distance in the upper half, row number in the lower: ascending in distance, then in row.
  private let entries: [UInt64]
  private let squares: SymmetricMatrix

  /// The most entries that are kept of a row; what lies beyond is looked up in the distances.
  private static let deepest = 1024

  /// - Parameter squares: squared distances of all rows.
  package init(squaredDistances squares: SymmetricMatrix, workers: Workers) {
    let depth = max(0, min(squares.count - 1, Self.deepest))
    count = squares.count
    self.depth = depth
    self.squares = squares
    entries = squares.mapRows(width: depth, workers: workers) { row, squares, entries in
      for (place, entry) in Self.sorted(squares, row, depth: depth).enumerated() {
        (entries + place).initialize(to: entry)
      }
    }
  }

  private static func sorted(
    _ squares: UnsafeBufferPointer<Float>, _ row: Int, depth: Int = .max
  ) -> [UInt64] {
    var list: [UInt64] = []
    list.reserveCapacity(squares.count)
    for other in squares.indices where other != row {
      list.append(NearestEntries.entry(squares[other], other))
    }
    return NearestEntries.sorted(list, depth: depth)
  }

  /// Writes the rows of the other group that are nearer to `row` than the `k`-th nearest of its own
  /// group; `false` where its own group has fewer than k other rows.
  ///
  /// - Parameters:
  ///   - groups: 0 or 1 for the rows of the two sets, anything else for rows of neither.
  ///   - found: emptied first; strictly nearer rows only, as in the reference implementation.
  func nearer(
    than k: Int, of row: Int, groups: UnsafeBufferPointer<UInt8>, into found: inout [Int]
  ) -> Bool {
    let own = entries.withUnsafeBufferPointer { entries in
      Self.walk(
        UnsafeBufferPointer(rebasing: entries[row * depth..<(row + 1) * depth]), k,
        group: groups[row], groups, &found)
    }
    if own || depth == count - 1 { return own }
    return allNearest(of: row).withUnsafeBufferPointer {
      Self.walk($0, k, group: groups[row], groups, &found)
    }
  }

  /// Calls `body` with the entries kept of a row: squared distance in the upper half, row in the lower,
  /// ascending.
  func withNearest<Result>(
    of row: Int, _ body: (UnsafeBufferPointer<UInt64>) -> Result
  ) -> Result {
    entries.withUnsafeBufferPointer {
      body(UnsafeBufferPointer(rebasing: $0[row * depth..<(row + 1) * depth]))
    }
  }

  /// The same of all other rows.
  func allNearest(of row: Int) -> [UInt64] {
    squares.withRows(row..<row + 1) {
      Self.sorted(UnsafeBufferPointer(start: $0, count: count), row)
    }
  }

  private static func walk(
    _ list: UnsafeBufferPointer<UInt64>, _ k: Int, group: UInt8,
    _ groups: UnsafeBufferPointer<UInt8>, _ found: inout [Int]
  ) -> Bool {
    found.removeAll(keepingCapacity: true)
    var seen = 0
    // How many were found below the distance at which the walk stands.
    var nearer = 0
    var distance: UInt64 = .max
    for entry in list {
      if entry >> 32 != distance {
        distance = entry >> 32
        nearer = found.count
      }
      let other = Int(truncatingIfNeeded: entry & 0xFFFF_FFFF)
      let its = groups[other]
      if its == group {
        seen += 1
        if seen == k {
          found.removeLast(found.count - nearer)
          return true
        }
      } else if its < 2 {
        found.append(other)
      }
    }
    return false
  }
}
