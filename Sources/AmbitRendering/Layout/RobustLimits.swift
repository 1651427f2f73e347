extension DataLimits {
  /// The share of all points that may be left outside the frame.
  package static let outsideShare = 0.005

  /// Limits that show the points without letting a few far ones squash the rest.
  ///
  /// On each side of each axis, up to 0.5 % of the points (at least one) may be left outside, and
  /// only if that makes the axis at least 30 % shorter; otherwise every point is inside. The median
  /// of each group is always inside, so that no group is left out as a whole. An axis on which all
  /// points agree gets the length of the other one, or of 1 if that has none either.
  ///
  /// - Parameter groups: clouds of finite points. Empty ones are ignored.
  /// - Complexity: O(n log n).
  public static func robust(for groups: [[SIMD2<Double>]]) -> DataLimits {
    let x = robustRange(groups.map { $0.map(\.x) })
    let y = robustRange(groups.map { $0.map(\.y) })
    let length = max(x.upperBound - x.lowerBound, y.upperBound - y.lowerBound)
    return DataLimits(x: opened(x, length: length), y: opened(y, length: length))
  }

  private static func opened(_ range: ClosedRange<Double>, length: Double)
    -> ClosedRange<Double>
  {
    let smallest = max(length * 1e-6, abs(range.lowerBound) * 1e-9)
    if range.upperBound - range.lowerBound > smallest { return range }
    let half = max(length, smallest * 1000) / 2
    let opening = half > 0 ? half : 0.5
    return (range.lowerBound - opening)...(range.upperBound + opening)
  }

  private static func robustRange(_ groups: [[Double]]) -> ClosedRange<Double> {
    let sortedGroups = groups.filter { !$0.isEmpty }.map { $0.sorted() }
    let medians = sortedGroups.map { $0[$0.count / 2] }
    guard let lowestMedian = medians.min(), let highestMedian = medians.max() else { return 0...0 }
    let values = sortedGroups.joined().sorted()
    let droppable = max(1, Int(Double(values.count) * outsideShare))
    var first = 0
    var last = values.count - 1
    // From the outermost gap inwards, the last cut that pays is the one to make.
    for cut in 1...droppable where cut < values.count / 2 {
      let whole = values[last] - values[first]
      if values[cut] <= lowestMedian, values[last] - values[cut] < 0.7 * whole { first = cut }
      let top = values.count - 1 - cut
      let shortened = values[last] - values[first]
      if values[top] >= highestMedian, values[top] - values[first] < 0.7 * shortened { last = top }
    }
    return values[first]...values[last]
  }
}
