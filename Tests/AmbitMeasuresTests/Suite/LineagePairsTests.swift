import AmbitMeasures
import Testing

/// Which checkpoints are compared where they come in lineages.
@Suite struct LineagePairsTests {
  /// base 0 → sft 1, 2; a second base 3 → dpo 4; a stray 5; 1 → 4 as well.
  func pairs(_ lineages: [[Int]], _ comparisons: InferenceSettings.Comparisons) -> [[Int]] {
    var design = Design(
      checkpoints: (0..<6).map { "c\($0)" }, baseline: 0, promptIDs: ["p"], promptOffsets: [0, 2])
    design.lineages = lineages
    return InferenceSettings(comparisons: comparisons).pairs(in: design).map {
      [$0.checkpoint, $0.reference]
    }
  }

  static let lineages = [[0, 1, 2], [3, 4], [1, 4]]

  @Test func eachIsComparedWithTheFirstOfItsLineage() {
    #expect(pairs(Self.lineages, .base) == [[1, 0], [2, 0], [4, 1], [4, 3], [5, 0]])
    #expect(pairs([[0, 1, 2, 3, 4, 5]], .base) == pairs([], .base))
  }

  @Test func consecutiveOnesStayInTheirLineage() {
    #expect(pairs(Self.lineages, .consecutive) == [[1, 0], [2, 1], [4, 1], [4, 3], [5, 0]])
    #expect(pairs([[0, 1, 2, 3, 4, 5]], .consecutive) == pairs([], .consecutive))
  }

  @Test func allEarlierOnesOfALineageAreCompared() {
    #expect(pairs(Self.lineages, .all) == [[1, 0], [2, 0], [2, 1], [4, 1], [4, 3], [5, 0]])
    #expect(pairs([[0, 1, 2, 3, 4, 5]], .all) == pairs([], .all))
  }

  @Test func sharedStagesAreComparedOnce() {
    #expect(pairs([[0, 1, 2], [0, 1, 3], [0, 4, 5]], .base) == (1...5).map { [$0, 0] })
  }
}
