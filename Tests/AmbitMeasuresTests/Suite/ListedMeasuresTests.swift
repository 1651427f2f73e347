import AmbitMatrix
import AmbitMeasures
import Testing

/// What every measure must say of itself, those of tomorrow too.
@Suite struct ListedMeasuresTests {
  static let measures =
    MeasureSuite.standard.measures + LexicalSuite(compressedSize: { $0.count }).measures

  @Test func everyMeasureSaysWhatItIsInOneLine() {
    for measure in Self.measures {
      #expect(!measure.summary.isEmpty && !measure.summary.contains("\n"), "\(measure.id)")
      #expect(
        measure.id.allSatisfy { "abcdefghijklmnopqrstuvwxyz0123456789_".contains($0) },
        "\(measure.id)")
    }
  }

  @Test func everyMeasureNamesItsSource() {
    for measure in Self.measures {
      let namesAYear = measure.source.firstMatch(of: /\b(1[89]|20)\d\d\b/) != nil
      #expect(
        namesAYear || measure.source.hasPrefix("elementary: "), "\(measure.id): \(measure.source)")
      #expect(!measure.source.contains("\n"), "\(measure.id)")
    }
  }

  /// `metric variant scope` of every row that a measure says it has.
  static func forms(_ measures: [any Measure]) -> Set<String> {
    Set(
      measures.flatMap { measure in
        measure.variants.flatMap { variant in
          measure.scopes.map { "\(measure.id) \(variant) \($0.rawValue)" }
        }
      })
  }

  static func forms(_ rows: [Measurement]) -> Set<String> {
    Set(rows.map { "\($0.metric) \($0.variant) \($0.scope.rawValue)" })
  }

  @Test func whatIsListedIsWhatIsMeasured() {
    // There are as many components as outputs allow, and halves where texts were cut.
    let conditional = ["log_volume", "split_half_spread"]
    let rows = SimulatedStudy().run().measurements.filter { !conditional.contains($0.metric) }
    let measures = MeasureSuite.standard.measures.filter { !conditional.contains($0.id) }
    #expect(Self.forms(rows) == Self.forms(measures))
  }

  @Test func whatIsListedOfTextsIsWhatIsMeasured() {
    let workers = Workers(threadCount: 2)
    let suite = LexicalSuite(compressedSize: { $0.count })
    let design = Design(
      checkpoints: ["a", "b"], baseline: 0, promptIDs: (0..<8).map { "p\($0)" },
      promptOffsets: Array(stride(from: 0, through: 24, by: 3)))
    let texts = LexicalTexts(
      [0, 1].map { checkpoint in (0..<24).map { "one two three \($0 % 5) \(checkpoint)" } },
      workers: workers)
    let rows = suite.run(
      design: design, texts: texts,
      settings: InferenceSettings(resamples: 100, permutations: 99), workers: workers
    ).measurements
    #expect(Self.forms(rows) == Self.forms(suite.measures))
  }

  @Test func familiesHoldEveryMeasureOnce() {
    let families = MeasureSuite.families
    #expect(
      families.flatMap { $0.measures.map(\.id) } == MeasureSuite.standard.measures.map(\.id))
    #expect(Set(families.map(\.id)).isDisjoint(with: Self.measures.map(\.id)))
  }
}
