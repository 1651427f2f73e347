package import AmbitMatrix

/// The median distance between pairs of different rows.
package enum PairMedian {
  /// The median of the square roots of some squared distances, the mean of the middle two where their
  /// number is even. Reorders `squares`; O(pairs). NaN of nothing.
  static func ofSquares(_ squares: inout [Double]) -> Double {
    let count = squares.count
    guard count > 0 else { return .nan }
    return squares.withUnsafeMutableBufferPointer { buffer in
      guard let start = buffer.baseAddress else { return .nan }
      let lower = OrderSelection.value(atRank: (count - 1) / 2, of: start, count: count)
        .squareRoot()
      guard count % 2 == 0 else { return lower }
      let upper = OrderSelection.value(atRank: count / 2, of: start, count: count).squareRoot()
      return (lower + upper) / 2
    }
  }

  /// The median over pairs of the chosen rows.
  ///
  /// - Parameters:
  ///   - squares: squared distances of all rows. - rows: ascending.
  package static func value(_ squares: SymmetricMatrix, rows: [Int]) -> Double {
    var chosen = squares.pairs(of: rows).map { Double($0) }
    return ofSquares(&chosen)
  }

  /// The median over all pairs, by passes over them without a copy. O(n²).
  package static func value(_ squares: SymmetricMatrix) -> Double {
    let count = squares.count
    let pairs = count * (count - 1) / 2
    guard pairs > 0 else { return .nan }
    func number(ofRank rank: Int) -> Double {
      RankedNumbers.number(ofRank: rank) { visit in
        squares.forEachRun { _, columns, numbers in
          for column in 0..<columns.count { visit(numbers[column]) }
        }
      }.squareRoot()
    }
    let lower = number(ofRank: (pairs - 1) / 2)
    return pairs % 2 == 1 ? lower : (lower + number(ofRank: pairs / 2)) / 2
  }

  /// The median over all pairs without each unit's rows in turn, exactly; NaN where fewer than two rows
  /// are left.
  ///
  /// A unit takes so few pairs with it that the rank of what is left in the middle moves little: only
  /// distances between two order statistics about the middle are looked at. O(n²), and O(n) a unit.
  package static func leaveOneOut(_ squares: SymmetricMatrix, units: [[Int]]) -> [Double] {
    let count = squares.count
    let pairs = count * (count - 1) / 2
    var unitOfRow = [Int](repeating: 0, count: count)
    for (unit, rows) in units.enumerated() {
      for row in rows { unitOfRow[row] = unit }
    }
    let left = units.map { (count - $0.count) * (count - $0.count - 1) / 2 }
    guard let first = left.map({ max(0, $0 - 1) / 2 }).min(),
      let last = left.map({ $0 / 2 + pairs - $0 }).max(), pairs > 0
    else { return units.map { _ in .nan } }
    func visit(_ body: (Float) -> Void) {
      squares.forEachRun { _, columns, numbers in
        for column in 0..<columns.count { body(numbers[column]) }
      }
    }
    let low = RankedNumbers.number(ofRank: first, visit)
    let high = RankedNumbers.number(ofRank: min(pairs - 1, last), visit)
    // Pairs up to the lower bound are counted, those beyond it are kept with the units they leave with.
    var below = 0
    var belowOfUnit = [Int](repeating: 0, count: units.count)
    var inside: [(value: Float, first: Int, second: Int)] = []
    squares.forEachRun { row, columns, numbers in
      for column in columns {
        let value = numbers[column - columns.lowerBound]
        let (a, b) = (unitOfRow[row], unitOfRow[column])
        if Double(value) <= low {
          below += 1
          belowOfUnit[a] += 1
          if b != a { belowOfUnit[b] += 1 }
        } else if Double(value) < high {
          inside.append((value, a, b))
        }
      }
    }
    inside.sort { ($0.value, $0.first, $0.second) < ($1.value, $1.first, $1.second) }
    return units.indices.map { unit in
      guard left[unit] > 0 else { return .nan }
      let counted = below - belowOfUnit[unit]
      func number(ofRank rank: Int) -> Double {
        guard rank >= counted else { return low.squareRoot() }
        var further = rank - counted
        for pair in inside where pair.first != unit && pair.second != unit {
          if further == 0 { return Double(pair.value).squareRoot() }
          further -= 1
        }
        return high.squareRoot()
      }
      let lower = number(ofRank: (left[unit] - 1) / 2)
      return left[unit] % 2 == 1 ? lower : (lower + number(ofRank: left[unit] / 2)) / 2
    }
  }
}
