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
}
