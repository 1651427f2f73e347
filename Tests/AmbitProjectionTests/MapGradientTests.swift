import AmbitMatrix
import AmbitProjection
import AmbitTestSupport
import Testing

@Suite struct MapGradientTests {
  static let workers = Workers(threadCount: 2)

  static func forces(_ count: Int, _ random: inout SplitMix64) -> MapForces {
    let rows = NearestNeighboursTests.cloud(count, 8, &random)
    return MapForces(rows: rows, perplexities: [10], workers: workers)
  }

  static func places(_ count: Int, size: Double, _ random: inout SplitMix64) -> [SIMD2<Float>] {
    (0..<count).map { _ in SIMD2(Float(size * random.normal()), Float(size * random.normal())) }
  }

  /// The slope of `value` along every coordinate of some points, by central differences.
  static func slopes(
    _ places: [SIMD2<Float>], of points: [Int], step: Double,
    _ value: ([SIMD2<Double>]) -> Double
  ) -> [SIMD2<Double>] {
    var moved = places.map { SIMD2<Double>($0) }
    return points.map { point in
      var slope = SIMD2<Double>(0, 0)
      for axis in 0..<2 {
        let start = moved[point][axis]
        moved[point][axis] = start + step
        let above = value(moved)
        moved[point][axis] = start - step
        slope[axis] = (above - value(moved)) / (2 * step)
        moved[point][axis] = start
      }
      return slope
    }
  }

  static func error(_ found: [SIMD2<Double>], _ truth: [SIMD2<Double>]) -> Double {
    let difference = zip(found, truth).reduce(0.0) { $0 + (($1.0 - $1.1) * ($1.0 - $1.1)).sum() }
    return (difference / truth.reduce(0) { $0 + ($1 * $1).sum() }).squareRoot()
  }

  @Test func gradientOfTheDivergenceEqualsCentralDifferences() {
    forEachSeed(4) { random in
      let forces = Self.forces(60, &random)
      let places = Self.places(60, size: 3, &random)
      let points = [0, 7, 31, 59]
      let slopes = Self.slopes(places, of: points, step: 1e-4) { forces.divergence($0) }
      let gradient = forces.gradient(places)
      let error = Self.error(points.map { SIMD2<Double>(gradient[$0]) }, slopes)
      try require(error < 1e-5, "relative error \(error)")
    }
  }

  @Test func gradientOfTheDensityTermEqualsCentralDifferences() {
    forEachSeed(4) { random in
      let forces = Self.forces(60, &random)
      let places = Self.places(60, size: 2, &random)
      let points = [0, 7, 31, 59]
      let slopes = Self.slopes(places, of: points, step: 1e-4) { forces.densityCorrelation($0) }
      let gradient = forces.densityGradient(places.map { SIMD2<Double>($0) })
      let error = Self.error(points.map { gradient[$0] }, slopes)
      try require(error < 1e-6, "relative error \(error)")
    }
  }

  @Test func theEstimatedDivergenceIsTheExactOne() {
    forEachSeed(3) { random in
      let count = 200 + random.index(below: 2500)
      let forces = Self.forces(count, &random)
      let places = Self.places(count, size: 10, &random)
      let exact = forces.divergence(places.map { SIMD2<Double>($0) })
      let estimate = forces.estimatedDivergence(places)
      try require(agree(estimate, exact, relative: 2e-4), "\(estimate) for \(exact)")
    }
  }

  @Test func affinitiesAreSymmetricAndAddUpToOne() {
    var random = SplitMix64(seed: 2)
    let forces = Self.forces(300, &random)
    let edges = forces.edges
    var table = [Float](repeating: 0, count: 300 * 300)
    for edge in edges { table[edge.row * 300 + edge.column] += edge.affinity }
    #expect(edges.allSatisfy { $0.row != $0.column })
    #expect(edges.allSatisfy { table[$0.row * 300 + $0.column] == table[$0.column * 300 + $0.row] })
    #expect(abs(edges.reduce(0.0) { $0 + Double($1.affinity) } - 1) < 1e-5)
  }

  /// p(j|i) over the nearest `count` rows: the Gaussian of the given perplexity, found by bisection.
  static func shares(_ rows: Matrix, _ row: Int, count: Int, perplexity: Double) -> [Int: Double] {
    let near = NearestNeighboursTests.oracle(row, rows, rows, .euclidean, excluding: row)
      .prefix(count)
    var (low, high) = (0.0, 1e6)
    var shares: [Int: Double] = [:]
    for _ in 0..<200 {
      let beta = (low + high) / 2
      let weights = near.map { Elementary.exp(-beta * ($0.distance - near[0].distance)) }
      let total = weights.reduce(0, +)
      let entropy = weights.reduce(0.0) { $0 - $1 / total * Elementary.log($1 / total + 1e-300) }
      if entropy > Elementary.log(perplexity) { low = beta } else { high = beta }
      shares = Dictionary(
        uniqueKeysWithValues: zip(near.map(\.row), weights.map { $0 / total }))
    }
    return shares
  }

  @Test func affinitiesEqualTheirDefinition() {
    forEachSeed(4) { random in
      let count = 40 + random.index(below: 60)
      let rows = NearestNeighboursTests.cloud(count, 6, offset: 5, &random)
      let edges = MapForces(rows: rows, perplexities: [10], workers: Self.workers).edges
      let shares = (0..<count).map { Self.shares(rows, $0, count: 30, perplexity: 10) }
      var expected = 0
      for row in 0..<count {
        for other in 0..<count where shares[row][other] ?? shares[other][row] != nil {
          expected += 1
        }
      }
      try require(edges.count == expected, "\(edges.count) edges for \(expected)")
      for edge in edges {
        let sum = (shares[edge.row][edge.column] ?? 0) + (shares[edge.column][edge.row] ?? 0)
        let p = sum / Double(2 * count)
        try require(
          abs(Double(edge.affinity) - p) < 1e-4 * p + 1e-9, "\(edge.affinity) for \(p)")
      }
    }
  }

  @Test func unequalPerplexitiesGiveTheMeanOfTheirAffinities() {
    var random = SplitMix64(seed: 8)
    let rows = NearestNeighboursTests.cloud(25, 5, &random)
    func table(_ perplexities: [Double]) -> [Double] {
      var table = [Double](repeating: 0, count: 25 * 25)
      for edge in MapForces(rows: rows, perplexities: perplexities, workers: Self.workers).edges {
        table[edge.row * 25 + edge.column] = Double(edge.affinity)
      }
      return table
    }
    // So few rows that each looks at all others, whatever the perplexity.
    let (small, large, both) = (table([8]), table([20]), table([8, 20]))
    for index in both.indices {
      #expect(abs(both[index] - (small[index] + large[index]) / 2) < 1e-6)
    }
  }

  @Test func localRadiusAtACornerOfTheUnitSquare() {
    // Science note, D1: the logarithm of 1.25.
    // Rows in general position, so that each of the four has affinities to all others.
    let rows = Matrix(rowCount: 4, columnCount: 2, values: [0, 0, 0, 1, 1, 0.1, 1.2, 1])
    let forces = MapForces(rows: rows, perplexities: [2], workers: Self.workers)
    #expect(forces.edges.count == 12)
    let places = [SIMD2(0.0, 0), SIMD2(0, 1), SIMD2(1, 0), SIMD2(1, 1)]
    for radius in forces.localRadii(places) { #expect(abs(radius - 0.223_143_551_3) < 1e-10) }
  }
}
