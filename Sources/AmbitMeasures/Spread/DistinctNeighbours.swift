package import AmbitMatrix

/// The nearest rows of every row, equal rows taken as one, so that the neighbours within any group of
/// rows are found in a few steps.
package struct DistinctNeighbours: Sendable {
  /// The class of every row: rows at distance 0 share one.
  let classOfRow: [Int32]
  /// The first row of each class.
  private let representatives: [Int]
  private let depth: Int
  /// Per class, the nearest classes, ascending in distance, then in class.
  private let nearest: [Int32]
  /// `½ log` of their squared distances.
  private let logarithms: [Double]
  private let squares: SymmetricMatrix

  /// The most entries that are kept of a class; what lies beyond is looked up in the distances.
  private static let deepest = 64

  /// - Parameter squares: squared distances of all rows.
  package init(squaredDistances squares: SymmetricMatrix, workers: Workers) {
    self.squares = squares
    let count = squares.count
    let firstEqual: [Int] = squares.mapRows(width: 1, workers: workers) { row, squares, first in
      first.initialize(to: (0..<row).first { squares[$0] == 0 } ?? row)
    }
    var classes = [Int32](repeating: 0, count: count)
    var representatives: [Int] = []
    for row in 0..<count {
      if firstEqual[row] == row {
        classes[row] = Int32(representatives.count)
        representatives.append(row)
      } else {
        classes[row] = classes[firstEqual[row]]
      }
    }
    classOfRow = classes
    let (chosen, classOfRow) = (representatives, classes)
    self.representatives = chosen
    let depth = max(0, min(chosen.count - 1, Self.deepest))
    self.depth = depth
    // By rows, of which only the first of a class has entries.
    let entries: [UInt64] = squares.mapRows(width: depth, workers: workers) {
      row, squares, entries in
      let isFirst = firstEqual[row] == row
      let found =
        isFirst ? Self.entries(of: Int(classOfRow[row]), squares, chosen, depth: depth) : []
      for place in 0..<depth { (entries + place).initialize(to: isFirst ? found[place] : 0) }
    }
    let ofClasses = chosen.lazy.map { entries[$0 * depth..<($0 + 1) * depth] }.joined()
    nearest = ofClasses.map { Int32(truncatingIfNeeded: $0 & 0xFFFF_FFFF) }
    logarithms = ofClasses.map(Self.logarithm)
  }

  /// The number of different rows.
  var classCount: Int { representatives.count }

  /// - Parameter squares: the squared distances of the class to all rows.
  private static func entries(
    of own: Int, _ squares: UnsafeBufferPointer<Float>, _ representatives: [Int], depth: Int
  ) -> [UInt64] {
    var list: [UInt64] = []
    list.reserveCapacity(representatives.count)
    for other in representatives.indices where other != own {
      list.append(NearestEntries.entry(squares[representatives[other]], other))
    }
    return NearestEntries.sorted(list, depth: depth)
  }

  private static func logarithm(_ entry: UInt64) -> Double {
    let square = Float(bitPattern: UInt32(entry >> 32))
    return Elementary.log(Double(max(square, .leastNormalMagnitude))) / 2
  }

  /// The sums over one group of rows.
  ///
  /// - Parameters:
  ///   - groups: one a row. - group: the group taken; other rows count as absent.
  ///   - logFloor: the least `log r₅`.
  package func sums(_ groups: [UInt8], of group: UInt8, logFloor: Double) -> NeighbourSums {
    var sums = NeighbourSums()
    forEachWalk(groups, group) { $0.add(to: &sums, logFloor: logFloor) }
    return sums
  }

  /// `log r₅` of every row; −∞ where five others equal it, NaN where there are no five others.
  func logRadii() -> [Double] {
    var radii: [Double] = []
    forEachWalk([UInt8](repeating: 0, count: classOfRow.count), 0) { walk in
      radii += [Double](repeating: walk.logRadius ?? .nan, count: walk.copies)
    }
    return radii
  }

  @inline(__always)
  private func forEachWalk(_ groups: [UInt8], _ group: UInt8, _ body: (NeighbourWalk) -> Void) {
    var counts = [Int32](repeating: 0, count: classCount)
    for row in groups.indices where groups[row] == group { counts[Int(classOfRow[row])] += 1 }
    counts.withUnsafeBufferPointer { counts in
      nearest.withUnsafeBufferPointer { nearest in
        logarithms.withUnsafeBufferPointer { logarithms in
          for own in 0..<counts.count where counts[own] > 0 {
            var walk = NeighbourWalk(own: Int(counts[own]))
            for index in own * depth..<(own + 1) * depth
            where walk.meets(Int(counts[Int(nearest[index])]), logarithms[index]) { break }
            body(walk.isFinished || depth == counts.count - 1 ? walk : walkToTheEnd(own, counts))
          }
        }
      }
    }
  }

  private func walkToTheEnd(_ own: Int, _ counts: UnsafeBufferPointer<Int32>) -> NeighbourWalk {
    var walk = NeighbourWalk(own: Int(counts[own]))
    let row = representatives[own]
    let entries = squares.withRows(row..<row + 1) {
      Self.entries(
        of: own, UnsafeBufferPointer(start: $0, count: squares.count), representatives,
        depth: counts.count - 1)
    }
    for entry in entries
    where walk.meets(Int(counts[Int(entry & 0xFFFF_FFFF)]), Self.logarithm(entry)) { break }
    return walk
  }
}
