internal import AmbitMatrix

/// The sets of outputs that answer different prompts: one output a prompt and draw, in a seeded order
/// of prompts that is the same for all checkpoints. Where there are no prompts, all outputs are one set.
///
/// Statistics of sets are resampled by groups of prompts: delete-a-group, twenty groups at most. The
/// bootstrap draws outputs twice, which these measures would take for repetition.
struct LexicalSets {
  private let unitOffsets: [Int]
  /// The units in their seeded order.
  private let order: [Int]
  /// Unit `order[i]` is in group `i % groupCount`.
  let groupCount: Int

  private static let mostGroups = 20

  init(unitOffsets: [Int], seed: UInt64) {
    self.unitOffsets = unitOffsets
    var order = Array(0..<unitOffsets.count - 1)
    var random = SplitMix64(seed: SplitMix64.mixed(seed) ^ 0x1E_C51C, stream: 0)
    random.shuffle(&order)
    self.order = order
    groupCount = min(Self.mostGroups, order.count)
  }

  /// The draws, as many as the unit with the fewest outputs allows; −1 omits nothing.
  func draws(omitting group: Int = -1) -> [[Int]] {
    draws(of: order.indices.filter { $0 % groupCount != group }.map { order[$0] }) {
      Array(unitOffsets[$0]..<unitOffsets[$0 + 1])
    }
  }

  private func draws(of units: [Int], _ outputs: (Int) -> [Int]) -> [[Int]] {
    let chosen = units.map(outputs)
    let count = chosen.map(\.count).min() ?? 0
    return (0..<count).map { draw in chosen.map { $0[draw] } }
  }

  /// Nine tenths of the bytes of the smallest draw of any checkpoint, so that no group left out makes
  /// a set smaller than the budget; at most 128 KiB, four of DEFLATE's windows.
  static func byteBudget(
    _ checkpoints: Zip2Sequence<[LexicalSets], [TokenRows]>, window: Int?
  ) -> Int {
    let sizes = checkpoints.flatMap { sets, rows in
      sets.draws().map { outputs in
        outputs.reduce(0) { $0 + rows.bytes(of: $1, window: window) + 1 }
      }
    }
    return min(128 << 10, (sizes.min() ?? 0) * 9 / 10)
  }
}
