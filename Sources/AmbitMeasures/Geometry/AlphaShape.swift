/// Shapes with holes and several parts: the Delaunay triangles that a small circle can hold.
public enum AlphaShape {
  /// The area of the triangles whose circumradius `abc / 4S` is below `radius`.
  ///
  /// Below the spacing of the points nothing is left; for a large radius it is the area of the convex
  /// hull. Source: Edelsbrunner, Kirkpatrick & Seidel 1983.
  public static func area(of triangulation: DelaunayTriangulation, radius: Double) -> Double {
    var total = 0.0
    for (a, b, c) in triangulation.triangles {
      total += area(
        triangulation.points[a], triangulation.points[b], triangulation.points[c], radius)
    }
    return total
  }

  static func area(of triangulation: DelaunayWorkspace, radius: Double) -> Double {
    var total = 0.0
    let points = triangulation.points
    triangulation.forEachTriangle { a, b, c in
      total += area(points[a], points[b], points[c], radius)
    }
    return total
  }

  /// A triangle's area, or 0 where its circumradius is not below `radius`.
  @inline(__always)
  private static func area(
    _ a: SIMD2<Double>, _ b: SIMD2<Double>, _ c: SIMD2<Double>, _ radius: Double
  ) -> Double {
    let (ab, ac, bc) = (b - a, c - a, c - b)
    let area = (ab.x * ac.y - ab.y * ac.x) / 2
    let squares =
      (ab.x * ab.x + ab.y * ab.y) * (ac.x * ac.x + ac.y * ac.y) * (bc.x * bc.x + bc.y * bc.y)
    return squares < 16 * area * area * radius * radius ? area : 0
  }
}
