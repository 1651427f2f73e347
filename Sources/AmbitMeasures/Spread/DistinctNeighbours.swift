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
  private let squares: Matrix

  /// The most entries that are kept of a class; what lies beyond is looked up in the distances.
  private static let deepest = 64

  /// - Parameter squares: squared distances of all rows, as `Matrix.squaredDistances` gives them.
  package init(squaredDistances squares: Matrix, workers: Workers) {
    self.squares = squares
    let count = squares.rowCount
    let firstEqual = workers.map(count) { row in
      (0..<row).first { squares.values[row * count + $0] == 0 } ?? row
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
    let chosen = representatives
    self.representatives = chosen
    let depth = max(0, min(chosen.count - 1, Self.deepest))
    self.depth = depth
    let lists = workers.map(chosen.count) { Self.entries(of: $0, squares, chosen, depth: depth) }
    nearest = lists.flatMap { $0.map { Int32(truncatingIfNeeded: $0 & 0xFFFF_FFFF) } }
    logarithms = lists.flatMap { $0.map(Self.logarithm) }
  }

  /// The number of different rows.
  var classCount: Int { representatives.count }

  private static func entries(
    of own: Int, _ squares: Matrix, _ representatives: [Int], depth: Int
  ) -> [UInt64] {
    let start = representatives[own] * squares.columnCount
    var list: [UInt64] = []
    list.reserveCapacity(representatives.count)
    for other in representatives.indices where other != own {
      list.append(NearestEntries.entry(squares.values[start + representatives[other]], other))
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
    for entry in Self.entries(of: own, squares, representatives, depth: counts.count - 1)
    where walk.meets(Int(counts[Int(entry & 0xFFFF_FFFF)]), Self.logarithm(entry)) { break }
    return walk
  }
}
