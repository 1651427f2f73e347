extension DataLimits {
  /// The share of all points that may be left outside the frame, at each side.
  package static let outsideShare = 0.005

  /// Limits that show the points without letting a few far ones squash the rest.
  ///
  /// The length that counts is that without the outermost 0.5 % of the points (at least one) at
  /// either end. A side whose farthest point lies more than three quarters of that length beyond is cut after the
  /// last point within a quarter; any other side shows every point. The middle nine tenths of each
  /// group are always inside, so that no group is left out. An axis on which all points agree gets
  /// the length of the other one, or at least 1 if that has none either.
  ///
  /// - Parameter groups: clouds of finite points. Empty ones are ignored.
  /// - Complexity: O(n), or O(n log n) where one point is extremely far.
  public static func robust(for groups: [[SIMD2<Double>]]) -> DataLimits {
    let x = robustRange(groups.map { group in group.map { $0.x } })
    let y = robustRange(groups.map { group in group.map { $0.y } })
    let length = max(x.upperBound - x.lowerBound, y.upperBound - y.lowerBound)
    return DataLimits(x: opened(x, length: length), y: opened(y, length: length))
  }

  private static func opened(_ range: ClosedRange<Double>, length: Double) -> ClosedRange<Double> {
    let smallest = max(length * 1e-6, abs(range.lowerBound) * 1e-9)
    if range.upperBound - range.lowerBound > smallest { return range }
    let half = length > smallest ? length / 2 : max(0.5, abs(range.lowerBound) / 10)
    return (range.lowerBound - half)...(range.upperBound + half)
  }

  private static func robustRange(_ groups: [[Double]]) -> ClosedRange<Double> {
    let cores = groups.compactMap(core)
    guard let lowestCore = cores.map(\.lowerBound).min(),
      let highestCore = cores.map(\.upperBound).max()
    else { return 0...0 }
    let values = groups.count == 1 ? groups[0] : Array(groups.joined())
    var (smallest, largest) = (values[0], values[0])
    for value in values {
      if value < smallest { smallest = value }
      if value > largest { largest = value }
    }
    let droppable = min(max(1, Int(Double(values.count) * outsideShare)), (values.count - 1) / 2)
    let kept = RankSelection.values(at: [droppable, values.count - 1 - droppable], of: values)
    let lower = min(kept[0], lowestCore)
    let upper = max(kept[1], highestCore)
    let length = upper - lower
    if length <= 0 { return smallest...largest }
    let first =
      lower - smallest <= length * 0.75
      ? smallest : values.filter { $0 >= lower - length / 4 }.min() ?? lower
    let last =
      largest - upper <= length * 0.75
      ? largest : values.filter { $0 <= upper + length / 4 }.max() ?? upper
    return first...last
  }

  /// The middle nine tenths of a group; for fewer than three values the middle one.
  private static func core(_ group: [Double]) -> ClosedRange<Double>? {
    if group.isEmpty { return nil }
    let cut = group.count < 3 ? group.count / 2 : max(1, group.count / 20)
    let last = group.count < 3 ? cut : group.count - 1 - cut
    let ends = RankSelection.values(at: [cut, last], of: group)
    return ends[0]...ends[1]
  }
}
