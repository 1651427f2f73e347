import AmbitMatrix
import AmbitMeasures
import AmbitTestSupport
import Testing

@Suite struct LogVolumeTests {
  private let workers = Workers(threadCount: 2)

  private func matrix(_ points: [[Double]]) -> Matrix {
    Matrix(
      rowCount: points.count, columnCount: points[0].count,
      values: points.flatMap { $0.map { Float($0) } })
  }

  private func gaussian(_ random: inout SplitMix64, _ count: Int, scales: [Double]) -> Matrix {
    Matrix(
      rowCount: count, columnCount: scales.count,
      values: (0..<count).flatMap { _ in scales.map { Float($0 * random.normal()) } })
  }

  private func rows(
    _ matrices: [Matrix], hasPrompts: Bool = false,
    _ settings: InferenceSettings = InferenceSettings(resamples: 200, permutations: 199)
  ) -> [Measurement] {
    MeasureSuite(
      measures: MeasureSuite.standard.measures.filter { $0.id == "log_volume" }
    ).run(
      design: Design(
        checkpoints: matrices.indices.map { "c\($0)" }, baseline: 0,
        promptIDs: matrices.map { hasPrompts ? (0..<$0.rowCount).map { "p\($0)" } : [""] },
        promptOffsets: matrices.map { hasPrompts ? Array(0...$0.rowCount) : [0, $0.rowCount] },
        hasPrompts: hasPrompts),
      spaces: [MeasuredSpace(id: "embedding", coordinates: matrices)], settings: settings,
      workers: workers
    ).measurements
  }

  @Test func goldenSets() throws {
    for (points, expected) in [
      (GoldenPoints.a.map { [$0.x, $0.y] }, -1.361985093),
      (GoldenPoints.b.map { [$0.x, $0.y] }, -2.797064185),
      (GoldenPoints.u, -8.498766659),
    ] {
      let found = rows([matrix(points)])
      #expect(found.map(\.variant) == ["k\(points[0].count)"])
      let value = try #require(found.first?.value)
      let bias = LogVolume.bias(rows: points.count, components: points[0].count)
      #expect(abs(value + bias - expected) < 1e-5, "\(value + bias)")
    }
  }

  /// The table of exact biases of log det, half of which is taken off.
  @Test func biases() {
    for (rows, width, expected) in [
      (200, 2, -0.0151), (200, 10, -0.281), (500, 50, -2.646), (1000, 384, -85.9),
    ] {
      let found = 2 * LogVolume.bias(rows: rows, components: width)
      #expect(abs(found / expected - 1) < 3e-3, "\(found)")
    }
  }

  @Test func digamma() {
    for (x, expected) in [
      (1.0, -0.5772156649015329), (0.5, -1.9635100260214235), (10, 2.251752589066721),
      (1e-3, -1000.5755719318103), (123.4, 4.8113737751162775),
    ] {
      #expect(agree(Digamma.value(x), expected, relative: 1e-12), "\(x): \(Digamma.value(x))")
    }
  }

  /// Over 200 runs of 60 Gaussian rows in six dimensions the mean is ½ log det Σ.
  @Test func theMeanIsUnbiased() throws {
    let scales = [3.0, 2, 1, 1, 0.5, 0.2]
    let found = try Workers(threadCount: 2).map(200) { run in
      Result {
        var random = SplitMix64(seed: 41, stream: UInt64(run))
        return try #require(rows([gaussian(&random, 60, scales: scales)]).first?.value)
      }
    }.map { try $0.get() }
    let moments = SampleMoments(found)
    let truth = scales.reduce(0) { $0 + Elementary.log($1) }
    #expect(abs(moments.mean - truth) < 4 * moments.varianceOfMean.squareRoot())
  }

  /// `log √(det S₂ / det S₁)` of the two closed-form laws.
  @Test func aDifferenceIsThatOfTheLaws() throws {
    var random = SplitMix64(seed: 42)
    func law(_ a: Double, _ b: Double, _ c: Double) -> Matrix {
      // The Cholesky root of [[a, b], [b, c]].
      let (first, second) = (a.squareRoot(), b / a.squareRoot())
      let third = (c - second * second).squareRoot()
      return matrix(
        (0..<4000).map { _ in
          let (x, y) = (random.normal(), random.normal())
          return [first * x, second * x + third * y]
        })
    }
    let found = rows([law(2, 0.6, 1), law(1, 0.2, 0.5)])
    let row = try #require(found.first { !$0.reference.isEmpty })
    let truth = Elementary.log(0.5296109940)
    #expect(row.effectKind == .difference && row.p == 0.005)
    #expect(abs(try #require(row.effect) - truth) < 0.06)
    let interval = try #require(row.interval)
    // Each half log-determinant has variance d/2n.
    let reach = 1.96 * (2.0 / 4000).squareRoot()
    #expect(abs((interval.high - interval.low) / (2 * reach) - 1) < 0.1)
    #expect(try #require(row.nullBand).contains(0))
  }

