/// Values at chosen ranks without sorting all others.
package enum RankSelection {
  /// What stands at each of `ranks` once `values` are sorted. The values are finite.
  ///
  /// The values are counted in bins of equal width; only the bins that hold a rank are sorted, or binned
  /// again where most values are in one of them.
  ///
  /// - Complexity: O(n) for values without extreme outliers, at most O(n log n).
  package static func values(at ranks: [Int], of values: [Double]) -> [Double] {
    precondition(ranks.allSatisfy(values.indices.contains), "no such rank")
    guard values.count > binCount else {
      let sorted = values.sorted()
      return ranks.map { sorted[$0] }
    }
    var (low, high) = (values[0], values[0])
    for value in values {
      if value < low { low = value }
      if value > high { high = value }
    }
    let scale = Double(binCount - 1) / (high - low)
    guard high > low, scale.isFinite, scale > 0 else {
      let sorted = values.sorted()
      return ranks.map { sorted[$0] }
    }
    // Rounding does not spoil the order: a larger value never has a smaller bin.
    func bin(_ value: Double) -> Int { Int((value - low) * scale) }
    var counts = [Int](repeating: 0, count: binCount)
    counts.withUnsafeMutableBufferPointer { counts in
      for value in values { counts[bin(value)] += 1 }
    }
    return ranks.map { rank in
      var below = 0
      var chosen = 0
      while below + counts[chosen] <= rank {
        below += counts[chosen]
        chosen += 1
      }
      let inside = values.filter { bin($0) == chosen }
      if inside.count > values.count / 2 { return inside.sorted()[rank - below] }
      return self.values(at: [rank - below], of: inside)[0]
    }
  }

  private static let binCount = 4096
}
