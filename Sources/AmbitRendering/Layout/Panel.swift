/// A frame on the page that shows a part of the data plane, with the same scale on both axes if the
/// frame has the limits' aspect.
public struct Panel: Sendable, Hashable {
  /// On the page.
  public let frame: Rectangle
  /// In the data plane.
  public let limits: DataLimits

  /// A panel that maps all of `limits` to all of `frame`.
  public init(frame: Rectangle, limits: DataLimits) {
    precondition(limits.width > 0 && limits.height > 0)
    self.frame = frame
    self.limits = limits
  }

  /// Points of paper per data unit.
  public var scale: SIMD2<Double> {
    SIMD2(frame.width / limits.width, frame.height / limits.height)
  }

  /// Where a point of the data plane stands on the page.
  public func page(_ point: SIMD2<Double>) -> SIMD2<Double> {
    SIMD2(
      frame.x + (point.x - limits.x.lowerBound) * scale.x,
      frame.maxY - (point.y - limits.y.lowerBound) * scale.y)
  }

  /// Where points of the data plane stand on the page.
  public func page(_ points: [SIMD2<Double>]) -> [SIMD2<Double>] {
    let origin = SIMD2(limits.x.lowerBound, limits.y.lowerBound)
    let scale = SIMD2(self.scale.x, -self.scale.y)
    let corner = SIMD2(frame.x, frame.maxY)
    return points.map { corner + ($0 - origin) * scale }
  }

  /// The polygon of data points as a path on the page. One point gives an empty path, two a line.
  public func outline(_ polygon: [SIMD2<Double>]) -> Path {
    polygon.count < 2 ? Path() : .polyline(page(polygon), closed: true)
  }
}
