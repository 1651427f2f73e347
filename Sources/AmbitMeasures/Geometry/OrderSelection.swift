/// Finding an order statistic without sorting.
enum OrderSelection {
  /// The value that stands at `rank` (from 0) once sorted. Reorders `values`. No NaN. O(n) expected.
  ///
  /// The partition has no data-dependent branch, which halves its time on distances in no order.
  static func value(
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
      } else {
        // Equal values would never leave a strict partition; move them to the front once.
        var equal = split
        for index in split..<high {
          let value = values[index]
          values[index] = values[equal]
          values[equal] = value
          equal += value == pivot ? 1 : 0
        }
        if rank < equal { return pivot }
        low = equal
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

  private static func middle(_ a: Double, _ b: Double, _ c: Double) -> Double {
    max(min(a, b), min(max(a, b), c))
  }
}
