/// Labels in a column, each as near as possible to where it belongs and none over another.
package enum LabelSpread {
  /// The middles of labels of equal `height`, of least squared distance to the `wanted` ones among
  /// all that keep their order and do not overlap, then moved into `range` as one stack where they
  /// would stand outside it. Equal wishes keep the order of the list.
  ///
  /// - Complexity: O(n log n): isotonic regression by pooling adjacent violators.
  package static func middles(
    _ wanted: [Double], height: Double, in range: ClosedRange<Double>
  ) -> [Double] {
    let order = wanted.indices.sorted { (wanted[$0], $0) < (wanted[$1], $1) }
    var blocks: [(sum: Double, count: Int)] = []
    for (rank, index) in order.enumerated() {
      blocks.append((wanted[index] - Double(rank) * height, 1))
      while blocks.count > 1 {
        let (last, before) = (blocks[blocks.count - 1], blocks[blocks.count - 2])
        guard before.sum / Double(before.count) > last.sum / Double(last.count) else { break }
        blocks.removeLast()
        blocks[blocks.count - 1] = (before.sum + last.sum, before.count + last.count)
      }
    }
    let lowest = range.lowerBound + height / 2
    let highest = range.upperBound - height / 2 - Double(max(wanted.count - 1, 0)) * height
    var middles = [Double](repeating: 0, count: wanted.count)
    var rank = 0
    for block in blocks {
      let base = max(min(block.sum / Double(block.count), highest), lowest)
      for _ in 0..<block.count {
        middles[order[rank]] = base + Double(rank) * height
        rank += 1
      }
    }
    return middles
  }
}
