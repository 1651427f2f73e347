import AmbitMatrix
import AmbitMeasures
import AmbitTestSupport
import Testing

@Suite struct RefusalTests {
  private let workers = Workers(threadCount: 1)
  private let quick = InferenceSettings(resamples: 100, permutations: 99)

  private func plane(_ id: String, _ study: SimulatedStudy) -> MeasuredSpace {
    MeasuredSpace(id: id, coordinates: study.spaces[1].coordinates)
  }

  @Test func centeringAcrossCheckpointsIsRefusedUnlessForced() {
    let study = SimulatedStudy()
    for (id, flag) in [
      ("pca2_prompt", MeasurementFlag.centeringMixesCheckpoints), ("tsne2", .nonmetric),
      ("densne2", .nonmetric),
    ] {
      var settings = quick
      let refused = MeasureSuite.standard.run(
        design: study.design, spaces: [plane(id, study)], settings: settings, workers: workers)
      #expect(refused.measurements.count == 19 + 30)
      for row in refused.measurements {
        #expect(row.value == nil && row.effect == nil && row.p == nil && row.flags == [flag])
      }
      settings.force = true
      let forced = MeasureSuite.standard.run(
        design: study.design, spaces: [plane(id, study)], settings: settings, workers: workers)
      for row in forced.measurements {
        #expect(row.value != nil && row.flags == [flag, .forced])
      }
    }
  }

  @Test func fewPromptsGiveNoP() {
    var study = SimulatedStudy()
    study.prompts = 5
    for row in study.run().measurements where row.value != nil {
      #expect(row.p == nil)
      #expect(row.flags.contains(.fewPrompts))
    }
    study.prompts = 6
    let result = study.run()
    #expect(result.measurements.contains { $0.p != nil })
    #expect(!result.measurements.contains { $0.flags.contains(.fewPrompts) })
  }

  @Test func oneSamplePerPromptHasNoWithin() {
    var study = SimulatedStudy()
    study.samples = 1
    let result = study.run()
    for row in result.measurements
    where row.metric != "mauve" && !row.flags.contains(.tooManyDimensions) {
      let needsMore =
        row.scope == .within || row.variant == "between"
        || ["icc", "style_share"].contains(row.metric)
      #expect((row.value == nil) == needsMore, "\(row)")
      if needsMore { #expect(row.flags.contains(.fewSamples)) }
    }
    let primary = result.measurements.filter { $0.isPrimary && !$0.reference.isEmpty }
    #expect(primary.map(\.metric) == ["dispersion", "rke", "coverage", "hull_area"])
    #expect(primary.map(\.scope) == [.across, .across, .pooled, .pooled])
    #expect(primary.map(\.space) == ["embedding", "embedding", "embedding", "pca2"])
    #expect(result.promptMeasurements.allSatisfy { $0.value == nil && $0.flags == [.fewSamples] })
  }

  @Test func degenerateCloudsAreFlagged() {
    let flat = Matrix(rowCount: 20, columnCount: 2, values: (0..<40).map { Float($0 / 2) })
    let point = Matrix(rowCount: 20, columnCount: 2)
    var random = SplitMix64(seed: 2)
    let round = Matrix(
      rowCount: 20, columnCount: 2, values: (0..<40).map { _ in Float(random.normal()) })
    let design = Design(
      checkpoints: ["round", "flat", "point"], baseline: 0, promptIDs: (0..<20).map { "\($0)" },
      promptOffsets: Array(0...20))
    let result = MeasureSuite.standard.run(
      design: design,
      spaces: [
        MeasuredSpace(id: "pca2", coordinates: [round, flat, point]),
        MeasuredSpace(id: "embedding", coordinates: [round, flat, point]),
      ], settings: quick, workers: workers)
    for row in result.measurements
    where row.metric == "hull_area" && row.scope == .pooled && row.checkpoint != "round" {
      #expect(row.value == 0 && row.effect == nil && row.flags.contains(.degenerate), "\(row)")
    }
    for row in result.measurements
    where row.checkpoint == "point" && row.metric == "dispersion" && row.scope == .pooled {
      #expect(row.value == 0 && row.effect == nil && row.flags.contains(.degenerate))
    }
  }

  @Test func unequalCountsRefuseHullsButNotDispersion() {
    var random = SplitMix64(seed: 4)
    func cloud(_ count: Int) -> Matrix {
      Matrix(
        rowCount: count, columnCount: 2, values: (0..<2 * count).map { _ in Float(random.normal()) }
      )
    }
    let design = Design(
      checkpoints: ["base", "tuned"], baseline: 0,
      promptIDs: [(0..<40).map { "b\($0)" }, (0..<25).map { "t\($0)" }],
      promptOffsets: [Array(0...40), Array(0...25)], hasPrompts: true)
    #expect(!design.isMatched)
    let data = [cloud(40), cloud(25)]
    let result = MeasureSuite.standard.run(
      design: design,
      spaces: [
        MeasuredSpace(id: "embedding", coordinates: data),
        MeasuredSpace(id: "pca2", coordinates: data),
      ], settings: quick, workers: workers)
    for row in result.measurements where !row.reference.isEmpty {
      #expect(row.flags.contains(.unpaired))
      if row.metric.hasPrefix("hull") && row.scope == .pooled {
        #expect(row.effect == nil && row.flags.contains(.unmatchedCounts))
      }
      if row.metric == "dispersion" && row.scope == .pooled {
        #expect(row.effect != nil && row.p != nil && row.interval != nil)
      }
    }
  }

  @Test func zerosAreFlooredAndCounted() throws {
    var study = SimulatedStudy()
    study.scales = [1, 1]
    var rows = study.rows
    // Prompts 0 and 1 of the tuned model always answer the same.
    for row in 0..<2 * study.samples {
      for column in 0..<study.width { rows[1][row, column] = 0.5 }
    }
    let result = MeasureSuite.standard.run(
      design: study.design, spaces: [MeasuredSpace(id: "embedding", coordinates: rows)],
      settings: quick, workers: workers)
    let row = try #require(
      result.measurements.first { $0.scope == .within && !$0.reference.isEmpty })
    #expect(row.flags == [.floored(2)])
    #expect(row.flagText == "floored:2")
    let spreads = result.promptMeasurements.filter { $0.metric == "dispersion" }
    let values = spreads.filter { $0.checkpoint == "tuned1" }
    let base = spreads.filter { $0.checkpoint == "base" }.compactMap(\.value)
    #expect(values[0].value == 0 && values[0].flags == [.degenerate])
    let floor = 0.01 * (try #require(Quantile.median(base)))
    var effect = 0.0
    for (tuned, base) in zip(values.compactMap(\.value), base) {
      effect += Elementary.log((tuned > 0 ? tuned : floor) / base) / Double(study.prompts)
    }
    #expect(agree(try #require(row.effect), effect, relative: 1e-12))
  }

  @Test func everyFlagHasItsWordAndItsLine() {
    let words = MeasurementFlag.all.map(\.text)
    #expect(Set(words).count == words.count)
    for flag in MeasurementFlag.all {
      #expect(!flag.explanation.isEmpty && !flag.explanation.contains("\n"))
      #expect(!flag.text.contains(";") && !flag.text.contains(","))
    }
  }
}
