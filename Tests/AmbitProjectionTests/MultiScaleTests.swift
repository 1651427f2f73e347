import AmbitMatrix
import AmbitProjection
import AmbitTestSupport
import Testing

/// Affinities at one and several perplexities beside NumPy's (widths by SciPy's `brentq`), of 120 rows
/// of three uniforms of seed 42; and maps made of them.
@Suite struct MultiScaleTests {
  static let workers = Workers(threadCount: 2)

  struct Oracle: Sendable {
    let perplexities: [Double]
    /// −Σ p ln p and Σ p².
    let entropy: Double
    let squares: Double
    /// p₀ⱼ for j = 27, 72, 98.
    let first: [Double]
    /// Σⱼ p₀ⱼ.
    let weight: Double
  }

  static let narrow = Oracle(
    perplexities: [4], entropy: 6.291636624054574, squares: 0.002552055582383166,
    first: [0.004149499701068038, 0.0024253569728731614, 0.0009479329206722386],
    weight: 0.011403751102302741)
  static let wide = Oracle(
    perplexities: [30], entropy: 8.228897885727536, squares: 0.00038315356048461717,
    first: [0.0007183129553009365, 0.0006021192563599086, 0.0005906019726453881],
    weight: 0.008762181690472323)
  static let both = Oracle(
    perplexities: [4, 30], entropy: 7.520200180752298, squares: 0.0010920397271474347,
    first: [0.0024368519509784486, 0.0015143264391269764, 0.0007687270426812922],
    weight: 0.010063127928671811)

  @Test(arguments: [narrow, wide, both]) func affinitiesAreNumPys(_ oracle: Oracle) {
    var random = SplitMix64(seed: 42)
    let rows = Matrix(
      rowCount: 120, columnCount: 3, values: (0..<360).map { _ in Float(random.uniform()) })
    let edges = MapForces(rows: rows, perplexities: oracle.perplexities, workers: Self.workers)
      .edges
    var (entropy, squares, weight) = (0.0, 0.0, 0.0)
    var first: [Int: Double] = [:]
    for edge in edges {
      let p = Double(edge.affinity)
      entropy -= p * Elementary.log(p)
      squares += p * p
      guard edge.row == 0 else { continue }
      weight += p
      first[edge.column] = p
    }
    #expect(agree(entropy, oracle.entropy, relative: 1e-5))
    #expect(agree(squares, oracle.squares, relative: 1e-4))
    #expect(agree(weight, oracle.weight, relative: 1e-4))
    for (column, p) in zip([27, 72, 98], oracle.first) {
      #expect(agree(first[column] ?? 0, p, relative: 1e-4), "\(column)")
    }
  }

  /// The mean distance of points to the mean of their group, in units of the mean distance of those
  /// means to one another.
  static func tightness(_ map: Matrix, size: Int) -> Double {
    let groups = map.rowCount / size
    let means = (0..<groups).map { group in
      map.rows(Array(group * size..<(group + 1) * size)).columnMeans()
    }
    var (within, between) = (0.0, 0.0)
    for row in 0..<map.rowCount {
      let mean = means[row / size]
      let (x, y) = (Double(map[row, 0]) - mean[0], Double(map[row, 1]) - mean[1])
      within += (x * x + y * y).squareRoot() / Double(map.rowCount)
    }
    for a in means {
      for b in means {
        between += ((a[0] - b[0]) * (a[0] - b[0]) + (a[1] - b[1]) * (a[1] - b[1])).squareRoot()
      }
    }
    return within / (between / Double(groups * (groups - 1)))
  }

  @Test func lateExaggerationKeepsGroupsTighter() throws {
    var random = SplitMix64(seed: 3)
    let rows = TSNETests.groups([Int](repeating: 100, count: 5), &random)
    let plain = try TSNE().map(of: rows, workers: Self.workers)
    var method = TSNE()
    method.lateExaggeration = 4
    let tight = try method.map(of: rows, workers: Self.workers)
    #expect(
      Self.tightness(tight.coordinates, size: 100) < 0.7
        * Self.tightness(plain.coordinates, size: 100))
    #expect(tight.divergence > plain.divergence)
    #expect(tight.iterationCount == method.earlyIterationCount + method.iterationCount)
  }
}
