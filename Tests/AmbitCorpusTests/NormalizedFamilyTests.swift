import AmbitCorpus
import AmbitTestSupport
import Testing

/// The figures of the shared data's own README, recounted.
@Suite(.needsSharedData) struct NormalizedFamilyTests {
  struct Expectation: Sendable, CustomTestStringConvertible {
    let path: String
    let rows: Int
    let prompts: Int
    let meanWords: Double
    let duplicates: Double
    let empty: Double
    var testDescription: String { path }

    init(
      _ path: String, _ rows: Int, _ prompts: Int, _ meanWords: Double, _ duplicates: Double,
      _ empty: Double
    ) {
      self.path = path
      self.rows = rows
      self.prompts = prompts
      self.meanWords = meanWords
      self.duplicates = duplicates
      self.empty = empty
    }
  }

  static let files = [
    Expectation("alpacaeval-phi2/phi-2", 803, 803, 102.3, 0.4, 0),
    Expectation("alpacaeval-phi2/phi-2-sft", 805, 805, 175.7, 0, 0),
    Expectation("alpacaeval-phi2/phi-2-dpo", 805, 805, 270.6, 0, 0),
    Expectation("selfinstruct-252/human-reference", 252, 252, 50.1, 0, 0),
    Expectation("selfinstruct-252/davinci", 252, 252, 645.5, 2.4, 0),
    Expectation("selfinstruct-252/davinci-t0-ft", 252, 252, 12.3, 20.2, 19.0),
    Expectation("selfinstruct-252/davinci-superni-ft", 252, 252, 75.6, 0.4, 0.4),
    Expectation("selfinstruct-252/davinci-self-instruct", 252, 252, 56.8, 2.0, 0),
    Expectation(
      "selfinstruct-252/davinci-self-instruct-and-superni-ft", 252, 252, 32.4, 1.2, 0.8),
    Expectation("selfinstruct-252/text-davinci-001", 252, 252, 37.3, 0.4, 0),
    Expectation("selfinstruct-252/text-davinci-002", 252, 252, 34.6, 0.4, 0),
    Expectation("selfinstruct-252/text-davinci-003", 252, 252, 55.3, 0, 0),
    Expectation("selfinstruct-252/alpacafarm-llama-7b-sft10k", 252, 252, 43.2, 0, 0),
    Expectation("selfinstruct-252/alpacafarm-llama-7b-rlhf", 252, 252, 122.3, 0, 0),
    Expectation("noveltybench-100/human", 800, 100, 10.6, 7.5, 0),
    Expectation("noveltybench-100/olmo-2-7b-instruct", 1000, 100, 172.4, 0.9, 0),
    Expectation("noveltybench-100/olmo-2-7b-instruct-randomdoc", 1000, 100, 171.5, 3.1, 0),
    Expectation("noveltybench-100/gpt-4o", 1000, 100, 83.9, 12.3, 0),
    Expectation("arenahard-tulu-lora-checkpoints/step06000", 404, 404, 570.7, 0.7, 0),
    Expectation("arenahard-tulu-lora-checkpoints/step12000", 404, 404, 522.7, 0, 0),
    Expectation("arenahard-tulu-lora-checkpoints/step48000", 404, 404, 514.1, 0, 0),
  ]

  @Test("rows, prompts, words, duplicates and empties agree with the README", arguments: files)
  func agrees(_ expected: Expectation) throws {
    let file = try OutputFile(path: SharedData.path("normalized/\(expected.path).jsonl"))
    #expect(file.format == "JSON Lines")
    #expect(file.notices.isEmpty)
    #expect(file.records.count == expected.rows)
    #expect(Set(file.records.map(\.promptID)).count == expected.prompts)
    #expect(Set(file.records.map { "\($0.promptID!)/\($0.sample)" }).count == expected.rows)
    let words = file.records.map { Double($0.output.split(whereSeparator: \.isWhitespace).count) }
    #expect(abs(words.reduce(0, +) / Double(words.count) - expected.meanWords) <= 0.051)
    let trimmed = file.records.map { TextTrimming.trimmed($0.output) }
    let duplicates = 100 * (1 - Double(Set(trimmed).count) / Double(trimmed.count))
    #expect(abs(duplicates - expected.duplicates) <= 0.051)
    let empty = 100 * Double(file.records.count(where: \.isEmpty)) / Double(trimmed.count)
    #expect(abs(empty - expected.empty) <= 0.051)
  }
}
