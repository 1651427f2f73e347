import AmbitEmbedding
import AmbitStudy
import Testing

@Suite("What was read of checkpoints") struct ReadingCountsTests {
  func counts(
    _ name: String, of total: Int, truncated: Int = 0, unknown: Int = 0, blank: Int = 0
  ) -> ReadingCounts {
    ReadingCounts(
      checkpoint: name,
      (0..<total).map { index in
        EmbeddedTexts.Reading(
          tokenCount: index < blank ? 0 : 10, unknownCount: index < unknown ? 10 : 0,
          isTruncated: index < truncated)
      })
  }

  func codes(_ counts: [ReadingCounts]) -> [String] {
    ReadingCounts.notes(counts, embedder: "minilm", window: 254, canPoolWindows: true).map(\.code)
  }

  @Test func nothingToSayWhereAllWasRead() {
    #expect(codes([counts("a", of: 100), counts("b", of: 100)]).isEmpty)
    #expect(ReadingCounts.truncation([counts("a", of: 9)], window: 254) == nil)
    #expect(ReadingCounts.truncation([counts("a", of: 9, truncated: 1)], window: nil) == nil)
  }

  @Test func truncationNamesEveryCheckpoint() {
    let text = ReadingCounts.truncation(
      [counts("a", of: 200, truncated: 1), counts("b", of: 200, truncated: 3)], window: 254)
    #expect(text == "Outputs cut at 254 tokens: a 1 of 200 (0.5 %), b 3 of 200 (1.5 %).")
  }

  @Test func manyCheckpointsAreARange() {
    let many = (0..<9).map { counts("s\($0)", of: 100, truncated: ($0 * 5) % 9) }
    #expect(
      ReadingCounts.truncation(many, window: 254)
        == "Outputs cut at 254 tokens: from s0 0 of 100 (0 %) to s7 8 of 100 (8.0 %).")
  }

  @Test func differentSharesAreWarnedOf() {
    #expect(
      codes([counts("a", of: 100, truncated: 10), counts("b", of: 100, truncated: 12)])
        == ["texts_truncated"])
    #expect(
      codes([counts("a", of: 100, truncated: 10), counts("b", of: 100, truncated: 13)])
        == ["texts_truncated", "truncation_differs"])
  }

  @Test func unknownTokensAboveATenthAreWarnedOf() {
    #expect(codes([counts("a", of: 100, unknown: 10)]).isEmpty)
    let notes = ReadingCounts.notes(
      [counts("a", of: 100, unknown: 11)], embedder: "minilm", window: 254, canPoolWindows: true)
    #expect(notes.map(\.code) == ["unknown_tokens"])
    #expect(notes[0].text.contains("11 %") && notes[0].text.contains("--embedder lexical"))
  }

  @Test func textsWithoutTokensAreCounted() {
    #expect(codes([counts("a", of: 5, blank: 2), counts("b", of: 5)]) == ["texts_without_tokens"])
  }
}
