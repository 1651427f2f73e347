import AmbitMatrix
import AmbitMeasures
import AmbitTestSupport
import Testing

@Suite struct PlaneMeasureTests {
  private func measures(_ id: String) -> MeasureSuite {
    MeasureSuite(measures: MeasureSuite.standard.measures.filter { $0.id == id })
  }

  private func run(_ id: String, _ study: SimulatedStudy) -> MeasureSuite.Result {
    measures(id).run(
      design: study.design, spaces: study.spaces,
      settings: InferenceSettings(resamples: 200, permutations: 199),
      workers: Workers(threadCount: 2))
  }

  @Test func correctedAreasOfTheGoldenSets() throws {
    let golden = [GoldenPoints.a, GoldenPoints.b]
    let areas = [2.892760175, 0.7063513722]
    let unbiased = [3.212402183, 0.7800913506]
    for (index, points) in golden.enumerated() {
      let shape = PlaneShape(capacity: 200)
      shape.load(points)
      var values: [String: Double] = [:]
      for case let measure as any PlaneMeasure in measures("hull_area").measures
      where measure.levels.isEmpty {
        values[measure.variant] = measure.value(of: shape, level: .all)
      }
      #expect(agree(try #require(values["baldin_reiss"]), unbiased[index], relative: 1e-8))
      let gaussian = areas[index] / 21.053300068103347
      #expect(agree(try #require(values["gaussian_equivalent"]), gaussian, relative: 1e-8))
      let disk = areas[index] * Double.pi / 2.8384337238683437
      #expect(agree(try #require(values["disk_equivalent"]), disk, relative: 1e-8))
    }
  }

