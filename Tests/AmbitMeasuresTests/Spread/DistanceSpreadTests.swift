import AmbitMatrix
import AmbitMeasures
import AmbitTestSupport
import Testing

/// `mean_distance`, `median_distance`, `local_scale` and `intrinsic_dimension`.
@Suite struct DistanceSpreadTests {
  private let workers = Workers(threadCount: 2)
  private let quick = InferenceSettings(resamples: 200, permutations: 199)

  private func matrix(_ points: [[Double]]) -> Matrix {
    Matrix(
      rowCount: points.count, columnCount: points[0].count,
      values: points.flatMap { $0.map { Float($0) } })
  }

  private func gaussian(
    _ random: inout SplitMix64, _ count: Int, width: Int, scale: Double = 1
  ) -> Matrix {
    Matrix(
      rowCount: count, columnCount: width,
      values: (0..<count * width).map { _ in Float(scale * random.normal()) })
  }

  /// All rows of checkpoints without prompts.
  private func rows(
    _ matrices: [Matrix], _ settings: InferenceSettings? = nil
  ) -> [Measurement] {
    MeasureSuite(
      measures: MeasureSuite.standard.measures.filter {
        $0 is any DistanceMeasure || $0 is any NeighbourSpreadMeasure
      }
    ).run(
      design: Design(
        checkpoints: matrices.indices.map { "c\($0)" }, baseline: 0,
        promptIDs: matrices.map { _ in [""] }, promptOffsets: matrices.map { [0, $0.rowCount] },
        hasPrompts: false),
      spaces: [MeasuredSpace(id: "embedding", coordinates: matrices)], settings: settings ?? quick,
      workers: workers
    ).measurements
  }

