import AmbitRendering
import Testing

@Suite struct DeterminismTests {
  private static let notes = [FigureNote("Title", "t"), FigureNote("Comment", "seed 0")]

  @Test(arguments: FigureFormat.allCases) func theSameSceneGivesTheSameBytes(
    format: FigureFormat
  ) throws {
    let data = Clouds.family(names: Clouds.hardNames, count: 40)
    let first = try DriftPlot(data).scene().encoded(as: format, dpi: 100, notes: Self.notes)
    let second = try DriftPlot(data).scene().encoded(as: format, dpi: 100, notes: Self.notes)
    #expect(first == second)
    #expect(!first.isEmpty)
  }

  @Test(arguments: FigureFormat.allCases) func anotherSceneGivesOtherBytes(
    format: FigureFormat
  ) throws {
    var data = Clouds.family(names: ["a", "b"], count: 40)
    let first = try DriftPlot(data).scene().encoded(as: format, dpi: 100)
    data.checkpoints[1].points[3] += SIMD2(0.3, 0)
    let second = try DriftPlot(data).scene().encoded(as: format, dpi: 100)
    #expect(first != second)
  }

  @Test func threadsDoNotDisturbOneAnother() async throws {
    let data = Clouds.family(names: Clouds.hardNames, count: 30)
    let expected = try DriftPlot(data).scene().png(dpi: 72)
    try await withThrowingTaskGroup(of: [UInt8].self) { group in
      for _ in 0..<8 {
        group.addTask { try DriftPlot(data).scene().png(dpi: 72) }
      }
      for try await file in group { #expect(file == expected) }
    }
  }
}
