/// Exact order statistics of very many numbers that are not negative, without sorting them.
package enum RankedNumbers {
  /// The median; NaN of nothing. Two passes over all numbers, by their bits.
  ///
  /// - Parameter visit: calls what it is given with every number, the same ones each time.
  package static func median(count: Int, visit: ((Float) -> Void) -> Void) -> Double {
    guard count > 0 else { return .nan }
    let lower = number(ofRank: (count - 1) / 2, visit)
    return count % 2 == 1 ? lower : (lower + number(ofRank: count / 2, visit)) / 2
  }

  /// The number with `rank` others below it: the bits of numbers that are not negative order as they do.
  static func number(ofRank rank: Int, _ visit: ((Float) -> Void) -> Void) -> Double {
    var upper = [Int](repeating: 0, count: 1 << 16)
    visit { upper[Int($0.bitPattern >> 16)] += 1 }
    var below = rank
    var prefix = 0
    while below >= upper[prefix] {
      below -= upper[prefix]
      prefix += 1
    }
    var lower = [Int](repeating: 0, count: 1 << 16)
    visit { value in
      let bits = value.bitPattern
      if Int(bits >> 16) == prefix { lower[Int(bits & 0xFFFF)] += 1 }
    }
    var suffix = 0
    while below >= lower[suffix] {
      below -= lower[suffix]
      suffix += 1
    }
    return Double(Float(bitPattern: UInt32(prefix) << 16 | UInt32(suffix)))
  }
}
