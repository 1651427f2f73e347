import AmbitMatrix
import AmbitMeasures
import AmbitTestSupport
import Testing

/// The triangulation against its definition, the tree against Prim's, sums against SciPy's.
@Suite struct DelaunayTests {
  private func cloud(_ random: inout SplitMix64) -> [SIMD2<Double>] {
    let count = random.index(below: 50)
    switch random.index(below: 5) {
    case 0: return Clouds.grid(count, side: 1 + random.index(below: 9), &random)
    case 1: return Clouds.disk(count, &random)
    case 2: return Clouds.gaussian(count, &random) + Clouds.grid(count, side: 3, &random)
    case 3:  // On one circle, as far as doubles can be.
      return (0..<count).map { _ in
        let angle = 2 * Double.pi * Double(random.index(below: 24)) / 24
        return SIMD2(Elementary.cos(angle), Elementary.sin(angle))
      }
    default:  // On one line, and a few off it by a hair.
      return (0..<count).map { _ in
        let x = Double(random.index(below: 30))
        return SIMD2(x, 3 * x + (random.index(below: 8) == 0 ? x.ulp * 4 : 0))
      }
    }
  }

  @Test func noCircleHasAPointInside() {
    forEachSeed(60) { random in
      let triangulation = DelaunayTriangulation(of: cloud(&random))
      let points = triangulation.points
      for (a, b, c) in triangulation.triangles {
        try require(Orientation.sign(points[a], points[b], points[c]) > 0, "a triangle is flat")
        for other in points {
          try require(
            InCircle.sign(points[a], points[b], points[c], other) <= 0,
            "\(other) lies in the circle of \(points[a]), \(points[b]), \(points[c])")
        }
      }
    }
  }

  @Test func trianglesFillTheHullAndCountAsEulerSays() {
    forEachSeed(60) { random in
      let given = cloud(&random)
      let triangulation = DelaunayTriangulation(of: given)
      let points = triangulation.points
      try require(points == distinct(given), "points were lost or repeated")
      let hull = ConvexPolygon(hullOf: given)
      var area = 0.0
      for (a, b, c) in triangulation.triangles {
        let (left, right) = (points[b] - points[a], points[c] - points[a])
        area += (left.x * right.y - left.y * right.x) / 2
      }
      try require(abs(area - hull.area) <= 1e-9 * max(1, hull.area), "\(area) of \(hull.area)")
      let edges = triangulation.edges.count
      if hull.vertices.count > 2 {
        let faces = triangulation.triangles.count
        try require(points.count - edges + faces == 1, "\(edges) edges, \(faces) triangles")
      } else {
        try require(edges == max(0, points.count - 1), "\(edges) edges along a line")
      }
    }
  }

  @Test func theTreeIsAsShortAsPrims() {
    forEachSeed(60) { random in
      let points = cloud(&random)
      let length = shape(of: points).treeLength
      let oracle = primLength(distinct(points))
      try require(agree(length, oracle, relative: 1e-11), "\(length) against \(oracle)")
    }
  }

  @Test func goldenTreesAndShapes() {
    #expect(agree(shape(of: GoldenPoints.a).treeLength, 16.53011608, relative: 1e-8))
    #expect(agree(shape(of: GoldenPoints.b).treeLength, 8.40007404, relative: 1e-8))
    let unit = NeighbourSpacing.median(of: GoldenPoints.a, order: 5)
    #expect(agree(unit, 0.1597912341384077, relative: 1e-8))
    // SciPy 1.17, Delaunay.
    let truth = [
      (1.0, 2.200978931593318, 0.6880214163894893), (1.5, 2.7996191474008265, 0.6881434932139276),
      (2, 2.8422620991765505, 0.6982074770574103), (3, 2.855729638623024, 0.7008599104914729),
      (5, 2.870857321035868, 0.7042154123242478),
    ]
    let (a, b) = (
      DelaunayTriangulation(of: GoldenPoints.a), DelaunayTriangulation(of: GoldenPoints.b)
    )
    #expect(a.triangles.count == 378)
    #expect(b.triangles.count == 379)
    for (factor, first, second) in truth {
      #expect(agree(AlphaShape.area(of: a, radius: factor * unit), first, relative: 1e-8))
      #expect(agree(AlphaShape.area(of: b, radius: factor * unit), second, relative: 1e-8))
    }
    let whole = AlphaShape.area(of: a, radius: .infinity)
    #expect(agree(whole, ConvexPolygon(hullOf: GoldenPoints.a).area, relative: 1e-12))
  }

