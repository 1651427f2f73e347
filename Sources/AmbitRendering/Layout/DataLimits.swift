/// The part of the data plane that a panel shows. y grows upwards.
public struct DataLimits: Sendable, Hashable {
  /// The range across.
  public var x: ClosedRange<Double>
  /// The range upwards.
  public var y: ClosedRange<Double>

  /// Limits from both ranges.
  public init(x: ClosedRange<Double>, y: ClosedRange<Double>) {
    self.x = x
    self.y = y
  }

  /// The length of the range across.
  public var width: Double { x.upperBound - x.lowerBound }
  /// The length of the range upwards.
  public var height: Double { y.upperBound - y.lowerBound }

  /// Whether the point lies inside or on the border.
  public func contains(_ point: SIMD2<Double>) -> Bool {
    x.contains(point.x) && y.contains(point.y)
  }

  /// The limits widened by `fraction` of each side's length, at both ends.
  public func padded(by fraction: Double) -> DataLimits {
    DataLimits(
      x: Self.widened(x, to: width * (1 + 2 * fraction)),
      y: Self.widened(y, to: height * (1 + 2 * fraction)))
  }

  /// The limits with the shorter side widened about its middle until height / width is `aspect`.
  public func widened(toAspect aspect: Double) -> DataLimits {
    height < width * aspect
      ? DataLimits(x: x, y: Self.widened(y, to: width * aspect))
      : DataLimits(x: Self.widened(x, to: height / aspect), y: y)
  }

  private static func widened(_ range: ClosedRange<Double>, to length: Double)
    -> ClosedRange<Double>
  {
    let middle = range.lowerBound + (range.upperBound - range.lowerBound) / 2
    return (middle - length / 2)...(middle + length / 2)
  }
}