  private func own(_ rows: [Measurement], _ metric: String, _ variant: String = "") throws -> Double
  {
    try #require(
      rows.first { $0.metric == metric && $0.variant == variant && $0.reference.isEmpty }?.value)
  }

  private func distances(_ points: [[Double]]) -> [Double] {
    points.indices.flatMap { i in
      (0..<i).map { j in
        zip(points[i], points[j]).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }.squareRoot()
      }
    }
  }

  @Test func goldenSets() throws {
    // The last column is scikit-dimension's MLE(K=10).
    for (points, mean, dimension, entropy, bickel) in [
      (GoldenPoints.a, 0.9177374002, 1.817898926, 1.234356279, 1.8539606076),
      (GoldenPoints.b, 0.447768312, 2.014008732, -0.1425912497, 1.8795929822),
    ] {
      let found = rows([matrix(points.map { [$0.x, $0.y] })])
      #expect(agree(try own(found, "mean_distance"), mean, relative: 1e-6))
      #expect(agree(try own(found, "intrinsic_dimension", "twonn"), dimension, relative: 1e-5))
      #expect(
        agree(try own(found, "intrinsic_dimension", "levina_bickel"), bickel, relative: 1e-5))
      // Kozachenko–Leonenko: H = ψ(n) − ψ(5) + log π + 2 · mean log r₅ in the plane.
      let harmonic = (5..<200).reduce(0.0) { $0 + 1 / Double($1) }
      let scale = (entropy - harmonic - Elementary.log(Double.pi)) / 2
      #expect(agree(try own(found, "local_scale"), Elementary.exp(scale), relative: 1e-6))
      let expected = try #require(Quantile.median(distances(points.map { [$0.x, $0.y] })))
      #expect(agree(try own(found, "median_distance"), expected, relative: 1e-6))
    }
  }

  /// Tori, opposite faces joined, have no edges: both estimators find their dimension.
  @Test func tori() throws {
    for (dimension, tolerance) in [(2, 0.15), (5, 0.3), (10, 0.7)] {
      var random = SplitMix64(seed: 101)
      let points = (0..<2000).map { _ in (0..<dimension).map { _ in random.uniform() } }
      let squares = SymmetricMatrix(count: 2000, workers: workers) { rows, columns, target in
        for row in rows {
          for column in columns {
            target[(row - rows.lowerBound) * columns.count + column - columns.lowerBound] = Float(
              zip(points[row], points[column]).reduce(0) { sum, pair in
                let apart = abs(pair.0 - pair.1)
                let nearer = min(apart, 1 - apart)
                return sum + nearer * nearer
              })
          }
        }
      }
      let sums = DistinctNeighbours(squaredDistances: squares, workers: workers)
        .sums([UInt8](repeating: 0, count: 2000), of: 0, logFloor: -.infinity)
      for value in IntrinsicDimension().values(of: sums) {
        #expect(abs(value - Double(dimension)) < tolerance, "\(value) for \(dimension)")
      }
    }
  }

  /// A common scale moves each by that scale, and the dimension not at all.
  @Test func aScaleIsRead() throws {
    for width in [2, 16, 64] {
      var random = SplitMix64(seed: 5, stream: UInt64(width))
      let base = gaussian(&random, 300, width: width)
      let tuned = gaussian(&random, 300, width: width, scale: 0.8)
      for row in rows([base, tuned]) where !row.reference.isEmpty {
        let effect = try #require(row.effect)
        if row.metric == "intrinsic_dimension" {
          #expect(abs(effect) < 0.25, "\(row)")
        } else {
          #expect(abs(effect - Elementary.log(0.8)) < 0.13, "\(row.metric): \(effect)")
        }
        #expect((row.p == nil) == (row.metric == "median_distance"))
        #expect(row.flags.contains(.notPermuted) == (row.metric == "median_distance"))
      }
    }
  }

  /// From the definitions, on lattices with many equal rows and ties, in random groups.
  @Test func neighboursAreThoseOfTheDefinition() {
    forEachSeed(40) { random in
      let count = 30 + random.index(below: 150)
      let side = 4 + random.index(below: 12)
      let points = (0..<count).map { _ in (0..<2).map { _ in Double(random.index(below: side)) } }
      let squares = matrix(points).symmetricSquaredDistances(workers: workers)
      let neighbours = DistinctNeighbours(squaredDistances: squares, workers: workers)
      let groups = (0..<count).map { _ in UInt8(random.index(below: 3)) }
      let chosen = points.indices.filter { groups[$0] == 1 }.map { points[$0] }
      let floor = -1.0
      let found = neighbours.sums(groups, of: 1, logFloor: floor)
      func sorted(_ own: [Double], _ others: [[Double]]) -> [Double] {
        others.map { other in
          zip(own, other).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }.squareRoot()
        }.sorted()
      }
      var radii = 0.0
      for own in chosen.indices {
        var others = chosen
        others.remove(at: own)
        let list = sorted(chosen[own], others)
        radii += list.count < 5 ? .nan : max(floor, Elementary.log(list[4]))
      }
      let distinct = Array(Set(chosen))
      var (ratios, shares) = (0.0, 0.0)
      for own in distinct {
        let list = sorted(own, distinct.filter { $0 != own })
        ratios += list.count < 2 ? .nan : Elementary.log(list[1] / list[0])
        shares +=
          list.count < 10
          ? .nan : list[..<9].reduce(0) { $0 + Elementary.log(list[9] / $1) / 9 }
      }
      try require(found.rows == chosen.count && found.distinct == distinct.count, "counts")
      for (value, expected) in [
        (found.logRadii, radii), (found.logRatios, ratios), (found.logShares, shares),
      ] {
        try require(
          value.isNaN == expected.isNaN
            && (value.isNaN || abs(value - expected) < 1e-4 * max(1, abs(expected))),
          "\(value) for \(expected) of \(chosen.count)")
      }
    }
  }

  @Test func mediansWithoutEachUnitAreExact() {
    forEachSeed(60) { random in
      let count = 3 + random.index(below: 40)
      // Few values, so that ties abound; or many.
      let side = random.index(below: 2) == 0 ? 3 : 1000
      let points = (0..<count).map { _ in (0..<2).map { _ in Double(random.index(below: side)) } }
      let squares = matrix(points).symmetricSquaredDistances(workers: workers)
      var units: [[Int]] = []
      var start = 0
      while start < count {
        let end = min(count, start + 1 + random.index(below: 4))
        units.append(Array(start..<end))
        start = end
      }
      let whole = Quantile.median(distances(points)) ?? .nan
      try require(abs(PairMedian.value(squares) - whole) < 1e-4 * max(1, whole), "whole")
      for (unit, value) in zip(units, PairMedian.leaveOneOut(squares, units: units)) {
        let left = (0..<count).filter { !unit.contains($0) }
        let expected = Quantile.median(distances(left.map { points[$0] })) ?? .nan
        let chosen = PairMedian.value(squares, rows: left)
        try require(value.isNaN == expected.isNaN && chosen.isNaN == expected.isNaN, "NaN")
        try require(
          value.isNaN
            || (abs(value - expected) < 1e-4 * max(1, expected)
              && abs(chosen - expected) < 1e-4 * max(1, expected)),
          "\(value), \(chosen) for \(expected) without \(unit) of \(count)")
      }
    }
  }

  /// Equal rows are counted once, and said.
  @Test func duplicatesAreLeftOutOfTheDimension() throws {
    var random = SplitMix64(seed: 9)
    let once = gaussian(&random, 60, width: 3)
    let twice = Matrix.stacked([once, once.rows(Array(0..<20))])
    let plain = rows([once])
    let doubled = rows([twice])
    for variant in ["twonn", "levina_bickel"] {
      #expect(
        agree(
          try own(doubled, "intrinsic_dimension", variant),
          try own(plain, "intrinsic_dimension", variant), relative: 1e-6))
      let row = try #require(doubled.first { $0.variant == variant })
      #expect(row.flags.contains(.duplicates(20)) && row.flagText.contains("duplicates:20"))
    }
    #expect(!plain.contains { $0.flagText.contains("duplicates") })
    #expect(try own(doubled, "local_scale") < (try own(plain, "local_scale")))
    // Where outputs have five equals their radius is 1 % of the baseline's median.
    let seven = Matrix.stacked([once] + (0..<7).map { _ in once.rows([0]) })
    let floored = rows([once, seven]).filter { $0.metric == "local_scale" && $0.checkpoint == "c1" }
    #expect(floored.count == 1 && floored[0].flags.contains(.floored(8)), "\(floored)")
    #expect(try #require(floored.first?.value) > 0)
  }

  @Test func pointsThatAllCoincideHaveNoEffect() throws {
    let point = Matrix(rowCount: 30, columnCount: 3)
    var random = SplitMix64(seed: 10)
    let found = rows([gaussian(&random, 30, width: 3), point])
    for row in found where row.checkpoint == "c1" && row.metric != "local_scale" {
      #expect(row.effect == nil && row.flags.contains(.degenerate), "\(row)")
    }
    for row in rows([point]) {
      #expect(row.flags.contains(.degenerate) && (row.value ?? 0) == 0, "\(row)")
    }
  }

  @Test func unequalNumbersRefuseNeighboursOnly() throws {
    var random = SplitMix64(seed: 11)
    let pair = [gaussian(&random, 60, width: 3), gaussian(&random, 40, width: 3)]
    for row in rows(pair) where !row.reference.isEmpty {
      let isOfPairs = row.metric == "mean_distance" || row.metric == "median_distance"
      #expect((row.effect != nil) == isOfPairs && row.value != nil)
      #expect(row.flags.contains(.unmatchedCounts) == !isOfPairs)
    }
    var settings = quick
    settings.force = true
    for row in rows(pair, settings) where !row.reference.isEmpty { #expect(row.effect != nil) }
  }

  /// Over 200 runs the mean of each statistic marked unbiased is the truth.
  @Test func meanDistancesAreUnbiased() throws {
    let found = try Workers(threadCount: 2).map(200) { run in
      Result {
        var random = SplitMix64(seed: 71, stream: UInt64(run))
        return try own(rows([gaussian(&random, 7, width: 2)]), "mean_distance")
      }
    }.map { try $0.get() }
    let moments = SampleMoments(found)
    // E‖X − X′‖ of the standard plane law is √π.
    let truth = Double.pi.squareRoot()
    #expect(abs(moments.mean - truth) < 4 * moments.varianceOfMean.squareRoot())
  }

  @Test func promptsHaveTheirOwn() throws {
    var study = SimulatedStudy()
    study.samples = 5
    let result = study.run(quick)
    let points = (0..<5).map { row in study.rows[0].row(row).map { Double($0) } }
    let expected = distances(points)
    for (metric, value) in [
      ("mean_distance", expected.reduce(0, +) / 10),
      ("median_distance", Quantile.median(expected) ?? .nan),
    ] {
      let row = try #require(
        result.promptMeasurements.first { $0.metric == metric && $0.checkpoint == "base" })
      #expect(agree(try #require(row.value), value, relative: 1e-6))
      let compared = try #require(
        result.measurements.first {
          $0.metric == metric && $0.scope == .within && !$0.reference.isEmpty
        })
      #expect(compared.effectKind == .meanLogRatio && compared.p != nil)
    }
  }
}
