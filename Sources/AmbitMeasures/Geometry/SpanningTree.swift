/// The shortest tree that joins the points of a triangulation, in lent buffers. One a thread.
///
/// The Euclidean minimum spanning tree is part of every Delaunay triangulation, so Borůvka's rounds run
/// over its edges alone; of equal lengths the earlier edge goes first. O(n log n), in practice a few
/// passes. Source: Borůvka 1926; Shamos & Hoey 1975 (the tree lies in the triangulation).
final class SpanningTree {
  private struct Edge {
    var a: Int32
    var b: Int32
    var square: Double
  }

  private let edges: UnsafeMutablePointer<Edge>
  private let parents: UnsafeMutablePointer<Int32>
  private let best: UnsafeMutablePointer<Int32>

  init(capacity: Int) {
    edges = .allocate(capacity: 3 * capacity + 6)
    parents = .allocate(capacity: capacity + 1)
    best = .allocate(capacity: capacity + 1)
  }

  deinit {
    edges.deallocate()
    parents.deallocate()
    best.deallocate()
  }

  /// Calls `body` with the ends and the length of every edge of the tree.
  @inline(__always)
  func forEachEdge(
    of triangulation: DelaunayWorkspace, _ body: (_ a: Int, _ b: Int, _ length: Double) -> Void
  ) {
    var size = 0
    triangulation.forEachEdge { a, b in
      let step = triangulation.points[a] - triangulation.points[b]
      edges[size] = Edge(a: Int32(a), b: Int32(b), square: step.x * step.x + step.y * step.y)
      size += 1
    }
    let count = triangulation.count
    for index in 0..<count { parents[index] = Int32(index) }
    var remaining = count - 1
    while remaining > 0 && size > 0 {
      for index in 0..<count { best[index] = -1 }
      // Edges inside one part leave the list, in order, so that ties stay settled by their place.
      var kept = 0
      for index in 0..<size {
        let edge = edges[index]
        let (first, second) = (root(edge.a), root(edge.b))
        if first == second { continue }
        edges[kept] = edge
        offer(Int32(kept), to: first)
        offer(Int32(kept), to: second)
        kept += 1
      }
      size = kept
      for index in 0..<count where best[index] >= 0 {
        let edge = edges[Int(best[index])]
        let (first, second) = (root(edge.a), root(edge.b))
        if first == second { continue }
        parents[Int(max(first, second))] = min(first, second)
        remaining -= 1
        body(Int(edge.a), Int(edge.b), edge.square.squareRoot())
      }
    }
  }

  /// The sum of the lengths of the tree's edges.
  func length(of triangulation: DelaunayWorkspace) -> Double {
    var total = 0.0
    forEachEdge(of: triangulation) { _, _, length in total += length }
    return total
  }

  @inline(__always)
  private func offer(_ edge: Int32, to part: Int32) {
    let known = best[Int(part)]
    if known < 0 || edges[Int(edge)].square < edges[Int(known)].square { best[Int(part)] = edge }
  }

  @inline(__always)
  private func root(_ index: Int32) -> Int32 {
    var current = index
    while parents[Int(current)] != current {
      parents[Int(current)] = parents[Int(parents[Int(current)])]
      current = parents[Int(current)]
    }
    return current
  }
}
