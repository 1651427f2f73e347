import AmbitEmbedding
import AmbitMatrix
import AmbitTestSupport
import Foundation
import Synchronization
import Testing

@Suite struct EmbedderTests {
  /// Embeds a text as its length, and keeps count of the texts that it is given.
  final class CountingEmbedder: Embedder {
    let name = "counting"
    let dimension = 1
    let windowTokens: Int? = nil
    let fingerprint = "counting"
    let seen = Mutex<[String]>([])

    func embed(
      _ texts: [String], workers: Workers, progress: @escaping @Sendable (Double) -> Void
    ) -> EmbeddedTexts {
      seen.withLock { $0 += texts }
      return EmbeddedTexts(
        matrix: Matrix(
          rowCount: texts.count, columnCount: 1, values: texts.map { Float($0.utf8.count) }),
        readings: texts.map { EmbeddedTexts.Reading(tokenCount: $0.utf8.count) })
    }
  }

  @Test func equalTextsAreEmbeddedOnce() throws {
    let embedder = CountingEmbedder()
    let texts = ["bb", "a", "bb", "", "a", "bb", ""]
    let embedded = try embedder.embedDistinct(texts, workers: Workers(threadCount: 1))
    #expect(embedded.matrix.values == [2, 1, 2, 0, 1, 2, 0])
    #expect(embedded.emptyRows == [3, 6])
    #expect(embedder.seen.withLock { $0 } == ["bb", "a", ""])
  }

  /// A tokenizer may tell composed from decomposed letters, though Swift's strings do not.
  @Test func equalityIsThatOfBytes() throws {
    let embedder = CountingEmbedder()
    let embedded = try embedder.embedDistinct(
      ["\u{e9}", "e\u{301}"], workers: Workers(threadCount: 1))
    #expect(embedded.matrix.values == [2, 3])
  }

  @Test func distinctGivesTheRowsOfAll() throws {
    var random = SplitMix64(seed: 6)
    let pool = (0..<20).map { _ in LexicalEmbedderTests.text(30, &random) }
    let texts = (0..<200).map { _ in pool[random.index(below: 20)] }
    let embedder = LexicalEmbedder(windowTokens: 10)
    let workers = Workers(threadCount: 2)
    #expect(
      try embedder.embedDistinct(texts, workers: workers)
        == (try embedder.embed(texts, workers: workers)))
  }

  @Test(.needsSharedData) func theLeastDiverseModelOfNoveltyBenchIsFound() throws {
    var distances: [String: Double] = [:]
    for model in ["human", "olmo-2-7b-instruct", "olmo-2-7b-instruct-randomdoc", "gpt-4o"] {
      let prompts = try outputsByPrompt("normalized/noveltybench-100/\(model).jsonl")
      let means = try prompts.map { outputs in
        let embedded = try LexicalEmbedder().embedDistinct(
          outputs, workers: Workers(threadCount: 2))
        var sum = 0.0
        for i in outputs.indices {
          for j in 0..<i {
            sum += 1 - Reductions.dot(embedded.matrix.row(i), embedded.matrix.row(j))
          }
        }
        return sum / Double(outputs.count * (outputs.count - 1) / 2)
      }
      distances[model] = means.reduce(0, +) / Double(means.count)
    }
    let gpt = try #require(distances["gpt-4o"])
    let olmo = try #require(distances["olmo-2-7b-instruct"])
    #expect(gpt < 0.8 * olmo)
    #expect(olmo < distances["olmo-2-7b-instruct-randomdoc"] ?? 0)
    #expect(olmo < distances["human"] ?? 0)
  }

  private struct Line: Decodable {
    let prompt_id: String
    let output: String
  }

  private func outputsByPrompt(_ path: String) throws -> [[String]] {
    let data = try Data(contentsOf: URL(fileURLWithPath: SharedData.path(path)))
    var order: [String] = []
    var outputs: [String: [String]] = [:]
    for line in data.split(separator: 0x0a) {
      let record = try JSONDecoder().decode(Line.self, from: Data(line))
      if outputs[record.prompt_id] == nil { order.append(record.prompt_id) }
      outputs[record.prompt_id, default: []].append(record.output)
    }
    return order.compactMap { outputs[$0] }
  }
}