  /// Unbiased for uniform laws: 3.146 at n = 20 for the true 3.1416 in the science note.
  @Test(arguments: [20, 100]) func baldinReissIsUnbiasedOnTheDisk(count: Int) throws {
    let measure = try #require(
      measures("hull_area").measures.compactMap { $0 as? any PlaneMeasure }.first {
        $0.variant == "baldin_reiss"
      })
    let shape = PlaneShape(capacity: count)
    let values = (0..<400).map { replicate in
      var random = SplitMix64(seed: 31, stream: UInt64(replicate))
      shape.load(Clouds.disk(count, &random))
      return measure.value(of: shape, level: .all)
    }
    let mean = values.reduce(0, +) / 400
    let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    let error = (squares / 399 / 400).squareRoot()
    #expect(abs(mean - Double.pi) < 4 * error, "\(mean) ± \(error)")
  }

  /// SciPy's `minimum_spanning_tree` of a table of distances gives 10 here: it takes a distance of 0 for
  /// no edge, and joins both of the equal points by a way of their own.
  @Test func equalPointsAddNothingToTheTree() throws {
    let measure = try #require(measures("mst_length").measures.first as? any PlaneMeasure)
    func length(_ points: [SIMD2<Double>]) -> Double {
      let shape = PlaneShape(capacity: points.count)
      shape.load(points)
      return measure.value(of: shape, level: .all)
    }
    let different = [SIMD2(0.0, 0), SIMD2(3, 0), SIMD2(3, 4)]
    #expect(length(different) == 7)
    #expect(length([different[0]] + different) == 7)
    #expect(length(different + different + different) == 7)
  }

  @Test func theCurveOverAlphaRisesAndMeetsTheHull() throws {
    var study = SimulatedStudy()
    study.scales = [1, 0.6]
    let rows = run("alpha_shape_area", study).measurements.filter { $0.space == "pca2" }
    #expect(Set(rows.map(\.variant)) == ["x1", "x1.5", "x2", "x3", "x5"])
    let hulls = run("hull_area", study).measurements.filter {
      $0.space == "pca2" && $0.variant == "peel100" && $0.scope == .pooled
    }
    for checkpoint in ["base", "tuned1"] {
      let curve = rows.filter { $0.checkpoint == checkpoint }.compactMap(\.value)
      #expect(curve.count == 5 && curve == curve.sorted())
      let hull = try #require(hulls.first { $0.checkpoint == checkpoint }?.value)
      #expect(try #require(curve.last) <= hull)
    }
    for row in rows where !row.reference.isEmpty {
      let effect = try #require(row.effect)
      #expect(try #require(row.interval).contains(effect))
      #expect(row.nullBand != nil && row.p != nil)
    }
  }

  @Test func fewerRelabellingsAreSaid() throws {
    var study = SimulatedStudy()
    (study.prompts, study.samples) = (100, 10)
    let rows = measures("mst_length").run(
      design: study.design, spaces: [study.spaces[1]],
      settings: InferenceSettings(resamples: 100, permutations: 9999),
      workers: Workers(threadCount: 2)
    ).measurements
    let row = try #require(rows.last)
    #expect(row.flags.contains(.fewerPermutations(100)))
    #expect(try #require(row.p) >= 1.0 / 101)
  }

  @Test func contractionsAreFoundByEveryFieldMeasure() throws {
    var study = SimulatedStudy()
    (study.prompts, study.samples, study.scales) = (40, 6, [1, 0.5])
    for (id, power) in [("hdr_area", 2.0), ("mst_length", 1)] {
      for row in run(id, study).measurements
      where row.space == "pca2_within" && !row.reference.isEmpty {
        let effect = try #require(row.effect)
        #expect(abs(effect - power * Elementary.log(0.5)) < 0.35, "\(id) \(row.variant): \(effect)")
        #expect(try #require(row.interval).high < 0)
        #expect(try #require(row.p) <= 0.02)
      }
    }
  }

  @Test func hullsOfPromptsAreTheirMeanAndStandInTheTable() throws {
    var study = SimulatedStudy()
    (study.prompts, study.samples, study.scales) = (12, 8, [1, 0.5])
    let result = run("hull_area", study)
    let row = try #require(
      result.measurements.first { $0.scope == .within && !$0.reference.isEmpty })
    #expect(row.space == "pca2" && row.variant == "peel100")
    #expect(row.effectKind == .meanLogRatio)
    let areas = study.spaces[1].coordinates.map { plane in
      (0..<12).map { prompt in
        ConvexPolygon(
          hullOf: (8 * prompt..<8 * prompt + 8).map {
            SIMD2(Double(plane[$0, 0]), Double(plane[$0, 1]))
          }
        ).area
      }
    }
    #expect(agree(try #require(row.value), areas[1].reduce(0, +) / 12, relative: 1e-12))
    let logs = zip(areas[1], areas[0]).map { Elementary.log($0 / $1) }
    #expect(agree(try #require(row.effect), logs.reduce(0, +) / 12, relative: 1e-12))
    #expect(row.flags.contains(.halvesByPrompt))
    let rows = result.promptMeasurements
    #expect(rows.count == 24)
    #expect(rows.map(\.value) == (areas[0] + areas[1]).map { $0 })
  }

  @Test func hullsOfPromptsNeedEightSamples() throws {
    for samples in [1, 3, 7] {
      var study = SimulatedStudy()
      study.samples = samples
      let result = run("hull_area", study)
      let rows = result.measurements.filter { $0.scope == .within }
      #expect(rows.count == 2)
      for row in rows { #expect(row.value == nil && row.flags.contains(.fewSamples)) }
      #expect(result.promptMeasurements.allSatisfy { $0.value == nil && $0.flags == [.fewSamples] })
    }
  }

  @Test func sixteenSamplesAreSplitForTheNullBand() throws {
    var study = SimulatedStudy()
    (study.prompts, study.samples) = (15, 16)
    let row = try #require(
      run("hull_area", study).measurements.first { $0.scope == .within && !$0.reference.isEmpty })
    #expect(!row.flags.contains(.halvesByPrompt))
    let band = try #require(row.nullBand)
    #expect(band.low < 0 && band.high > 0 && band.high - band.low < 1)
  }

  @Test func profilesFallWithTheShareKept() {
    var random = SplitMix64(seed: 4)
    let points = Clouds.gaussian(400, &random)
    let profile = PeelProfile(of: points)
    #expect(profile.areas.count == PeelProfile.fractions.count)
    #expect(profile.areas == profile.areas.sorted(by: >))
    #expect(profile.areas[0] == ConvexPolygon(hullOf: points).area)
    // A Gaussian keeps −2π ln(1 − share) in the limit.
    #expect(agree(profile.areas[4], 2 * Double.pi * Elementary.log(2), relative: 0.2))
    #expect(PeelProfile(of: []).areas == [0, 0, 0, 0, 0])
  }
}
