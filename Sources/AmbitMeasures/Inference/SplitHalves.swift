internal import AmbitMatrix

/// Random halves of one group, for the null band: what the effect looks like where nothing changed.
///
/// Where every unit has enough samples, each unit's samples are split, so both halves hold every unit;
/// else the units are split. An odd one is left out, at random. Halves have half the samples, so the
/// band of an effect is wider than that of two full groups: it errs on the side of caution. The band of
/// an overlap is also shifted, since two small clouds share less of their hulls than two large ones:
/// `hull_kept` and `hull_jaccard` fall and `hull_lost` and `hull_gained` rise as n falls, so it is no
/// band of what two full groups of one model would give.
package struct SplitHalves: Sendable {
  /// The number of splits.
  package let count: Int
  /// Whether samples are split within units.
  package let isWithinUnits: Bool
  private let offsets: [Int]
  private let seed: UInt64

  /// - Parameters:
  ///   - offsets: unit *u* owns rows `offsets[u]..<offsets[u + 1]`.
  ///   - samplesNeeded: how many rows of a unit the statistic needs; samples are split where every
  ///     unit has twice that many.
  package init(offsets: [Int], samplesNeeded: Int, count: Int, seed: UInt64) {
    let fewest = zip(offsets, offsets.dropFirst()).map { $1 - $0 }.min() ?? 0
    isWithinUnits = offsets.count > 1 && fewest >= 2 * max(1, samplesNeeded)
    self.offsets = offsets
    self.count = count
    self.seed = seed
  }

  /// Writes one group a row for split `replicate`: 0 or 1, or 2 where the row is left out.
  package func write(_ replicate: Int, to groups: inout [UInt8]) {
    var random = SeedStream.splitHalves.generator(seed: seed, replicate: replicate)
    var order: [Int] = []
    if isWithinUnits {
      for unit in 0..<offsets.count - 1 {
        let size = offsets[unit + 1] - offsets[unit]
        order = Array(0..<size)
        random.shuffle(&order)
        for (position, row) in order.enumerated() {
          groups[offsets[unit] + row] = Self.group(position, of: size)
        }
      }
    } else {
      let size = offsets.count - 1
      order = Array(0..<size)
      random.shuffle(&order)
      for (position, unit) in order.enumerated() {
        let group = Self.group(position, of: size)
        for row in offsets[unit]..<offsets[unit + 1] { groups[row] = group }
      }
    }
  }

  /// The mean of group 1 less that of group 0, of one value a unit; units without a value are left out.
  ///
  /// - Parameter groups: what `write` gave where units are split.
  func differenceOfMeans(_ values: [Double], groups: [UInt8]) -> Double {
    var sums = (0.0, 0.0)
    var counts = (0.0, 0.0)
    for unit in values.indices where !values[unit].isNaN {
      switch groups[offsets[unit]] {
      case 0: (sums.0, counts.0) = (sums.0 + values[unit], counts.0 + 1)
      case 1: (sums.1, counts.1) = (sums.1 + values[unit], counts.1 + 1)
      default: break
      }
    }
    return sums.1 / counts.1 - sums.0 / counts.0
  }

  private static func group(_ position: Int, of size: Int) -> UInt8 {
    position < size / 2 ? 0 : (position < size / 2 * 2 ? 1 : 2)
  }
}
