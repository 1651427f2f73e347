/// The smallest of many ranked rows, and all whose rank lies within `slack` of the *k*-th smallest.
struct CandidateList {
  private let count: Int
  private let slack: Float
  /// Rank in the upper half, row in the lower, so that keys order by rank, then by row.
  private var keys: [UInt64] = []
  private var capacity: Int
  private var limit = Float.greatestFiniteMagnitude

  init(count: Int, slack: Float) {
    self.count = count
    self.slack = slack
    capacity = 2 * count + 64
    keys.reserveCapacity(capacity + 64)
  }

  /// Takes in the ranks of the rows `firstIndex ..< firstIndex + count`.
  mutating func scan(_ values: UnsafePointer<Float>, count: Int, firstIndex: Int) {
    var index = 0
    while index + 64 <= count {
      if anyBelow(limit, values + index) {
        take(values, index..<index + 64, firstIndex)
      }
      index += 64
    }
    take(values, index..<count, firstIndex)
  }

  private mutating func take(
    _ values: UnsafePointer<Float>, _ range: Range<Int>, _ firstIndex: Int
  ) {
    for index in range where values[index] <= limit {
      keys.append(UInt64(ordered(values[index])) << 32 | UInt64(firstIndex + index))
      if keys.count >= capacity { compact() }
    }
  }

  /// Drops what can no longer be among the *k* nearest.
  private mutating func compact() {
    guard keys.count > count else { return }
    keys.withUnsafeMutableBufferPointer { select(count - 1, in: $0) }
    limit = number(UInt32(keys[count - 1] >> 32)) + slack
    let last = UInt64(ordered(limit)) << 32 | 0xffff_ffff
    keys.removeAll { $0 > last }
    // Many equal distances: keep them all, for only their rows decide.
    if keys.count > capacity / 4 * 3 { capacity *= 2 }
  }

  /// The rows that may be among the *k* nearest, in no order.
  mutating func finish() -> [Int32] {
    compact()
    return keys.map { Int32(truncatingIfNeeded: $0 & 0xffff_ffff) }
  }
}

/// Whether one of 64 numbers is at most `limit`.
private func anyBelow(_ limit: Float, _ values: UnsafePointer<Float>) -> Bool {
  let bound = Lanes(repeating: limit)
  let found =
    (values.lanes(0) .<= bound) .| (values.lanes(16) .<= bound) .| (values.lanes(32) .<= bound)
    .| (values.lanes(48) .<= bound)
  let bits = unsafeBitCast(found, to: SIMD8<UInt64>.self)
  let four = bits.lowHalf | bits.highHalf
  let two = four.lowHalf | four.highHalf
  return two.x | two.y != 0
}

/// The bits of a number, changed so that they order as the numbers do.
func ordered(_ value: Float) -> UInt32 {
  let bits = value.bitPattern
  return bits & 0x8000_0000 != 0 ? ~bits : bits | 0x8000_0000
}

private func number(_ ordered: UInt32) -> Float {
  Float(bitPattern: ordered & 0x8000_0000 != 0 ? ordered & 0x7fff_ffff : ~ordered)
}

/// Moves the element of rank `rank` to its place, smaller ones before it (Hoare's selection).
func select(_ rank: Int, in keys: UnsafeMutableBufferPointer<UInt64>) {
  var (low, high) = (0, keys.count - 1)
  while low < high {
    let pivot = keys[(low + high) / 2]
    var (left, right) = (low, high)
    while left <= right {
      while keys[left] < pivot { left += 1 }
      while keys[right] > pivot { right -= 1 }
      if left <= right {
        keys.swapAt(left, right)
        left += 1
        right -= 1
      }
    }
    if rank <= right {
      high = right
    } else if rank >= left {
      low = left
    } else {
      return
    }
  }
}
