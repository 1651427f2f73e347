#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#elseif canImport(Darwin)
internal import Darwin
#endif

/// One axis of a chart: how values become places. A place is the value itself on a linear axis, its
/// decimal logarithm on a logarithmic one, and the index of a category.
package struct ChartAxis: Sendable, Equatable {
  /// How values become places.
  package enum Scale: Sendable, Equatable {
    case linear
    case logarithmic
    case categories([String])
    /// Linear, with neither line nor ticks: what stands there is the figure's own matter.
    case bare
  }

  package let scale: Scale
  /// In places.
  package let limits: ClosedRange<Double>
  /// Below the axis, or beside it; empty for none.
  package let label: String
  /// Where values stand that have no logarithm: left of all others, behind a break of the axis.
  package let zeroPlace: Double?

  private init(
    _ scale: Scale, _ limits: ClosedRange<Double>, label: String, zeroPlace: Double? = nil
  ) {
    self.scale = scale
    self.limits = limits
    self.label = label
    self.zeroPlace = zeroPlace
  }

  /// Exactly `limits`, widened only where they have no length.
  package static func linear(_ limits: ClosedRange<Double>, label: String = "") -> ChartAxis {
    ChartAxis(.linear, opened(limits), label: label)
  }

  /// Limits without a line, ticks or numbers.
  package static func bare(_ limits: ClosedRange<Double>, label: String = "") -> ChartAxis {
    ChartAxis(.bare, opened(limits), label: label)
  }

  /// All finite values, with `padding` of their range at both ends, and no further than `bounds`.
  package static func linear(
    holding values: [Double], label: String = "", padding: Double = 0.06,
    within bounds: ClosedRange<Double> = -.infinity ... .infinity
  ) -> ChartAxis {
    let finite = values.filter(\.isFinite)
    guard let low = finite.min(), let high = finite.max() else {
      return linear(0...1, label: label)
    }
    let open = opened(low...high)
    let room = (open.upperBound - open.lowerBound) * padding
    let first = max(open.lowerBound - room, min(bounds.lowerBound, low))
    let last = min(open.upperBound + room, max(bounds.upperBound, high))
    return linear(first...last, label: label)
  }

  /// All positive values, a logarithm apart; the others, if there are any, share a place of their own.
  package static func logarithmic(
    holding values: [Double], label: String = "", padding: Double = 0.05
  ) -> ChartAxis {
    let finite = values.filter(\.isFinite)
    let places = finite.filter { $0 > 0 }.map { log10($0) }
    guard let low = places.min(), let high = places.max() else {
      return linear(holding: finite, label: label)
    }
    let open = high - low < 0.02 ? (low - 0.3)...(high + 0.3) : low...high
    let length = open.upperBound - open.lowerBound
    let hasZero = finite.contains { $0 <= 0 }
    let zero = hasZero ? open.lowerBound - max(0.2 * length, 0.1) : nil
    let first = (zero ?? open.lowerBound) - padding * length
    return ChartAxis(
      .logarithmic, first...(open.upperBound + padding * length), label: label, zeroPlace: zero)
  }

  /// One place a name, in order.
  package static func categories(_ names: [String], label: String = "") -> ChartAxis {
    ChartAxis(
      .categories(names), -0.5...(Double(max(names.count, 1)) - 0.5), label: label)
  }

  /// Where a value stands. Outside the limits it stands outside the frame.
  package func place(_ value: Double) -> Double {
    guard scale == .logarithmic else { return value }
    return value > 0 ? log10(value) : zeroPlace ?? limits.lowerBound
  }

  /// The share of the axis' length that lies before a value.
  package func fraction(_ value: Double) -> Double {
    (place(value) - limits.lowerBound) / (limits.upperBound - limits.lowerBound)
  }

  private static func opened(_ range: ClosedRange<Double>) -> ClosedRange<Double> {
    let middle = (range.lowerBound + range.upperBound) / 2
    let least = max(abs(middle) * 1e-6, 1e-300)
    if range.upperBound - range.lowerBound > least { return range }
    let half = middle == 0 ? 1 : abs(middle) / 10
    return (middle - half)...(middle + half)
  }
}
