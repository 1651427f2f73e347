import AmbitMatrix
import AmbitMeasures
import AmbitStudy
import AmbitTestSupport
import Foundation
import Testing

@Suite struct LexicalStageTests {
  @Test("the compressed size is DEFLATE's own: text repeated is nearly free")
  func compressedSize() {
    let line = Array("the quick brown fox jumps over the lazy dog\n".utf8)
    let once = LexicalStage.compressedSize(line)
    let often = LexicalStage.compressedSize(Array([[UInt8]](repeating: line, count: 50).joined()))
    #expect(once > 30 && once < 50 && often < once + 20)
    #expect(LexicalStage.compressedSize([]) <= 2)
  }

  /// GPT-3 without instruction tuning repeats its prompt's form and itself until it is cut off.
  @Test("davinci's looping shows, in whole outputs and in equal windows", .needsSharedData)
  func loopingOfDavinci() throws {
    let names = ["davinci", "text-davinci-003", "alpacafarm-llama-7b-sft10k", "human-reference"]
    let outputs = try names.map { try Self.outputs(of: $0) }
    let shared = outputs.map { Set($0.keys) }.reduce(Set(outputs[0].keys)) { $0.intersection($1) }
    let ids = shared.sorted()
    #expect(ids.count > 200)
    let design = Design(
      checkpoints: names, baseline: 0, promptIDs: ids, promptOffsets: Array(0...ids.count))
    let workers = Workers(threadCount: 2)
    let texts = LexicalTexts(outputs.map { own in ids.map { own[$0]! } }, workers: workers)
    let rows = LexicalSuite(compressedSize: LexicalStage.compressedSize).run(
      design: design, texts: texts,
      settings: InferenceSettings(resamples: 200, permutations: 199), workers: workers
    ).measurements
    for (metric, variant, scope) in [
      ("self_repetition", "4_inside", Scope.within), ("self_repetition", "4_inside_w", .within),
      ("compression_ratio", "", .within), ("compression_ratio", "", .across),
    ] {
      let chosen = rows.filter {
        $0.metric == metric && $0.variant == variant && $0.scope == scope
      }
      #expect(chosen.count == names.count)
      let base = try #require(chosen.first?.value)
      for row in chosen.dropFirst() {
        let words = "\(row.checkpoint) \(metric) \(variant) \(scope): \(base), \(row.value ?? 0)"
        // More diverse than davinci: less repetition.
        #expect(try #require(row.effect) > 0, "\(words)")
        #expect(try #require(row.interval).low > 0, "\(words)")
      }
    }
  }

  private static func outputs(of name: String) throws -> [String: String] {
    struct Line: Decodable {
      let prompt_id: String
      let output: String
    }
    let path = SharedData.path("normalized/selfinstruct-252/\(name).jsonl")
    let data = try Data(contentsOf: URL(fileURLWithPath: path))
    return try data.split(separator: 0x0A).reduce(into: [:]) { found, line in
      let row = try JSONDecoder().decode(Line.self, from: line)
      if !row.output.allSatisfy(\.isWhitespace) { found[row.prompt_id] = row.output }
    }
  }
}
