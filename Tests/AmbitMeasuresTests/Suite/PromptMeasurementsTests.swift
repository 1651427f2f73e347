import AmbitMeasures
import Testing

@Suite struct PromptMeasurementsTests {
  static func row(
    _ checkpoint: String, _ prompt: String, _ value: Double?, variant: String = "",
    flags: [MeasurementFlag] = []
  ) -> PromptMeasurement {
    PromptMeasurement(
      checkpoint: checkpoint, promptID: prompt, metric: "dispersion", variant: variant,
      space: "embedding", samples: 4, value: value, flags: flags)
  }

  static let rows = [
    row("base", "p1", 0.5), row("base", "p2", nil, flags: [.fewSamples]),
    row("sft", "p1", -0.0, variant: "q2"), row("sft", "p3", .infinity, flags: [.floored(3)]),
    row("base", "p2", 1e-300), row("sft", "p3", 2, flags: [.floored(4)]),
  ]

  @Test func rowsAreKeptAsTheyAre() {
    let kept = PromptMeasurements(Self.rows)
    #expect(kept.count == Self.rows.count)
    #expect(Array(kept) == Self.rows)
    #expect(kept[2].value?.sign == .minus)
    var joined = PromptMeasurements()
    joined += Self.rows.prefix(2)
    joined += PromptMeasurements(Self.rows.dropFirst(2))
    #expect(joined == kept)
    #expect(joined != PromptMeasurements(Self.rows.dropLast()))
  }

  /// Both spellings are equal as strings of Swift; tables tell them apart.
  @Test func namesKeepTheirBytes() {
    let (composed, decomposed) = ("caf\u{E9}", "cafe\u{301}")
    let kept = PromptMeasurements([
      Self.row(composed, decomposed, 1), Self.row(decomposed, composed, 2),
    ])
    #expect(
      kept.map { Array($0.checkpoint.utf8) } == [composed, decomposed].map { Array($0.utf8) })
    #expect(kept.map { Array($0.promptID.utf8) } == [decomposed, composed].map { Array($0.utf8) })
  }

  @Test func flagsOfEveryRowChange() {
    var kept = PromptMeasurements(Self.rows)
    kept.setFlags { $0 + [.incomplete(1)] }
    #expect(kept.map(\.flags) == Self.rows.map { $0.flags + [.incomplete(1)] })
    #expect(kept.map(\.value) == Self.rows.map(\.value))
  }
}
