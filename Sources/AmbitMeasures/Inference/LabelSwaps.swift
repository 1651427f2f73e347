internal import AmbitMatrix

/// The relabellings of a permutation test.
///
/// Paired units: unit *u* of one model and unit *u* of the other exchange their places together, or
/// do not. All `2ᵐ` ways are enumerated when they are no more than the number asked for; else as many
/// are drawn. Unpaired units: the labels of all units are shuffled.
package struct LabelSwaps: Sendable {
  /// How many relabellings there are.
  package let count: Int
  /// Whether they are all there are, the identity among them.
  package let isExhaustive: Bool
  private let first: Int
  private let second: Int
  private let isPaired: Bool
  private let seed: UInt64

  /// - Parameters:
  ///   - first: units of the first model. - second: units of the second; the same when paired.
  package init(first: Int, second: Int, isPaired: Bool, permutations: Int, seed: UInt64) {
    precondition(!isPaired || first == second, "paired models have the same units")
    self.first = first
    self.second = second
    self.isPaired = isPaired
    self.seed = seed
    isExhaustive = isPaired && first < 62 && 1 << first <= permutations
    count = isExhaustive ? 1 << first : permutations
  }

  /// Writes, for relabelling `replicate`, one flag a unit: paired, whether the unit is exchanged
  /// (`first` flags); unpaired, whether the unit of the joined list belongs to the second group
  /// (`first + second` flags).
  package func write(_ replicate: Int, to flags: inout [UInt8]) {
    var random = SeedStream.permutation.generator(seed: seed, replicate: replicate)
    if !isPaired {
      for index in flags.indices { flags[index] = index < first ? 0 : 1 }
      random.shuffle(&flags)
    } else if isExhaustive {
      for index in flags.indices {
        flags[index] = UInt8(truncatingIfNeeded: replicate >> index & 1)
      }
    } else {
      var bits: UInt64 = 0
      for index in flags.indices {
        if index & 63 == 0 { bits = random.next() }
        flags[index] = UInt8(truncatingIfNeeded: bits & 1)
        bits >>= 1
      }
    }
  }

  /// The number of flags that `write` fills.
  package var flagCount: Int { isPaired ? first : first + second }
}
