import AmbitMatrix
import AmbitMeasures
import Testing

/// A measure's rows do not depend on which others are taken.
@Suite struct ChosenSuiteTests {
  static let study = SimulatedStudy(prompts: 9, samples: 4, scales: [1, 0.7, 1.2])
  /// With halves of each output, which here are the outputs themselves.
  static let spaces = study.spaces.map { space in
    space.id == "embedding"
      ? MeasuredSpace(
        id: space.id, coordinates: space.coordinates, calibratedRadius: space.calibratedRadius,
        halves: space.coordinates.map { HalvedRows(first: $0, second: $0) })
      : space
  }
  static let all = MeasureSuite.standard.run(
    design: study.design, spaces: spaces, settings: settings, workers: Workers(threadCount: 2)
  ).measurements

  static let settings = InferenceSettings(resamples: 100, permutations: 99)

  /// The rows without what belongs to the whole table.
  static func bare(_ rows: [Measurement]) -> [Measurement] {
    rows.map {
      var row = $0
      row.adjustedP = nil
      return row
    }
  }

  @Test(arguments: Set(MeasureSuite.standard.measures.map(\.id)).sorted())
  func oneAlone(_ id: String) {
    let alone = MeasureSuite.standard.keeping { $0.id == id }.run(
      design: Self.study.design, spaces: Self.spaces, settings: Self.settings,
      workers: Workers(threadCount: 2))
    #expect(!alone.measurements.isEmpty)
    #expect(Self.bare(alone.measurements) == Self.bare(Self.all.filter { $0.metric == id }))
    #expect(alone.promptMeasurements.allSatisfy { $0.metric == id })
  }

  @Test(arguments: MeasureSuite.families.map(\.id)) func oneFamily(_ id: String) throws {
    let ids = Set(
      try #require(MeasureSuite.families.first { $0.id == id }).measures.map(\.id))
    let rows = MeasureSuite.standard.keeping { ids.contains($0.id) }.run(
      design: Self.study.design, spaces: Self.spaces, settings: Self.settings,
      workers: Workers(threadCount: 1)
    ).measurements
    #expect(Self.bare(rows) == Self.bare(Self.all.filter { ids.contains($0.metric) }))
  }

  @Test func noneIsNoRow() {
    let result = MeasureSuite(measures: []).run(
      design: Self.study.design, spaces: Self.spaces, settings: Self.settings,
      workers: Workers(threadCount: 1))
    #expect(result.measurements.isEmpty && result.promptMeasurements.isEmpty)
  }
}
