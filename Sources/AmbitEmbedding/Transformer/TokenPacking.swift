/// Which texts go through the encoder together: their tokens follow one another without padding.
package struct TokenPacking: Equatable, Sendable {
  /// Texts by index, in the order in which their tokens lie.
  package var groups: [[Int]]

  /// Packs texts of `lengths` tokens into groups of at most `capacity`, which holds the longest.
  ///
  /// Each group takes the longest text left, then again and again the longest that still fits; so
  /// groups are nearly full, and like lengths lie together. Texts without tokens are left out. O(texts
  /// + groups · longest length).
  package init(lengths: [Int], capacity: Int) {
    precondition(lengths.allSatisfy { $0 <= capacity }, "a text longer than a group")
    var byLength = [[Int]](repeating: [], count: (lengths.max() ?? 0) + 1)
    for index in lengths.indices.reversed() where lengths[index] > 0 {
      byLength[lengths[index]].append(index)
    }
    groups = []
    var longest = byLength.count - 1
    while true {
      while longest > 0 && byLength[longest].isEmpty { longest -= 1 }
      guard longest > 0 else { return }
      var group: [Int] = []
      var room = capacity
      var length = longest
      while length > 0 {
        if length <= room, let index = byLength[length].popLast() {
          group.append(index)
          room -= length
        } else {
          length = min(length - 1, room)
        }
      }
      groups.append(group)
    }
  }

  /// The group size for this much work: small enough that all threads have some, never beyond `limit`
  /// nor below `floor`.
  package static func capacity(
    tokenCount: Int, threadCount: Int, floor: Int, limit: Int
  ) -> Int {
    let share = tokenCount / (4 * threadCount)
    let blocks = (share + EncoderWorkspace.blockRows - 1) / EncoderWorkspace.blockRows
    return max(floor, min(limit, blocks * EncoderWorkspace.blockRows))
  }
}
