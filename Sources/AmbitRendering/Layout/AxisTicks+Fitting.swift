#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#elseif canImport(Darwin)
internal import Darwin
#endif

extension AxisTicks {
  /// The round step whose labels suit a frame best: about as many as wanted that fit, else as near to
  /// that as the width allows.
  ///
  /// - Parameters:
  ///   - length: the frame's length along the axis, in points.
  ///   - margin: how far a label may reach beyond the frame's ends.
  ///   - gap: the least distance of neighbouring labels.
  ///   - wanted: how many labels are best; one more is nearly as good.
  ///   - labelLength: the length of a label along the axis.
  package static func fitting(
    limits: ClosedRange<Double>, length: Double, margin: Double, gap: Double,
    wanted: Int = 3, labelLength: (String) -> Double
  ) -> AxisTicks {
    let range = limits.upperBound - limits.lowerBound
    precondition(range > 0 && length > 0)
    let power = Int(floor(log10(range)))
    var best: (cost: Double, ticks: AxisTicks)?
    // From large steps to small ones, so that the larger of two equally good ones stays.
    for exponent in stride(from: power, through: power - 2, by: -1) {
      for (factor, penalty) in steps {
        let ticks = AxisTicks(limits: limits, step: factor * pow(10, Double(exponent)))
        let scale = length / range
        let spans = zip(ticks.values, ticks.labels).map { value, label in
          let middle = (value - limits.lowerBound) * scale
          let half = labelLength(label) / 2
          return (middle - half)...(middle + half)
        }.filter { $0.lowerBound >= -margin && $0.upperBound <= length + margin }
        let touches = zip(spans, spans.dropFirst()).contains {
          $0.upperBound + gap > $1.lowerBound
        }
        if touches { continue }
        let cost = cost(labelCount: spans.count, wanted: wanted) + penalty
        if best.map({ cost < $0.cost }) ?? true { best = (cost, ticks) }
      }
    }
    return best?.ticks ?? AxisTicks(limits: limits, step: roundStep(length: range, atMost: 2))
  }

  /// The leading digits of steps, with how much less welcome each is; the order of preference is
  /// that of Talbot, Lin and Hanrahan (2010).
  private static let steps = [(5.0, 0.0), (4, 2), (3, 2.5), (2.5, 1.5), (2, 0), (1, 0)]

  private static func cost(labelCount: Int, wanted: Int) -> Double {
    switch (labelCount, labelCount - wanted) {
    case (0, _): 20
    case (1, _): 6
    case (_, 0): 0
    case (_, 1): 0.5
    case (_, -1), (_, 2): 2
    case (_, let excess) where excess > 0: Double(labelCount)
    case (_, let lack): Double(1 - lack)
    }
  }
}
