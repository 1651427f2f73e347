/// An outline in page coordinates.
public struct Path: Sendable, Hashable {
  /// One step of the pen.
  public enum Element: Sendable, Hashable {
    case move(SIMD2<Double>)
    case line(SIMD2<Double>)
    case curve(SIMD2<Double>, SIMD2<Double>, to: SIMD2<Double>)
    case close
  }

  /// The steps in order.
  public private(set) var elements: [Element] = []

  /// An empty path.
  public init() {}

  /// Begins a new outline at `point`.
  public mutating func move(to point: SIMD2<Double>) { elements.append(.move(point)) }
  /// Draws a straight line to `point`.
  public mutating func line(to point: SIMD2<Double>) { elements.append(.line(point)) }
  /// Draws a straight line back to where the outline began.
  public mutating func close() { elements.append(.close) }

  /// A cubic Bézier segment.
  public mutating func curve(
    _ first: SIMD2<Double>, _ second: SIMD2<Double>, to point: SIMD2<Double>
  ) {
    elements.append(.curve(first, second, to: point))
  }

  /// The line through `points`, closed to a polygon on request. Empty for no points.
  public static func polyline(_ points: [SIMD2<Double>], closed: Bool = false) -> Path {
    var path = Path()
    for (index, point) in points.enumerated() {
      if index == 0 { path.move(to: point) } else { path.line(to: point) }
    }
    if closed, points.count > 2 { path.close() }
    return path
  }

  /// One straight line.
  public static func line(from start: SIMD2<Double>, to end: SIMD2<Double>) -> Path {
    polyline([start, end])
  }

  /// The four sides of `rectangle`, closed.
  public static func rectangle(_ rectangle: Rectangle) -> Path {
    polyline(
      [
        SIMD2(rectangle.x, rectangle.y), SIMD2(rectangle.maxX, rectangle.y),
        SIMD2(rectangle.maxX, rectangle.maxY), SIMD2(rectangle.x, rectangle.maxY),
      ], closed: true)
  }

  /// A circle of four Bézier segments, within 0.03 % of the radius.
  public static func circle(centre: SIMD2<Double>, radius: Double) -> Path {
    let handle = radius * 0.5522847498
    let (x, y) = (centre.x, centre.y)
    var path = Path()
    path.move(to: SIMD2(x + radius, y))
    path.curve(
      SIMD2(x + radius, y + handle), SIMD2(x + handle, y + radius), to: SIMD2(x, y + radius))
    path.curve(
      SIMD2(x - handle, y + radius), SIMD2(x - radius, y + handle), to: SIMD2(x - radius, y))
    path.curve(
      SIMD2(x - radius, y - handle), SIMD2(x - handle, y - radius), to: SIMD2(x, y - radius))
    path.curve(
      SIMD2(x + handle, y - radius), SIMD2(x + radius, y - handle), to: SIMD2(x + radius, y))
    path.close()
    return path
  }

  /// The path moved by `offset`.
  public func translated(by offset: SIMD2<Double>) -> Path {
    var moved = Path()
    moved.elements = elements.map { element in
      switch element {
      case .move(let point): .move(point + offset)
      case .line(let point): .line(point + offset)
      case .curve(let first, let second, let point):
        .curve(first + offset, second + offset, to: point + offset)
      case .close: .close
      }
    }
    return moved
  }
}