  @Test func treesOfTheUnitSquareHaveTheirKnownLength() {
    let lengths = (0..<12).map { replicate in
      var random = SplitMix64(seed: 9, stream: UInt64(replicate))
      let points = (0..<1000).map { _ in SIMD2(random.uniform(), random.uniform()) }
      return shape(of: points).treeLength / 1000.0.squareRoot()
    }
    #expect(abs(lengths.reduce(0, +) / 12 - 0.658) < 0.008)
  }

  @Test func anAnnulusKeepsItsHole() {
    // Science note, M4: simulated means at n = 1000 for the true 2.3562.
    var areas = [0.0, 0.0, 0.0, 0.0]
    let radii = [0.1, 0.2, 0.3, 0.5]
    for replicate in 0..<20 {
      var random = SplitMix64(seed: 21, stream: UInt64(replicate))
      let points = (0..<1000).map { _ in
        let radius = (0.25 + 0.75 * random.uniform()).squareRoot()
        let angle = 2 * Double.pi * random.uniform()
        return SIMD2(radius * Elementary.cos(angle), radius * Elementary.sin(angle))
      }
      let triangulation = DelaunayTriangulation(of: points)
      for (index, radius) in radii.enumerated() {
        areas[index] += AlphaShape.area(of: triangulation, radius: radius) / 20
      }
    }
    for (area, truth) in zip(areas, [2.143, 2.207, 2.230, 2.529]) {
      #expect(abs(area - truth) < 0.06, "\(area) against \(truth)")
    }
  }

  @Test func circlesAreDecidedExactly() {
    let (a, b, c) = (SIMD2(1.0, 0), SIMD2(0.0, 1), SIMD2(-1.0, 0))
    #expect(InCircle.sign(a, b, c, SIMD2(0, -1)) == 0)
    #expect(InCircle.sign(a, b, c, SIMD2(0, (-1.0).nextUp)) == 1)
    #expect(InCircle.sign(a, b, c, SIMD2(0, (-1.0).nextDown)) == -1)
    // Far from the origin, where the filter cannot answer.
    let far = SIMD2(Double(1 << 30), Double(1 << 30))
    #expect(InCircle.sign(a + far, b + far, c + far, SIMD2(0, -1) + far) == 0)
    #expect(InCircle.sign(a + far, b + far, c + far, SIMD2(0.5, -0.75) + far) == 1)
  }

  @Test func spacingIsThatOfSortedDistances() {
    forEachSeed(40) { random in
      let points = cloud(&random)
      let order = 1 + random.index(below: 6)
      let spacing = NeighbourSpacing.median(of: points, order: order)
      guard points.count > order else { return try require(spacing.isNaN, "too few points") }
      let sorted = points.indices.map { index in
        points.indices.filter { $0 != index }.map {
          let step = points[$0] - points[index]
          return (step * step).sum().squareRoot()
        }.sorted()[order - 1]
      }.sorted()
      let middle = sorted.count / 2
      let truth =
        sorted.count % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
      try require(agree(spacing, truth, relative: 1e-12), "\(spacing) against \(truth)")
    }
  }

  private func shape(of points: [SIMD2<Double>]) -> PlaneShape {
    let shape = PlaneShape(capacity: points.count)
    shape.load(points)
    return shape
  }

  private func distinct(_ points: [SIMD2<Double>]) -> [SIMD2<Double>] {
    let sorted = points.sorted { $0.x != $1.x ? $0.x < $1.x : $0.y < $1.y }
    return sorted.indices.filter { $0 == 0 || sorted[$0] != sorted[$0 - 1] }.map { sorted[$0] }
  }

  private func primLength(_ points: [SIMD2<Double>]) -> Double {
    guard let first = points.first else { return 0 }
    var rest = points.dropFirst().map { ($0, (($0 - first) * ($0 - first)).sum().squareRoot()) }
    var total = 0.0
    while let next = rest.indices.min(by: { rest[$0].1 < rest[$1].1 }) {
      let (point, distance) = rest.remove(at: next)
      total += distance
      for index in rest.indices {
        let step = rest[index].0 - point
        rest[index].1 = min(rest[index].1, (step * step).sum().squareRoot())
      }
    }
    return total
  }
}
