import AmbitMatrix
import AmbitMeasures
import AmbitTestSupport
import Testing

@Suite struct QualitySuiteTests {
  private func run(
    _ study: SimulatedStudy, passes: [[Bool?]], threads: Int = 2
  ) -> MeasureSuite.Result {
    QualitySuite().run(
      design: study.design, coordinates: study.rows, passes: passes,
      settings: InferenceSettings(resamples: 200, permutations: 199),
      workers: Workers(threadCount: threads))
  }

  /// Some outputs of each prompt pass, by chance.
  private func chance(_ study: SimulatedStudy, share: Double, seed: UInt64 = 9) -> [[Bool?]] {
    var random = SplitMix64(seed: seed)
    return study.scales.map { _ in
      (0..<study.prompts * study.samples).map { _ in random.uniform() < share }
    }
  }

  private func row(
    _ result: MeasureSuite.Result, _ metric: String, _ variant: String
  ) throws -> Measurement {
    try #require(
      result.measurements.first {
        $0.metric == metric && $0.variant == variant && !$0.reference.isEmpty
      })
  }

  private let split = ["dispersion", "rke", "mean_cosine_distance"]

  @Test func partsAddUpExactly() throws {
    var study = SimulatedStudy()
    (study.prompts, study.samples, study.scales) = (30, 9, [1, 0.7])
    let result = run(study, passes: chance(study, share: 0.6))
    for metric in split {
      let effects = try ["split_quality", "passing", "split_rest", "split_total"].map {
        try #require(try row(result, metric, $0).effect)
      }
      #expect(abs(effects[0] + effects[1] + effects[2] - effects[3]) < 1e-12, "\(metric)")
      let prompts = try ["split_quality", "passing", "split_rest", "split_total"].map {
        try row(result, metric, $0).prompts
      }
      #expect(Set(prompts).count == 1)
    }
  }

  /// Where all outputs pass there is nothing but narrowing.
  @Test func whereAllPassTheLossIsNarrowing() throws {
    var study = SimulatedStudy()
    study.scales = [1, 0.6]
    let all = study.scales.map { _ in
      [Bool?](repeating: true, count: study.prompts * study.samples)
    }
    let result = run(study, passes: all)
    let plain = study.run().measurements
    for metric in split {
      let narrowing = try row(result, metric, "passing")
      #expect(try row(result, metric, "split_quality").effect == 0)
      #expect(try row(result, metric, "split_rest").effect == 0)
      #expect(try row(result, metric, "split_total").effect == narrowing.effect)
      let expected = try #require(
        plain.first { $0.metric == metric && $0.scope == .within && !$0.reference.isEmpty })
      #expect(agree(narrowing.effect!, try #require(expected.effect), relative: 1e-5), "\(metric)")
      #expect(agree(narrowing.value!, try #require(expected.value), relative: 1e-5))
    }
    #expect(try row(result, "pass_rate", "").value == 1)
  }

  /// The base's failing outputs are noise of twice the spread; the tuned model has only lost these.
  @Test func whereOnlyFailingOutputsWentTheLossIsQualityControl() throws {
    var study = SimulatedStudy()
    (study.prompts, study.samples, study.scales) = (60, 12, [1, 1])
    var rows = study.rows
    var passes = study.scales.map { _ in
      [Bool?](repeating: true, count: study.prompts * study.samples)
    }
    for index in stride(from: 0, to: rows[0].rowCount, by: 2) {
      passes[0][index] = false
      for column in 0..<study.width { rows[0][index, column] *= 2 }
    }
    let result = QualitySuite().run(
      design: study.design, coordinates: rows, passes: passes,
      settings: InferenceSettings(resamples: 200, permutations: 999),
      workers: Workers(threadCount: 2))
    let total = try row(result, "dispersion", "split_total")
    let quality = try row(result, "dispersion", "split_quality")
    let narrowing = try row(result, "dispersion", "passing")
    #expect(try #require(total.effect) < -0.5 && total.p! < 0.01)
    #expect(abs(total.effect! - quality.effect!) < 0.12)
    #expect(try #require(narrowing.interval).contains(0))
    #expect(try #require(try row(result, "pass_rate", "").effect) == 0.5)
  }

  /// Two passing outputs beside twelve: rarefaction keeps a logarithm's bias out of the parts.
  @Test func fewPassingOutputsMakeNoLoss() throws {
    var study = SimulatedStudy()
    (study.prompts, study.samples, study.width, study.scales) = (400, 12, 3, [1, 1])
    let passes = study.scales.map { _ in
      (0..<study.prompts * study.samples).map { Optional($0 % 12 < 2) }
    }
    let result = run(study, passes: passes)
    for variant in ["split_quality", "passing", "split_rest"] {
      let found = try row(result, "dispersion", variant)
      let interval = try #require(found.interval)
      // Without it the first would be −0.3.
      #expect(abs(try #require(found.effect)) < interval.high - interval.low, "\(found)")
      #expect(interval.high - interval.low < 0.25)
    }
  }

  @Test func unscoredOutputsDoNotPassAndAreFlagged() throws {
    var study = SimulatedStudy()
    study.samples = 4
    var passes = study.scales.map { _ in
      [Bool?](repeating: true, count: study.prompts * study.samples)
    }
    passes[1][0] = nil
    let result = run(study, passes: passes)
    #expect(try row(result, "pass_rate", "").value == (19 + 0.75) / 20)
    #expect(try row(result, "rke", "passing").flags == [.noScores])
    let own = result.promptMeasurements.filter { $0.checkpoint == "tuned1" && $0.metric == "rke" }
    #expect(own[0].samples == 3 && own[1].samples == 4)
    #expect(own.allSatisfy { $0.variant == "passing" && $0.value != nil })
  }

  @Test func refusalsHaveReasonsAndIdentitiesAreUnique() throws {
    var study = SimulatedStudy()
    study.samples = 1
    study.scales = [1, 1, 1]
    for hasPrompts in [true, false] {
      study.hasPrompts = hasPrompts
      let result = run(study, passes: chance(study, share: 0.5))
      for row in result.measurements where row.metric != "pass_rate" {
        #expect(row.value == nil && row.effect == nil && !row.flags.isEmpty, "\(row)")
      }
      let keys = result.measurements.map { [$0.checkpoint, $0.reference, $0.metric, $0.variant] }
      #expect(Set(keys).count == keys.count && result.measurements.count == 4 + 2 * 13)
    }
  }

  @Test func threadsChangeNothing() {
    var study = SimulatedStudy()
    study.samples = 14
    let passes = chance(study, share: 0.6)
    #expect(run(study, passes: passes, threads: 1) == run(study, passes: passes, threads: 3))
  }
}
