import AmbitMatrix
import AmbitProjection
import AmbitTestSupport
import Testing

@Suite struct CentringTests {
  /// Checkpoints of one width and one list of prompts, with a few samples each.
  static func checkpoints(
    _ count: Int, prompts: Int, atLeast samples: Int, _ random: inout SplitMix64
  ) -> [PromptedRows] {
    (0..<count).map { checkpoint in
      var offsets = [0]
      for _ in 0..<prompts { offsets.append(offsets.last! + samples + random.index(below: 3)) }
      let values = (0..<offsets.last! * 4).map { index in
        Float(random.normal() + Double(checkpoint * (index % 4)))
      }
      return PromptedRows(
        matrix: Matrix(rowCount: offsets.last!, columnCount: 4, values: values),
        promptOffsets: offsets)
    }
  }

  static func mean(_ rows: PromptedRows, prompt: Int) -> [Double] {
    let range = rows.rows(ofPrompt: prompt)
    return (0..<rows.matrix.columnCount).map { column in
      range.reduce(0) { $0 + Double(rows.matrix[$1, column]) } / Double(range.count)
    }
  }

  @Test func noneChangesNothing() throws {
    var random = SplitMix64(seed: 1)
    let rows = Self.checkpoints(2, prompts: 5, atLeast: 1, &random)
    #expect(try Centring.none.applied(to: rows) == rows)
  }

  @Test func withinLeavesEachPromptAtZeroAndItsScatterUntouched() {
    forEachSeed(10) { random in
      let rows = Self.checkpoints(3, prompts: 6, atLeast: 2, &random)
      for (before, after) in zip(rows, try Centring.within.applied(to: rows)) {
        try require(before.promptOffsets == after.promptOffsets, "offsets changed")
        for prompt in 0..<6 {
          let mean = Self.mean(after, prompt: prompt)
          try require(mean.allSatisfy { abs($0) < 1e-6 }, "prompt \(prompt) is not at zero")
          let range = after.rows(ofPrompt: prompt)
          let distance = Reductions.squaredDistance(
            before.matrix.row(range.lowerBound), before.matrix.row(range.upperBound - 1))
          let same = Reductions.squaredDistance(
            after.matrix.row(range.lowerBound), after.matrix.row(range.upperBound - 1))
          try require(agree(distance, same, relative: 1e-5), "a distance in a prompt changed")
        }
      }
    }
  }

  @Test func promptLeavesTheMeanOverCheckpointsAtZero() {
    forEachSeed(10) { random in
      let rows = Self.checkpoints(3, prompts: 6, atLeast: 1, &random)
      let centred = try Centring.prompt.applied(to: rows)
      for prompt in 0..<6 {
        let means = centred.map { Self.mean($0, prompt: prompt) }
        for column in 0..<4 {
          let mean = means.reduce(0) { $0 + $1[column] } / 3
          try require(abs(mean) < 1e-6, "prompt \(prompt) is not at zero over all checkpoints")
        }
      }
    }
  }

  @Test func twoCheckpointsOfOneSampleBecomeMirrorImages() throws {
    var random = SplitMix64(seed: 8)
    let values = (0..<2).map { _ in (0..<20).map { _ in Float(random.normal()) } }
    let rows = values.map {
      PromptedRows(
        matrix: Matrix(rowCount: 10, columnCount: 2, values: $0), promptOffsets: Array(0...10))
    }
    let centred = try Centring.prompt.applied(to: rows)
    for (left, right) in zip(centred[0].matrix.values, centred[1].matrix.values) {
      #expect(abs(left + right) < 1e-6)
    }
  }

  @Test func withinNeedsASecondSample() {
    let rows = PromptedRows(
      matrix: Matrix(rowCount: 2, columnCount: 2), promptOffsets: [0, 1, 2])
    let error = #expect(throws: ProjectionError.self) {
      try Centring.within.applied(to: [rows, rows])
    }
    #expect(error?.reason == .noPromptWithTwoSamples)
    #expect(error?.description.contains("--center none") == true)
  }

  @Test func spacesAreNamedAsInResultFiles() {
    #expect(Centring.none.space(componentCount: 2) == "pca2")
    #expect(Centring.within.space(componentCount: 2) == "pca2_within")
    #expect(Centring.prompt.space(componentCount: 10) == "pca10_prompt")
  }

  @Test func weightsGivePromptsAndCheckpointsTheSameSay() {
    forEachSeed(10) { random in
      for rows in Self.checkpoints(3, prompts: 7, atLeast: 0, &random) {
        let weights = rows.balancedWeights
        try require(weights.count == rows.matrix.rowCount, "not one weight a row")
        let filled = (0..<7).filter { !rows.rows(ofPrompt: $0).isEmpty }
        for prompt in filled {
          let sum = weights[rows.rows(ofPrompt: prompt)].reduce(0, +)
          try require(agree(sum, 1 / Double(filled.count), relative: 1e-12), "prompt \(prompt)")
        }
      }
    }
  }
}
