/// The minimum spanning tree of the points of two sets, and how many of its edges join them.
package struct JointTree: Sendable {
  private let edges: [(a: Int32, b: Int32)]
  /// Where each point lies, among the distinct places.
  private let places: [Int32]
  private let placeCount: Int

  /// - Parameter points: of both sets, in any order; labels come in the same order.
  package init(_ points: [SIMD2<Double>]) {
    let order = points.indices.sorted {
      points[$0].x != points[$1].x ? points[$0].x < points[$1].x : points[$0].y < points[$1].y
    }
    var places = [Int32](repeating: 0, count: points.count)
    var sorted: [SIMD2<Double>] = []
    for index in order {
      if sorted.last != points[index] { sorted.append(points[index]) }
      places[index] = Int32(sorted.count - 1)
    }
    let triangulation = DelaunayWorkspace(capacity: sorted.count)
    sorted.withUnsafeBufferPointer { buffer in
      if let start = buffer.baseAddress { triangulation.triangulate(start, count: buffer.count) }
    }
    var edges: [(a: Int32, b: Int32)] = []
    SpanningTree(capacity: sorted.count).forEachEdge(of: triangulation) { a, b, _ in
      edges.append((a: Int32(a), b: Int32(b)))
    }
    self.edges = edges
    self.places = places
    placeCount = sorted.count
  }

  /// The share of edges between points of label 0 and points of label 1; NaN of fewer than two points.
  ///
  /// Of s equal points, a and b of each label, a random tree among them has `2ab/s` such edges, and an
  /// edge to another place joins other labels with the chance `(a b′ + b a′) / s s′`.
  package func crossShare(_ labels: [UInt8]) -> Double {
    guard places.count > 1 else { return .nan }
    var sizes = [Double](repeating: 0, count: placeCount)
    var ones = [Double](repeating: 0, count: placeCount)
    for (place, label) in zip(places, labels) {
      sizes[Int(place)] += 1
      ones[Int(place)] += Double(label)
    }
    var crossings = 0.0
    for place in 0..<placeCount {
      ones[place] /= sizes[place]
      crossings += 2 * ones[place] * (1 - ones[place]) * sizes[place]
    }
    for edge in edges {
      let (first, second) = (ones[Int(edge.a)], ones[Int(edge.b)])
      crossings += first * (1 - second) + second * (1 - first)
    }
    return crossings / Double(places.count - 1)
  }
}
