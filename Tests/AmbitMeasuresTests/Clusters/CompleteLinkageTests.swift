import AmbitMatrix
import AmbitMeasures
import AmbitTestSupport
import Testing

@Suite struct CompleteLinkageTests {
  /// SciPy 1.x, `linkage(…, "complete")` and `fcluster(…, criterion="distance")`.
  @Test("heights and clusters are SciPy's")
  func scipy() {
    var random = SplitMix64(seed: 5)
    let count = 24
    var distances = [Double](repeating: 0, count: count * count)
    for first in 0..<count {
      for second in 0..<first {
        let distance = random.uniform()
        distances[first * count + second] = distance
        distances[second * count + first] = distance
      }
    }
    let linkage = CompleteLinkage(distances: distances, count: count)
    let heights = [
      0.0005971982455944547, 0.0016806759800398474, 0.011473785536871284, 0.011943917154550787,
      0.03642357398081253, 0.041440821760351465, 0.04701254703948432, 0.07131659288400294,
      0.11711457206471343, 0.13383477781305952, 0.35051009880619144, 0.3513400574446548,
      0.37273421630259074, 0.40156728157607346, 0.6576847286669052, 0.6779460912974743,
      0.7194758285966208, 0.8298833122834189, 0.9181196224665257, 0.9546787876835247,
      0.971257138805212, 0.9897653407357783, 0.9996296507429555,
    ]
    #expect(linkage.merges.map(\.height) == heights)
    for (radius, clusters) in [
      (0.3, [0, 1, 2, 3, 4, 5, 6, 7, 8, 3, 9, 8, 9, 5, 10, 11, 4, 7, 1, 12, 13, 13, 6, 0]),
      (0.6, [0, 1, 2, 0, 3, 4, 5, 1, 6, 0, 7, 6, 7, 4, 8, 2, 3, 1, 1, 8, 9, 9, 5, 0]),
      (0.9, [0, 1, 2, 0, 3, 4, 3, 1, 5, 0, 4, 5, 4, 4, 2, 2, 3, 1, 1, 2, 0, 0, 3, 0]),
    ] {
      #expect(linkage.clusters(within: radius) == clusters, "\(radius)")
    }
    #expect(linkage.clusters(within: -1) == Array(0..<count))
    #expect(linkage.clusters(within: 1) == [Int](repeating: 0, count: count))
  }

  @Test("no cluster is wider than the radius, and no two could be one")
  func diameters() {
    forEachSeed(60) { random in
      let count = 1 + random.index(below: 40)
      let rows = Matrix(
        rowCount: count, columnCount: 3,
        values: (0..<3 * count).map { _ in Float(random.normal()) })
      let distances = CosineGeometry.distances(rows)
      let radius = 0.05 + random.uniform()
      let clusters = CompleteLinkage(distances: distances, count: count).clusters(within: radius)
      func diameter(_ members: [Int]) -> Double {
        members.flatMap { first in members.map { distances[first * count + $0] } }.max() ?? 0
      }
      let sets = (0...(clusters.max() ?? 0)).map { cluster in
        clusters.indices.filter { clusters[$0] == cluster }
      }
      for (index, own) in sets.enumerated() {
        try require(diameter(own) <= radius, "too wide")
        for other in sets[..<index] {
          try require(diameter(own + other) > radius, "two that are one")
        }
      }
    }
  }

  @Test("equal rows are one kind wherever they stand, rows without direction too")
  func equalRows() {
    forEachSeed(40) { random in
      let width = 384
      let some = (0..<7).map { _ in (0..<width).map { _ in Float(random.normal()) } }
      let zeros = [Float](repeating: 0, count: width)
      let order = (0..<30).map { _ in random.index(below: 8) }
      let rows = Matrix(
        rowCount: 30, columnCount: width,
        values: order.flatMap { $0 < 7 ? some[$0] : zeros })
      let distances = CosineGeometry.distances(rows)
      let clusters = CompleteLinkage(distances: distances, count: 30).clusters(within: 0)
      for first in 0..<30 {
        for second in 0..<30 {
          let areEqual = order[first] == order[second]
          try require((clusters[first] == clusters[second]) == areEqual, "\(first) \(second)")
          try require((distances[first * 30 + second] == 0) == areEqual, "distance")
        }
      }
    }
  }

  @Test("one point and none")
  func edges() {
    #expect(CompleteLinkage(distances: [0], count: 1).clusters(within: 0) == [0])
    #expect(CompleteLinkage(distances: [], count: 0).clusters(within: 0) == [])
  }
}