  /// No linear map of the components moves the difference.
  @Test func linearMapsKeepTheDifference() throws {
    var random = SplitMix64(seed: 43)
    let pair = [
      gaussian(&random, 80, scales: [1, 1, 1]), gaussian(&random, 80, scales: [0.7, 0.9, 1]),
    ]
    let map = matrix([[2, 0.3, 0], [-1, 1, 0.2], [0, 0.4, 0.05]])
    let plain = try #require(rows(pair).first { !$0.reference.isEmpty })
    let moved = try #require(
      rows(pair.map { $0.multiplied(by: map, workers: workers) }).first { !$0.reference.isEmpty })
    #expect(abs(try #require(plain.effect) - (try #require(moved.effect))) < 1e-4)
    #expect(plain.p == moved.p)
  }

  /// Ten components of 120 rows of width 30 by either eigenproblem, and against their definition.
  @Test func componentsAreThoseOfAllCheckpoints() throws {
    var random = SplitMix64(seed: 44)
    let scales = (0..<30).map { 3 / Double($0 + 1) }
    let pair = [gaussian(&random, 120, scales: scales), gaussian(&random, 120, scales: scales)]
    let found = rows(pair)
    #expect(Set(found.map(\.variant)) == ["k10", "k12"])
    // A hundred empty columns make the other eigenproblem the smaller one.
    let wide = pair.map { set in
      matrix(
        (0..<set.rowCount).map {
          set.row($0).map { Double($0) } + [Double](repeating: 0, count: 300)
        })
    }
    for (row, other) in zip(found, rows(wide)) {
      #expect(abs(try #require(row.value) - (try #require(other.value))) < 1e-4)
    }
    let components = SharedComponents.coordinates(of: pair, count: 12, workers: workers)
    for (set, name) in zip(components, ["c0", "c1"]) {
      let mean = set.columnMeans()
      let covariance = set.weightedScatter(about: mean, workers: workers).map { $0 / 119 }
      let half = SymmetricEigen.values(of: covariance, order: 12).reduce(0) {
        $0 + Elementary.log($1) / 2
      }
      let row = try #require(found.first { $0.checkpoint == name && $0.variant == "k12" })
      let value = try #require(row.value)
      #expect(abs(value + LogVolume.bias(rows: 120, components: 12) - half) < 1e-4)
    }
  }

  /// Leaving out each prompt, and exchanging prompts, as if done one by one.
  @Test func resamplingIsThatDoneOneByOne() throws {
    var random = SplitMix64(seed: 45)
    let pair = [
      gaussian(&random, 20, scales: [1, 2]), gaussian(&random, 20, scales: [1, 1]),
    ]
    func volume(_ rows: Matrix) -> Double {
      let mean = rows.columnMeans()
      let s = rows.weightedScatter(about: mean, workers: workers).map {
        $0 / Double(rows.rowCount - 1)
      }
      return Elementary.log(s[0] * s[3] - s[1] * s[2]) / 2
        - LogVolume.bias(rows: rows.rowCount, components: 2)
    }
    let found = rows(pair, hasPrompts: true)
    let row = try #require(found.first { !$0.reference.isEmpty })
    let effect = try #require(row.effect)
    #expect(abs(effect - (volume(pair[1]) - volume(pair[0]))) < 1e-5)
    let left = (0..<20).map { prompt in
      let rest = (0..<20).filter { $0 != prompt }
      return volume(pair[1].rows(rest)) - volume(pair[0].rows(rest))
    }
    let variance = try #require(Jackknife.variance(left))
    let interval = try #require(
      Interval.studentT(estimate: effect, variance: variance, degrees: 19))
    #expect(abs(try #require(row.interval).low - interval.low) < 1e-4)
    let centred = pair.map { set in
      let mean = set.columnMeans()
      return (0..<20).map { row in (0..<2).map { Double(set[row, $0]) - mean[$0] } }
    }
    let swaps = LabelSwaps(first: 20, second: 20, isPaired: true, permutations: 199, seed: 0)
    let replicates = (0..<199).map { replicate in
      var flags = [UInt8](repeating: 0, count: 20)
      swaps.write(replicate, to: &flags)
      let sets = [0, 1].map { set in
        matrix((0..<20).map { centred[flags[$0] == 0 ? set : 1 - set][$0] })
      }
      return volume(sets[1]) - volume(sets[0])
    }
    let p = PermutationTest.pValue(
      observed: effect, replicates: replicates, tail: .twoSided, isExhaustive: false)
    #expect(row.p == p)
  }

  @Test func fewOutputsAreRefused() {
    var random = SplitMix64(seed: 46)
    let found = rows([
      gaussian(&random, 9, scales: [1, 1]), gaussian(&random, 9, scales: [1, 1]),
    ])
    #expect(found.count == 2)
    for row in found {
      #expect(row.value == nil && row.effect == nil && row.flags.contains(.fewOutputs))
    }
  }

  /// Rows on a line fill no area.
  @Test func flatRowsAreDegenerate() {
    let line = matrix((0..<40).map { [Double($0), 2 * Double($0)] })
    for row in rows([line]) { #expect(row.value == nil && row.flags.contains(.degenerate)) }
  }
}
