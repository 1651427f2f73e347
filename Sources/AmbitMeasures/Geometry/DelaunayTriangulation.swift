/// The Delaunay triangulation of planar points: no circle through three corners of a triangle has a
/// point inside.
///
/// Exact: see `InCircle` and `Orientation`. Where four or more points lie on one empty circle, one of
/// the possible triangulations is given; where all lie on one line there are edges and no triangles.
/// Of equal points only one is a corner. O(n log n). Source: Guibas & Stolfi 1985.
public struct DelaunayTriangulation: Sendable {
  /// The distinct points, ascending in (x, y).
  public let points: [SIMD2<Double>]
  /// The ends of every edge, as indices of `points`.
  public let edges: [(a: Int, b: Int)]
  /// The corners of every triangle, counter-clockwise, as indices of `points`.
  public let triangles: [(a: Int, b: Int, c: Int)]

  /// Triangulates points in any order.
  ///
  /// - Precondition: coordinates are finite.
  public init(of points: [SIMD2<Double>]) {
    let workspace = DelaunayWorkspace(capacity: points.count)
    let sorted = points.sorted { $0.x != $1.x ? $0.x < $1.x : $0.y < $1.y }
    sorted.withUnsafeBufferPointer { buffer in
      if let start = buffer.baseAddress { workspace.triangulate(start, count: buffer.count) }
    }
    self.points = (0..<workspace.count).map { workspace.points[$0] }
    var edges: [(a: Int, b: Int)] = []
    var triangles: [(a: Int, b: Int, c: Int)] = []
    workspace.forEachEdge { edges.append((a: $0, b: $1)) }
    workspace.forEachTriangle { triangles.append((a: $0, b: $1, c: $2)) }
    self.edges = edges
    self.triangles = triangles
  }
}
