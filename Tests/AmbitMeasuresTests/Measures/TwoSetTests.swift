import AmbitMatrix
import AmbitMeasures
import AmbitTestSupport
import Testing

/// Measures of two sets against golden values, closed forms and definitions.
@Suite struct TwoSetTests {
  private let workers = Workers(threadCount: 2)

  private func matrix(_ points: [SIMD2<Double>]) -> Matrix {
    Matrix(
      rowCount: points.count, columnCount: 2,
      values: points.flatMap { [Float($0.x), Float($0.y)] })
  }

  private func gaussian(
    _ random: inout SplitMix64, _ count: Int, width: Int, scale: Double = 1
  ) -> Matrix {
    Matrix(
      rowCount: count, columnCount: width,
      values: (0..<count * width).map { _ in Float(scale * random.normal()) })
  }

  /// Two-set rows of two checkpoints without prompts.
  private func rows(
    _ base: Matrix, _ tuned: Matrix, permutations: Int = 99
  ) -> [String: Measurement] {
    let design = Design(
      checkpoints: ["base", "tuned"], baseline: 0, promptIDs: [[""], [""]],
      promptOffsets: [[0, base.rowCount], [0, tuned.rowCount]], hasPrompts: false)
    let measures = MeasureSuite.standard.measures.filter {
      $0 is any NeighbourMeasure || $0 is any DissimilarityMeasure
    }
    let result = MeasureSuite(measures: measures).run(
      design: design, spaces: [MeasuredSpace(id: "embedding", coordinates: [base, tuned])],
      settings: InferenceSettings(resamples: 100, permutations: permutations), workers: workers)
    return Dictionary(uniqueKeysWithValues: result.measurements.map { ($0.metric, $0) })
  }

  private func groups(_ base: Int, _ tuned: Int) -> [UInt8] {
    [UInt8](repeating: 0, count: base) + [UInt8](repeating: 1, count: tuned)
  }

  private func counts(_ base: Matrix, _ tuned: Matrix, k: Int) -> NeighbourCounts {
    let squares = Matrix.stacked([base, tuned]).symmetricSquaredDistances(workers: workers)
    return NeighbourCounts(
      NeighbourLists(squaredDistances: squares, workers: workers),
      groups: groups(base.rowCount, tuned.rowCount), k: k)
  }

