/// A convex polygon: its corners counter-clockwise, no three on one line.
///
/// Degenerate polygons are values too: no corner (empty), one (a point), two (a segment); their area
/// is 0.
public struct ConvexPolygon: Equatable, Sendable {
  /// The corners, counter-clockwise, from the one of smallest (x, y).
  public let vertices: [SIMD2<Double>]

  /// Wraps corners that already are in counter-clockwise order and convex position.
  package init(uncheckedVertices vertices: [SIMD2<Double>]) { self.vertices = vertices }

  /// The area, by the shoelace formula `½ |Σ (xᵢ yᵢ₊₁ − xᵢ₊₁ yᵢ)|` about the first corner.
  public var area: Double {
    guard vertices.count > 2, let origin = vertices.first else { return 0 }
    var twice = 0.0
    for index in 1..<vertices.count - 1 {
      let a = vertices[index] - origin
      let b = vertices[index + 1] - origin
      twice += a.x * b.y - a.y * b.x
    }
    return max(0, twice / 2)
  }

  /// The length of the boundary; a segment counts twice, there and back, as a flat polygon does.
  public var perimeter: Double {
    guard vertices.count > 1 else { return 0 }
    var length = 0.0
    for index in vertices.indices {
      let step = vertices[(index + 1) % vertices.count] - vertices[index]
      length += (step * step).sum().squareRoot()
    }
    return length
  }

  /// Whether `point` lies inside or on the boundary, decided exactly. O(vertices).
  public func contains(_ point: SIMD2<Double>) -> Bool {
    switch vertices.count {
    case 0: return false
    case 1: return point == vertices[0]
    case 2:
      let (a, b) = (vertices[0], vertices[1])
      return Orientation.sign(a, b, point) == 0
        && point.x >= min(a.x, b.x) && point.x <= max(a.x, b.x)
        && point.y >= min(a.y, b.y) && point.y <= max(a.y, b.y)
    default:
      for index in vertices.indices {
        let next = vertices[index + 1 == vertices.count ? 0 : index + 1]
        if Orientation.sign(vertices[index], next, point) < 0 { return false }
      }
      return true
    }
  }
}
