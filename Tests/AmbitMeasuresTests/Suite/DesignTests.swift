import AmbitMatrix
import AmbitMeasures
import AmbitTestSupport
import Testing

@Suite struct DesignTests {
  private func design(
    _ ids: [[String]], _ offsets: [[Int]], hasPrompts: Bool = true
  ) -> Design {
    Design(
      checkpoints: ids.indices.map { "c\($0)" }, baseline: 0, promptIDs: ids,
      promptOffsets: offsets, hasPrompts: hasPrompts)
  }

  @Test func aDesignIsMatchedWherePromptsAndSamplesAgree() {
    #expect(design([["a", "b"], ["a", "b"]], [[0, 2, 4], [0, 2, 4]]).isMatched)
    #expect(!design([["a", "b"], ["a", "b"]], [[0, 2, 4], [0, 1, 4]]).isMatched)
    #expect(!design([["a", "b"], ["a", "c"]], [[0, 2, 4], [0, 2, 4]]).isMatched)
    #expect(!design([["a", "b"], ["b", "a"]], [[0, 2, 4], [0, 2, 4]]).isMatched)
    #expect(design([[""], ["other"]], [[0, 4], [0, 4]], hasPrompts: false).isMatched)
    #expect(!design([[""], [""]], [[0, 4], [0, 5]], hasPrompts: false).isMatched)
    let matched = Design(
      checkpoints: ["x", "y", "z"], baseline: 1, promptIDs: ["a", "b"], promptOffsets: [0, 3, 7])
    #expect(matched.isMatched && matched.rowCount(of: 2) == 7 && matched.promptIDs.count == 3)
  }

  @Test func countsAgreePromptByPromptOrAsShares() {
    #expect(Design.areEqual([2, 8], [2, 8], isPaired: true))
    #expect(!Design.areEqual([2, 8], [8, 2], isPaired: true))
    #expect(Design.areEqual([2, 8], [8, 2], isPaired: false))
    #expect(Design.areEqual([4, 4, 4], [4, 4], isPaired: false))
    #expect(Design.areEqual([2, 8, 2, 8], [8, 2], isPaired: false))
    #expect(!Design.areEqual([2, 2, 8], [8, 2], isPaired: false))
    #expect(!Design.areEqual([2, 2], [8, 8], isPaired: false))
    #expect(!Design.areEqual([2], [2, 8], isPaired: false))
  }

  @Test func sharesAgreeExactlyWhereRepeatedListsDo() {
    forEachSeed(200) { random in
      let first = (0..<1 + random.index(below: 6)).map { _ in 1 + random.index(below: 3) }
      let second = (0..<1 + random.index(below: 6)).map { _ in 1 + random.index(below: 3) }
      // Both lists brought to one length: shares are equal where the sorted lists are.
      let long = second.flatMap { _ in first }.sorted()
      let other = first.flatMap { _ in second }.sorted()
      try require(
        Design.areEqual(first, second, isPaired: false) == (long == other), "\(first), \(second)")
      var shuffled = first + first
      random.shuffle(&shuffled)
      try require(Design.areEqual(first, shuffled, isPaired: false), "\(first) twice")
    }
  }

  @Test func designsThatCannotBeAreStopped() async {
    await #expect(processExitsWith: .failure) {
      _ = Design(checkpoints: ["a"], baseline: 1, promptIDs: ["p"], promptOffsets: [0, 1])
    }
    await #expect(processExitsWith: .failure) {
      _ = Design(checkpoints: ["a"], baseline: 0, promptIDs: ["p", "q"], promptOffsets: [0, 1])
    }
    await #expect(processExitsWith: .failure) {
      _ = Design(checkpoints: ["a"], baseline: 0, promptIDs: ["p", "q"], promptOffsets: [0, 1, 1])
    }
    await #expect(processExitsWith: .failure) {
      _ = Design(checkpoints: ["a"], baseline: 0, promptIDs: ["p"], promptOffsets: [1, 2])
    }
    await #expect(processExitsWith: .failure) {
      _ = Design(
        checkpoints: ["a"], baseline: 0, promptIDs: ["p", "q"], promptOffsets: [0, 1, 2],
        hasPrompts: false)
    }
    await #expect(processExitsWith: .failure) { _ = InferenceSettings(resamples: 99) }
    await #expect(processExitsWith: .success) {
      _ = Design(checkpoints: ["a"], baseline: 0, promptIDs: ["p"], promptOffsets: [0, 1])
    }
  }
}
