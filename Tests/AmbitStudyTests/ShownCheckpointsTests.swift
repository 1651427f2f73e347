import AmbitStudy
import Testing

@Suite struct ShownCheckpointsTests {
  @Test func aFewAreAllShown() {
    for count in [1, 2, 23, 24] {
      let shown = ShownCheckpoints(of: count, baseline: 0)
      #expect(shown.indices == Array(0..<count))
      #expect(shown.note == nil)
    }
  }

  @Test(arguments: [25, 47, 200, 500], [0, 7, 24])
  func ofManyTheBaselineTheFirstAndTheLastAre(count: Int, baseline: Int) {
    let shown = ShownCheckpoints(of: count, baseline: baseline)
    #expect(shown.indices.count == ShownCheckpoints.mostPanels)
    #expect(shown.indices == shown.indices.sorted())
    #expect(shown.place(of: baseline) != nil)
    let others = shown.indices.filter { $0 != baseline }
    #expect(others.first == (baseline == 0 ? 1 : 0))
    #expect(others.last == (baseline == count - 1 ? count - 2 : count - 1))
    let gaps = zip(others, others.dropFirst()).map { $1 - $0 }
    // The baseline may lie in one of the gaps.
    #expect((gaps.max() ?? 0) - (gaps.min() ?? 0) <= 2)
    #expect(shown.note == "24 of \(count) checkpoints are shown, evenly spaced.")
    #expect(shown.of(Array(0..<count)) == shown.indices)
  }
}
