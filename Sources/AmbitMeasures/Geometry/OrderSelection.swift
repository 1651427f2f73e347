/// Finding an order statistic without sorting.
package enum OrderSelection {
  /// The value that stands at `rank` (from 0) once sorted. Reorders `values`. No NaN. O(n) expected.
  ///
  /// The partition has no data-dependent branch, which halves its time on distances in no order.
  package static func value(
    atRank rank: Int, of values: UnsafeMutablePointer<Double>, count: Int
  ) -> Double {
    var low = 0
    var high = count
    while high - low > 8 {
      // Distances along a sorted axis form a valley, so its two ends would be the worst of pivots.
      let length = high - low
      let pivot = middle(
        values[low + length / 8], values[low + length * 5 / 16], values[low + length * 3 / 4])
      var split = low
      for index in low..<high {
        let value = values[index]
        values[index] = values[split]
        values[split] = value
        split += value < pivot ? 1 : 0
      }
      if rank < split {
        high = split
      } else if split > low {
        low = split
      } else {
        // The pivot is the smallest: move its equals to the front, or nothing would shrink.
        for index in low..<high {
          let value = values[index]
          values[index] = values[split]
          values[split] = value
          split += value == pivot ? 1 : 0
        }
        if rank < split { return pivot }
        low = split
      }
    }
    for index in low + 1..<max(low + 1, high) {
      let value = values[index]
      var slot = index
      while slot > low && values[slot - 1] > value {
        values[slot] = values[slot - 1]
        slot -= 1
      }
      values[slot] = value
    }
    return values[rank]
  }

  /// The same, without touching `values`, where a good `guess` of the answer is at hand.
  ///
  /// Counting is far cheaper than moving, so a bracket about the guess is narrowed by counting until
  /// few values remain. A bad guess only costs time.
  ///
  /// - Parameters:
  ///   - values: padded with `+∞` to a multiple of sixteen. - scratch: room for `count` values.
  package static func value(
    atRank rank: Int, of values: UnsafePointer<Double>, count: Int, near guess: Double,
    scratch: UnsafeMutablePointer<Double>
  ) -> Double {
    let padded = (count + 15) & ~15
    var low = guess / 1.6
    var high = guess * 1.6
    var belowLow = countBelow(low, values, padded)
    var belowHigh = countBelow(high, values, padded)
    guard guess.isFinite, belowLow <= rank, rank < belowHigh else {
      for index in 0..<count { scratch[index] = values[index] }
      return value(atRank: rank, of: scratch, count: count)
    }
    for _ in 0..<3 where belowHigh - belowLow > 24 {
      let share = (Double(rank - belowLow) + 0.5) / Double(belowHigh - belowLow)
      let middle = low + (high - low) * share
      let below = countBelow(middle, values, padded)
      if below <= rank {
        (low, belowLow) = (middle, below)
        let next = middle + (high - middle) * min(1, 12 / Double(belowHigh - below))
        let belowNext = countBelow(next, values, padded)
        if rank < belowNext { (high, belowHigh) = (next, belowNext) }
      } else {
        (high, belowHigh) = (middle, below)
        let next = middle - (middle - low) * min(1, 12 / Double(below - belowLow))
        let belowNext = countBelow(next, values, padded)
        if belowNext <= rank { (low, belowLow) = (next, belowNext) }
      }
    }
    var size = 0
    for index in 0..<count {
      let value = values[index]
      scratch[size] = value
      size &+= (value >= low ? 1 : 0) & (value < high ? 1 : 0)
    }
    return value(atRank: rank - belowLow, of: scratch, count: size)
  }

  private static func countBelow(
    _ limit: Double, _ values: UnsafePointer<Double>, _ padded: Int
  ) -> Int {
    typealias Lanes = SIMD8<Double>
    let limits = Lanes(repeating: limit)
    let one = Lanes(repeating: 1)
    // Two sums, so that one addition need not wait for the other.
    var even = Lanes.zero
    var odd = Lanes.zero
    var index = 0
    while index < padded {
      let first = UnsafeRawPointer(values + index).loadUnaligned(as: Lanes.self)
      let second = UnsafeRawPointer(values + index + 8).loadUnaligned(as: Lanes.self)
      even += Lanes.zero.replacing(with: one, where: first .< limits)
      odd += Lanes.zero.replacing(with: one, where: second .< limits)
      index &+= 16
    }
    return Int((even + odd).sum())
  }

  private static func middle(_ a: Double, _ b: Double, _ c: Double) -> Double {
    max(min(a, b), min(max(a, b), c))
  }
}
