/// A number with the interval that it may lie in. Where the value is not finite it is missing, and
/// is left out of the picture, never drawn as 0.
public struct Estimate: Sendable, Hashable, Codable {
  /// The number.
  public var value: Double
  /// Usually of 95 % confidence; need not hold the value.
  public var interval: ClosedRange<Double>?

  /// A number, with its interval if there is one.
  public init(_ value: Double, interval: ClosedRange<Double>? = nil) {
    self.value = value
    self.interval = interval
  }

  /// A number with the ends of its interval; there is none unless both are finite and in order.
  public init(_ value: Double, low: Double?, high: Double?) {
    self.value = value
    if let low, let high, low.isFinite, high.isFinite, low <= high { interval = low...high }
  }

  /// The estimate if its value is finite, without an interval whose ends are not.
  var ifFinite: Estimate? {
    guard value.isFinite else { return nil }
    let isBounded = interval.map { $0.lowerBound.isFinite && $0.upperBound.isFinite } ?? true
    return isBounded ? self : Estimate(value)
  }

  /// The value and both ends of the interval.
  var extremes: [Double] {
    [value] + (interval.map { [$0.lowerBound, $0.upperBound] } ?? [])
  }
}

extension [Estimate?] {
  /// The estimate at `index`, if there is one and it is finite.
  func finite(_ index: Int) -> Estimate? { indices.contains(index) ? self[index]?.ifFinite : nil }

  /// Values and ends of intervals of the finite ones among those estimates.
  func extremes(_ indices: [Int]) -> [Double] {
    indices.compactMap { finite($0) }.flatMap(\.extremes)
  }

  /// Values and ends of intervals of all finite estimates.
  var extremes: [Double] { compactMap { $0?.ifFinite }.flatMap(\.extremes) }
}