  /// The contrast of one dissimilarity measure.
  private func contrast(_ id: String, _ base: Matrix, _ tuned: Matrix, scale: Double) throws
    -> Double
  {
    let measure = try #require(
      MeasureSuite.standard.measures.first { $0.id == id } as? any DissimilarityMeasure)
    let squares = Matrix.stacked([base, tuned]).symmetricSquaredDistances(workers: workers)
    return PairMatrix(squares, workers: workers) {
      measure.write(dissimilarities: $0, count: $1, scale: scale, to: $2)
    }.means(of: groups(base.rowCount, tuned.rowCount)).contrast
  }

  @Test func goldenSetsAAndB() throws {
    let (a, b) = (matrix(GoldenPoints.a), matrix(GoldenPoints.b))
    let found = rows(a, b)
    for (metric, expected) in [
      ("precision", 1), ("recall", 0.305), ("density", 0.962), ("coverage", 0.39),
      ("energy_distance", 0.1348142837),
    ] {
      #expect(agree(found[metric]?.value ?? .nan, expected, relative: 1e-6), "\(metric)")
    }
    #expect(agree(try contrast("mmd", a, b, scale: 0.5), 0.1880714821, relative: 1e-6))
    for row in found.values {
      // All of B lies within A's balls, and as densely as A itself.
      let isBlind = ["precision", "density"].contains(row.metric)
      #expect((try #require(row.p) <= 0.02) != isBlind, "\(row.metric): \(row)")
      #expect(row.effect == nil && row.effectKind == nil && row.nullBand != nil)
    }
  }

  @Test func theDirectionOfEachMeasureIsThatOfTheReferencePackage() {
    let found = counts(matrix(GoldenPoints.b), matrix(GoldenPoints.a), k: 5)
    // prdc 0.2 with B as real and A as fake.
    #expect(found.baseInTuned == 200 && found.tunedInBase == 61)
  }

  /// Everything from its definition, on clouds with many equal rows and ties.
  @Test func countsAreThoseOfTheDefinition() {
    forEachSeed(60) { random in
      let sizes = (7 + random.index(below: 20), 7 + random.index(below: 20))
      let side = 2 + random.index(below: 12)
      let all = (0..<sizes.0 + sizes.1).map { _ in
        SIMD2(Double(random.index(below: side)), Double(random.index(below: side)))
      }
      let k = 1 + random.index(below: 5)
      let (x, y) = (Array(all[..<sizes.0]), Array(all[sizes.0...]))
      func distance(_ a: SIMD2<Double>, _ b: SIMD2<Double>) -> Double {
        ((a - b) * (a - b)).sum()
      }
      func reach(_ set: [SIMD2<Double>]) -> [Double] {
        set.map { point in set.map { distance(point, $0) }.sorted()[k] }
      }
      let (reachX, reachY) = (reach(x), reach(y))
      let found = counts(matrix(x), matrix(y), k: k)
      let inX = y.count { y in x.indices.contains { distance(x[$0], y) < reachX[$0] } }
      let inY = x.count { x in y.indices.contains { distance(x, y[$0]) < reachY[$0] } }
      let hits = x.indices.map { i in y.count { distance(x[i], $0) < reachX[i] } }
      try require(found.isDefined && found.base == x.count && found.tuned == y.count, "sizes")
      try require(found.tunedInBase == inX && found.baseInTuned == inY, "balls, k = \(k)")
      try require(found.pairs == hits.reduce(0, +), "pairs, k = \(k)")
      try require(found.coveredBase == hits.count { $0 > 0 }, "coverage, k = \(k)")
    }
  }

  @Test func setsOfNoMoreThanKRowsHaveNoNeighbourNumbers() {
    var random = SplitMix64(seed: 1)
    let found = counts(
      gaussian(&random, 5, width: 3), gaussian(&random, 9, width: 3), k: 5)
    #expect(!found.isDefined)
  }

  /// `1 − Π (N − i)/(N + M − i)` in any dimension; density 1.
  @Test func coverageAndDensityOfOneLaw() {
    #expect(agree(Coverage.expectation(base: 1000, tuned: 1000, k: 3), 0.87538, relative: 1e-5))
    #expect(agree(Coverage.expectation(base: 1000, tuned: 1000, k: 5), 0.96898, relative: 1e-5))
    for width in [2, 24] {
      let found = Workers(threadCount: 2).map(200) { run in
        var random = SplitMix64(seed: 17, stream: UInt64(run))
        let (base, tuned) = (
          gaussian(&random, 60, width: width), gaussian(&random, 45, width: width)
        )
        return counts(base, tuned, k: 5)
      }
      let covered = SampleMoments(found.map { Double($0.coveredBase) / 60 })
      let density = SampleMoments(found.map { Double($0.pairs) / (5 * 45) })
      let expected = Coverage.expectation(base: 60, tuned: 45, k: 5)
      #expect(abs(covered.mean - expected) < 4 * covered.varianceOfMean.squareRoot())
      #expect(abs(density.mean - 1) < 4 * density.varianceOfMean.squareRoot(), "\(width)")
    }
  }

  @Test func nestedDisks() {
    let base = GoldenPoints.disk(seed: 5, radius: 1, centre: SIMD2(0, 0), count: 2000)
    let tuned = GoldenPoints.disk(seed: 6, radius: 0.5, centre: SIMD2(0, 0), count: 2000)
    let found = counts(matrix(base), matrix(tuned), k: 5)
    #expect(abs(Double(found.baseInTuned) / 2000 - 0.279) < 0.02)
    #expect(abs(Double(found.coveredBase) / 2000 - 0.297) < 0.03)
    #expect(Double(found.tunedInBase) / 2000 >= 0.995)
    #expect(abs(Double(found.pairs) / 10_000 - 1) < 0.05)
  }

  /// 200 runs of 40 against 30 rows: the mean of each is its closed form.
  @Test func contrastsAreUnbiased() throws {
    for (width, scale, energy, mmd) in [
      (2, 0.8, 0.0196335203, 0.0143540661), (2, 0.5, 0.1438148318, 0.1111111111),
      (10, 0.5, 0.3539193127, .nan), (2, 1.0, 0, 0),
    ] {
      let found = try Workers(threadCount: 2).map(200) { run in
        Result {
          var random = SplitMix64(seed: 23, stream: UInt64(run))
          let base = gaussian(&random, 40, width: width)
          let tuned = gaussian(&random, 30, width: width, scale: scale)
          return [
            try contrast("energy_distance", base, tuned, scale: 1),
            try contrast("mmd", base, tuned, scale: 1),
            try contrast("centroid_shift", base, tuned, scale: 1),
          ]
        }
      }.map { try $0.get() }
      for (index, truth) in [energy, mmd, 0].enumerated() where !truth.isNaN {
        let moments = SampleMoments(found.map { $0[index] })
        let error = moments.varianceOfMean.squareRoot()
        #expect(abs(moments.mean - truth) < 4 * error, "\(index): \(moments.mean) for \(truth)")
      }
    }
  }

  @Test func theCentroidShiftIsTheDistanceOfMeansLessTheirNoise() throws {
    var random = SplitMix64(seed: 12)
    let (base, tuned) = (gaussian(&random, 17, width: 4), gaussian(&random, 11, width: 4, scale: 2))
    func moments(_ rows: Matrix) -> (mean: [Double], noise: Double) {
      let mean = rows.columnMeans()
      var squares = 0.0
      for row in 0..<rows.rowCount {
        for column in 0..<4 {
          squares +=
            (Double(rows[row, column]) - mean[column])
            * (Double(rows[row, column]) - mean[column])
        }
      }
      return (mean, squares / Double(rows.rowCount - 1) / Double(rows.rowCount))
    }
    let (first, second) = (moments(base), moments(tuned))
    let shift = zip(first.mean, second.mean).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
    #expect(
      agree(
        try contrast("centroid_shift", base, tuned, scale: 1), shift - first.noise - second.noise,
        relative: 1e-5))
  }

  /// One product for all relabellings, sums by unit for all deletions: both as if done one by one.
  @Test func regroupingsAreThoseDoneOneByOne() throws {
    var random = SplitMix64(seed: 2)
    let joint = gaussian(&random, 37, width: 5)
    let squares = joint.symmetricSquaredDistances(workers: workers)
    let matrix = PairMatrix(distancesOf: squares, workers: workers)
    for hasRest in [false, true] {
      let draws = (0..<70).map { _ in
        (0..<37).map { _ in UInt8(random.index(below: hasRest ? 3 : 2)) }
      }
      for (means, groups) in zip(
        matrix.means(70, workers: workers, write: { $1 = draws[$0] }), draws)
      {
        let expected = matrix.means(of: groups)
        #expect(abs(means.contrast - expected.contrast) < 1e-5)
        #expect(abs(means.base - expected.base) < 1e-5)
        #expect(abs(means.tuned - expected.tuned) < 1e-5)
      }
      let units = stride(from: 0, to: 36, by: 4).map { Array($0..<$0 + 4) }
      for (left, unit) in zip(
        matrix.leaveOneOut(units, groups: draws[0], workers: workers), units)
      {
        var rest = draws[0]
        for row in unit { rest[row] = 2 }
        #expect(abs(left.contrast - matrix.means(of: rest).contrast) < 1e-9)
      }
    }
  }

  @Test func tooManyRowsAreRefused() throws {
    let found = rows(Matrix(rowCount: 19_990, columnCount: 1), Matrix(rowCount: 11, columnCount: 1))
    #expect(found.count == 7)
    for row in found.values {
      #expect(row.value == nil && row.p == nil && row.flags == [.noPrompts, .tooManyRows])
    }
  }

  @Test func unequalCountsRefuseNeighboursOnly() throws {
    var random = SplitMix64(seed: 9)
    let found = rows(gaussian(&random, 40, width: 3), gaussian(&random, 30, width: 3))
    for (metric, row) in found {
      let isContrast = ["energy_distance", "mmd", "centroid_shift"].contains(metric)
      #expect((row.value != nil) == isContrast && (row.p != nil) == isContrast)
      #expect(row.flags.contains(.unmatchedCounts) == !isContrast)
    }
  }

  @Test func mediansAreThoseOfSortedNumbers() {
    forEachSeed(40) { random in
      let numbers = (0..<1 + random.index(below: 30)).map { _ in
        Float(random.uniform() * (random.index(below: 3) == 0 ? 1e-6 : 3))
      }
      let found = RankedNumbers.median(count: numbers.count) { numbers.forEach($0) }
      let expected = Quantile.median(numbers.map { Double($0) })
      try require(found == expected, "\(found) for \(numbers)")
    }
  }
}
