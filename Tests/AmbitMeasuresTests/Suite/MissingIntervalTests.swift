import AmbitMatrix
import AmbitMeasures
import AmbitTestSupport
import Testing

/// A number without an interval says why.
@Suite struct MissingIntervalTests {
  private func expectReasons(_ result: MeasureSuite.Result) {
    for row in result.measurements {
      let isPair = row.effectKind == nil && !row.reference.isEmpty
      let number = row.reference.isEmpty || isPair ? row.value : row.effect
      guard number != nil else { continue }
      let isWhole = row.interval != nil && (row.reference.isEmpty || row.nullBand != nil)
      if !isWhole {
        #expect(
          row.flags.contains(.fewPrompts) || row.flags.contains(.degenerate), "no reason: \(row)")
      }
    }
  }

  @Test func belowSixPromptsThereIsNoInterval() {
    for prompts in 1...5 {
      var study = SimulatedStudy()
      study.prompts = prompts
      let result = study.run()
      for row in result.measurements where row.value != nil {
        #expect(row.interval == nil, "\(row)")
        #expect(row.flags.contains(.fewPrompts), "\(row)")
      }
      #expect(result.measurements.contains { $0.effect != nil && $0.scope == .within })
    }
    var study = SimulatedStudy()
    study.prompts = 6
    #expect(
      study.run().measurements.contains {
        $0.effect != nil && $0.scope == .within && $0.interval != nil
      })
  }

  @Test func belowSixUnpairedPromptsThereIsNoInterval() throws {
    var study = SimulatedStudy()
    study.prompts = 5
    let design = Design(
      checkpoints: ["base", "tuned1"], baseline: 0,
      promptIDs: [(0..<5).map { "a\($0)" }, (0..<5).map { "b\($0)" }],
      promptOffsets: [study.design.promptOffsets[0], study.design.promptOffsets[1]],
      hasPrompts: true)
    let row = try #require(
      MeasureSuite.standard.run(
        design: design, spaces: study.spaces,
        settings: InferenceSettings(resamples: 100, permutations: 99),
        workers: Workers(threadCount: 1)
      ).measurements.first { !$0.reference.isEmpty && $0.scope == .within })
    #expect(row.effect != nil && row.interval == nil && row.p == nil)
    #expect(row.flags.contains(.fewPrompts) && row.flags.contains(.unpaired))
  }

  @Test func everyShapeOfStudySaysWhy() {
    for (prompts, samples, hasPrompts) in [
      (1, 1, true), (2, 4, true), (5, 2, true), (6, 1, true), (7, 2, true), (12, 3, true),
      (60, 4, true), (4, 2, false), (12, 1, false),
    ] {
      var study = SimulatedStudy()
      study.prompts = prompts
      study.samples = samples
      study.hasPrompts = hasPrompts
      study.scales = [1, 0.7]
      expectReasons(study.run())
    }
  }

  /// The variance between prompts is 0, so its estimate is not positive in many resamples.
  @Test func aRatioOfWhatMayBeNegativeHasNoInterval() {
    var seen = 0
    for seed in 1...12 {
      var study = SimulatedStudy()
      study.prompts = 60
      study.samples = 4
      study.betweenScale = 0.05
      study.seed = UInt64(seed)
      let result = study.run()
      expectReasons(result)
      for row in result.measurements where row.variant == "between" && row.effect != nil {
        seen += 1
        #expect(row.interval == nil, "a truncated interval: \(row)")
        #expect(row.flags.contains(.degenerate))
      }
    }
    #expect(seen > 0, "no study tested anything")
  }

  @Test func undefinedReplicatesLeaveNoInterval() throws {
    var replicates = (0..<1000).map { Double($0) / 1000 }
    for index in 0..<10 { replicates[index] = .nan }
    #expect(Interval.percentile(replicates) != nil, "1 % may be undefined")
    #expect(Interval.biasCorrected(replicates, estimate: 0.5, leaveOneOut: [-1, 0, 1]) != nil)
    replicates[10] = .nan
    #expect(Interval.percentile(replicates) == nil)
    #expect(Interval.biasCorrected(replicates, estimate: 0.5, leaveOneOut: [-1, 0, 1]) == nil)
    #expect(Interval.percentile([]) == nil)
  }

  @Test func aValueJustAboveZeroWeighsNoMoreThanZero() {
    let floor = 0.01
    let logs = PromptLogs([0, 1e-30, 0.009, 0.01, 1, .nan], floor: floor)
    #expect(logs.floored == 3)
    #expect(logs.values[..<4].allSatisfy { $0 == Elementary.log(floor) })
    #expect(logs.values[4] == 0 && logs.values[5].isNaN)
    forEachSeed(20) { random in
      let raw = (0..<30).map { _ in Elementary.exp(4 * random.normal()) }.sorted()
      let values = PromptLogs(raw, floor: 0.1).values
      try require(zip(values, values.dropFirst()).allSatisfy(<=), "logs keep the order of values")
    }
    #expect(PromptLogs.floor(from: [1, 2, 3]) == 0.02)
    #expect(PromptLogs.floor(from: [0, 0, 3]) == 0.01)
    #expect(PromptLogs.floor(from: [0, 0]) == nil && PromptLogs.floor(from: []) == nil)
  }

  @Test func valuesJustAboveZeroAreFlooredInAStudy() throws {
    let study = SimulatedStudy()
    func row(_ spread: Float) throws -> Measurement {
      var rows = study.rows
      for row in 0..<study.samples {
        for column in 0..<study.width {
          rows[1][row, column] = 0.5 + (row == 0 ? spread : 0)
        }
      }
      return try #require(
        MeasureSuite.standard.run(
          design: study.design, spaces: [MeasuredSpace(id: "embedding", coordinates: rows)],
          settings: InferenceSettings(resamples: 100, permutations: 99),
          workers: Workers(threadCount: 1)
        ).measurements.first { $0.scope == .within && !$0.reference.isEmpty })
    }
    let zero = try row(0)
    let trace = try row(1e-5)
    #expect(trace.flags == [.floored(1)] && zero.flags == [.floored(1)])
    #expect(trace.effect == zero.effect)
  }
}
