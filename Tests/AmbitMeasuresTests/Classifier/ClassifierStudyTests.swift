import AmbitMatrix
import AmbitMeasures
import AmbitTestSupport
import Testing

@Suite struct ClassifierStudyTests {
  private let suite = MeasureSuite(
    measures: MeasureSuite.standard.measures.filter { ["classifier_auc", "js"].contains($0.id) })

  private func rows(
    _ study: SimulatedStudy, permutations: Int = 199, threads: Int = 2
  ) -> [Measurement] {
    suite.run(
      design: study.design, spaces: [study.spaces[0]],
      settings: InferenceSettings(resamples: 200, permutations: permutations),
      workers: Workers(threadCount: threads)
    ).measurements
  }

  @Test func aShiftIsSeenAndASpreadIsNot() throws {
    var study = SimulatedStudy()
    study.prompts = 30
    study.shift = 0.5
    for row in rows(study) {
      #expect(row.effect == nil && row.effectKind == nil && row.flags.isEmpty, "\(row.flags)")
      #expect(try #require(row.p) <= 0.01)
      #expect(try #require(row.value) > (try #require(row.nullBand)).high)
      #expect(try #require(row.interval).contains(try #require(row.value)))
    }
    study.shift = 0
    study.scales = [1, 0.5]
    for row in rows(study) { #expect(try #require(row.p) > 0.01) }
  }

  @Test func theCheckpointAgainstItsCopyIsAtTheNull() throws {
    let study = SimulatedStudy()
    let base = study.rows[0]
    let result = suite.run(
      design: study.design, spaces: [MeasuredSpace(id: "embedding", coordinates: [base, base])],
      settings: InferenceSettings(resamples: 100, permutations: 99),
      workers: Workers(threadCount: 2))
    #expect(result.measurements.map(\.value) == [0.5, 0])
  }

  @Test func theSameBytesForAnyNumberOfThreads() {
    let study = SimulatedStudy()
    #expect(rows(study, threads: 1) == rows(study, threads: 3))
  }

  @Test func withoutPromptsAndWithFewRows() throws {
    var study = SimulatedStudy()
    study.hasPrompts = false
    for row in rows(study) { #expect(row.value != nil && row.flags == [.noPrompts]) }
    study.hasPrompts = true
    (study.prompts, study.samples) = (4, 2)
    for row in rows(study) { #expect(row.value == nil && row.flags == [.fewPrompts, .fewSamples]) }
  }

  /// Rejection at 5 % where nothing differs, in studies of 12 prompts with four samples each; the limits
  /// are four standard errors.
  @Test func pValuesAreThoseOfTheNull() throws {
    for (id, studies, most) in [("classifier_auc", 200, 22), ("js", 50, 8)] {
      let suite = MeasureSuite(
        measures: MeasureSuite.standard.measures.filter { $0.id == id })
      var count = 0
      for seed in 1...studies {
        var study = SimulatedStudy()
        (study.prompts, study.samples, study.width, study.seed) = (12, 4, 3, UInt64(seed))
        let result = suite.run(
          design: study.design, spaces: [study.spaces[0]],
          settings: InferenceSettings(resamples: 100, permutations: 99),
          workers: Workers(threadCount: 2))
        count += try #require(result.measurements[0].p) <= 0.05 ? 1 : 0
      }
      #expect(count >= 1 && count <= most, "\(id): \(count) of \(studies)")
    }
  }
}
