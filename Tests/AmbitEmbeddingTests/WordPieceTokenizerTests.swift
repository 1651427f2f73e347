import AmbitEmbedding
import AmbitFormats
import AmbitMatrix
import AmbitTestSupport
import Foundation
import Testing

/// Ids of Hugging Face's `tokenizers`; `make_wordpiece_fixtures.py` wrote them.
private struct Expected: Decodable {
  struct Case: Decodable {
    struct Normalizer: Decodable, Equatable {
      var type: String
      var clean_text: Bool
      var handle_chinese_chars: Bool
      var strip_accents: Bool?
      var lowercase: Bool
    }
    var normalizer: Normalizer
    var ids: [[Int32]]
  }
  struct File: Decodable {
    var path: String
    var texts: Int
    var sha256: String
  }
  var texts: [String]
  var cases: [Case]
  var minilm: [[Int32]]
  var files: [File]

  static func read() throws -> Expected {
    try Fixture.decode(Self.self, from: "wordpiece-ids.json")
  }
}

@Suite struct WordPieceTokenizerTests {
  /// The small tokenizer of the fixture in a folder of its own, with its normalizer replaced.
  private func tokenizer(
    _ normalizer: Expected.Case.Normalizer, in folder: TemporaryFolder
  ) throws -> TextTokenizer {
    let data = try Data(contentsOf: URL(fileURLWithPath: Fixture.path("wordpiece.json")))
    var document = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
    document["normalizer"] = [
      "type": normalizer.type, "clean_text": normalizer.clean_text,
      "handle_chinese_chars": normalizer.handle_chinese_chars,
      "strip_accents": normalizer.strip_accents as Any? ?? NSNull(),
      "lowercase": normalizer.lowercase,
    ]
    let bytes = try JSONSerialization.data(withJSONObject: document)
    folder.write(Array(bytes), to: "tokenizer.json")
    return try TextTokenizer(folder: folder.path)
  }

  @Test func idsEqualTheReferenceForEveryNormalizer() throws {
    let expected = try Expected.read()
    #expect(expected.cases.count == 5)
    for variant in expected.cases {
      let tokenizer = try tokenizer(variant.normalizer, in: TemporaryFolder())
      for (text, ids) in zip(expected.texts, variant.ids) {
        #expect(
          tokenizer.tokenize(text).ids == ids, "\(variant.normalizer) on \(text.debugDescription)")
      }
    }
  }

  @Test(.needsMiniLM) func idsEqualTheReferenceWithTheRealVocabulary() throws {
    let expected = try Expected.read()
    let tokenizer = try TextTokenizer(folder: MiniLM.folder)
    #expect(tokenizer.vocabularyCount == 30_522)
    for (text, ids) in zip(expected.texts, expected.minilm) {
      #expect(tokenizer.tokenize(text).ids == ids, "on \(text.debugDescription)")
    }
  }

  @Test(.needsMiniLM) func vocabularyTextGivesTheSameIds() throws {
    let folder = TemporaryFolder()
    for name in ["vocab.txt", "tokenizer_config.json"] {
      try FileManager.default.copyItem(
        atPath: MiniLM.folder + "/" + name, toPath: folder.path(of: name))
    }
    let tokenizer = try TextTokenizer(folder: folder.path)
    let expected = try Expected.read()
    #expect(tokenizer.vocabularyCount == 30_522)
    for (text, ids) in zip(expected.texts, expected.minilm) {
      #expect(tokenizer.tokenize(text).ids == ids, "on \(text.debugDescription)")
    }
  }

  @Test(.needsMiniLM, .needsSharedData) func idsEqualTheReferenceOnEveryRealOutput() throws {
    struct Row: Decodable {
      var prompt: String?
      var output: String?
      var output_a: String?
      var output_b: String?
    }
    let tokenizer = try TextTokenizer(folder: MiniLM.folder)
    var checked = 0
    for file in try Expected.read().files {
      let data = try Data(contentsOf: URL(fileURLWithPath: SharedData.path(file.path)))
      var texts: [String] = []
      for line in data.split(separator: UInt8(ascii: "\n")) {
        let row = try JSONDecoder().decode(Row.self, from: line)
        texts += [row.prompt, row.output, row.output_a, row.output_b].compactMap { $0 }
      }
      let read = texts
      let lines = Workers(threadCount: 2).map(read.count) { index in
        "[" + tokenizer.tokenize(read[index]).ids.map(String.init).joined(separator: ",") + "]\n"
      }
      #expect(texts.count == file.texts, "\(file.path)")
      #expect(SHA256.hexadecimal(of: lines.joined()) == file.sha256, "\(file.path)")
      checked += texts.count
    }
    #expect(checked > 16_000)
  }

  @Test func windowCutsAndCounts() throws {
    let expected = try Expected.read()
    let tokenizer = try tokenizer(expected.cases[0].normalizer, in: TemporaryFolder())
    for (text, ids) in zip(expected.texts, expected.cases[0].ids) {
      let body = ids.dropFirst().dropLast()
      for limit in [0, 1, 2, 5, 40] {
        let cut = tokenizer.tokenize(text, limit: limit)
        #expect(cut.ids == tokenizer.prefix + body.prefix(limit) + tokenizer.suffix)
        #expect(cut.tokenCount == min(limit, body.count))
        #expect(cut.isTruncated == (body.count > limit))
        #expect(cut.unknownCount == body.prefix(limit).count { $0 == tokenizer.unknownId })
      }
      #expect(tokenizer.tokenize(text, isFramed: false).ids == Array(body))
    }
  }

  @Test func longestPiecesFromTheLeft() {
    var vocabulary = VocabularyTrie()
    let tokens = ["[UNK]", "un", "##aff", "##able", "a", "##a", "##affa", "unaff"]
    for (id, token) in tokens.enumerated() { vocabulary.insert(token.utf8, id: Int32(id)) }
    let tokenizer = WordPieceTokenizer(
      vocabulary: vocabulary, unknownId: 0, normalization: BertNormalization())
    func ids(_ text: String) -> [Int32] {
      var text = text
      var ids: [Int32] = []
      text.withUTF8 { tokenizer.appendIds(of: $0, isFirst: true, limit: .max, to: &ids) }
      return ids
    }
    #expect(ids("unaffable") == [7, 3])
    // The longest piece at each place is taken even where that leaves a rest that fits nothing.
    #expect(ids("unaffaable") == [7, 5, 3])
    #expect(ids("unaffx a") == [0, 4])
    #expect(ids("A\u{301}") == [4])
  }
}
