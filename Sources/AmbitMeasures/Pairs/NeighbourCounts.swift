/// How two sets of rows lie among each other's k-th nearest neighbours.
///
/// The k-ball of a row reaches, exclusively, to the k-th nearest row of its own set, itself not counted.
package struct NeighbourCounts: Equatable, Sendable {
  /// The order of the neighbour.
  package let k: Int
  /// Rows of the reference, and those of the other set.
  package var base = 0
  package var tuned = 0
  /// Rows of the other set inside the k-ball of some row of the reference.
  package var tunedInBase = 0
  /// Rows of the reference inside the k-ball of some row of the other set.
  package var baseInTuned = 0
  /// Pairs of a row of the reference and a row of the other set in its k-ball.
  package var pairs = 0
  /// Rows of the reference whose k-ball holds a row of the other set.
  package var coveredBase = 0
  /// Whether both sets have more than k rows.
  package var isDefined = true

  /// Nothing counted yet.
  init(k: Int) { self.k = k }

  /// Counts by walking the lists: about 2k steps a row.
  ///
  /// - Parameter groups: 0 for rows of the reference, 1 for those of the other set, 2 for neither.
  package init(_ lists: NeighbourLists, groups: [UInt8], k: Int) {
    precondition(groups.count == lists.count, "one group a row")
    self.k = k
    var found: [Int] = []
    var isInside = [Bool](repeating: false, count: groups.count)
    groups.withUnsafeBufferPointer { groups in
      for row in groups.indices where groups[row] < 2 {
        let isBase = groups[row] == 0
        if isBase { base += 1 } else { tuned += 1 }
        guard lists.nearer(than: k, of: row, groups: groups, into: &found) else {
          isDefined = false
          continue
        }
        for other in found { isInside[other] = true }
        if isBase {
          pairs += found.count
          coveredBase += found.isEmpty ? 0 : 1
        }
      }
      for row in groups.indices where isInside[row] {
        if groups[row] == 0 { baseInTuned += 1 } else { tunedInBase += 1 }
      }
    }
    isDefined = isDefined && base > 0 && tuned > 0
  }
}
