import AmbitEmbedding
import AmbitFormats
import AmbitMatrix
import AmbitTestSupport
import Foundation
import Testing

/// Ids of Hugging Face's `tokenizers`; `make_unigram_fixtures.py` wrote them.
private struct Expected: Decodable {
  struct Case: Decodable {
    var name: String
    var normalizer: String
    var pre_tokenizer: String
    var byte_fallback: Bool
    var ids: [[Int32]]
    var repeated: String
  }
  struct Repetition: Decodable {
    var unit: String
    var count: Int
    var text: String { String(repeating: unit, count: count) }
  }
  struct File: Decodable {
    var path: String
    var texts: Int
    var sha256: String
  }
  var texts: [String]
  var repeated: [Repetition]
  var cases: [Case]
  var files: [File]

  static func read() throws -> Expected {
    try Fixture.decode(Self.self, from: "unigram-ids.json")
  }

  static func digest(_ lists: [[Int32]]) -> String {
    SHA256.hexadecimal(
      of: lists.map { "[" + $0.map(String.init).joined(separator: ",") + "]\n" }.joined())
  }
}

@Suite struct UnigramTokenizerTests {
  /// The small tokenizer of the fixture, its document edited.
  private func tokenizer(_ edit: (inout [String: Any]) -> Void = { _ in }) throws -> TextTokenizer {
    let folder = TemporaryFolder()
    let data = try Data(contentsOf: URL(fileURLWithPath: Fixture.path("unigram.json")))
    var document = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
    edit(&document)
    folder.write(Array(try JSONSerialization.data(withJSONObject: document)), to: "tokenizer.json")
    return try TextTokenizer(folder: folder.path)
  }

  private func value(_ text: String) -> Any {
    (try? JSONSerialization.jsonObject(with: Data(text.utf8), options: .fragmentsAllowed))
      ?? NSNull()
  }

  /// The fixture's charsmap, in base64.
  private func charsmap() throws -> String {
    struct Document: Decodable {
      struct Normalizer: Decodable {
        var normalizers: [Part]
      }
      struct Part: Decodable { var precompiled_charsmap: String? }
      var normalizer: Normalizer
    }
    let document = try Fixture.decode(Document.self, from: "unigram.json")
    return try #require(document.normalizer.normalizers.first?.precompiled_charsmap)
  }

  private func tokenizer(_ variant: Expected.Case) throws -> TextTokenizer {
    let charsmap = try charsmap()
    return try tokenizer { document in
      document["normalizer"] = value(
        variant.normalizer.replacingOccurrences(of: "CHARSMAP", with: charsmap))
      document["pre_tokenizer"] = value(variant.pre_tokenizer)
      var model = document["model"] as! [String: Any]
      model["byte_fallback"] = variant.byte_fallback
      document["model"] = model
    }
  }

  @Test func idsEqualTheReferenceInEveryArrangement() throws {
    let expected = try Expected.read()
    #expect(expected.cases.count == 9 && expected.texts.count > 250)
    for variant in expected.cases {
      let tokenizer = try tokenizer(variant)
      for (text, ids) in zip(expected.texts, variant.ids) {
        #expect(tokenizer.tokenize(text).ids == ids, "\(variant.name) on \(text.debugDescription)")
      }
      let repeated = expected.repeated.map { tokenizer.tokenize($0.text).ids }
      #expect(Expected.digest(repeated) == variant.repeated, "\(variant.name)")
    }
  }

  @Test(.needsSharedData) func idsEqualTheReferenceOnEveryRealOutput() throws {
    struct Row: Decodable {
      var prompt: String?
      var output: String?
      var output_a: String?
      var output_b: String?
    }
    let tokenizer = try tokenizer()
    var checked = 0
    for file in try Expected.read().files {
      let data = try Data(contentsOf: URL(fileURLWithPath: SharedData.path(file.path)))
      let texts = try data.split(separator: UInt8(ascii: "\n")).flatMap { line in
        let row = try JSONDecoder().decode(Row.self, from: line)
        return [row.prompt, row.output, row.output_a, row.output_b].compactMap { $0 }
      }
      let ids = Workers(threadCount: 2).map(texts.count) { tokenizer.tokenize(texts[$0]).ids }
      #expect(texts.count == file.texts && Expected.digest(ids) == file.sha256, "\(file.path)")
      checked += texts.count
    }
    #expect(checked > 16_000)
  }

  @Test func aWindowGivesTheFirstIds() throws {
    let expected = try Expected.read()
    let texts = expected.texts + expected.repeated.map(\.text)
    for variant in expected.cases {
      let tokenizer = try tokenizer(variant)
      for text in texts {
        let body = tokenizer.tokenize(text, isFramed: false).ids
        for limit in [1, 4, 300] {
          let cut = tokenizer.tokenize(text, limit: limit)
          #expect(cut.ids == [0] + body.prefix(limit) + [2], "\(variant.name)")
          #expect(cut.isTruncated == (body.count > limit))
          #expect(cut.unknownCount == body.prefix(limit).count { $0 == 3 })
        }
      }
    }
  }

  @Test func theBestCutIsThatOfExhaustiveSearch() throws {
    // Scores are halves, so that sums are exact and ties are met; then the first way found stays.
    forEachSeed(60) { random in
      var pieces: [String: Double] = [:]
      for _ in 0..<12 {
        let length = 1 + random.index(below: 4)
        let piece = String((0..<length).map { _ in Array("abc")[random.index(below: 3)] })
        pieces[piece] = -Double(1 + random.index(below: 40)) / 2
      }
      let vocabulary =
        [["<unk>", 0.0]] + pieces.sorted { $0.key < $1.key }.map { [$0.key, $0.value] }
      let folder = TemporaryFolder()
      folder.write(
        Array(
          try JSONSerialization.data(withJSONObject: [
            "model": ["type": "Unigram", "unk_id": 0, "vocab": vocabulary]
          ])), to: "tokenizer.json")
      let tokenizer = try TextTokenizer(folder: folder.path)
      let unknown = (pieces.values.min() ?? 0) - 10
      let names = vocabulary.map { $0[0] as? String ?? "" }
      for _ in 0..<20 {
        let text = (0..<1 + random.index(below: 9)).map { _ in Array("abcd")[random.index(below: 4)]
        }
        let ids = tokenizer.tokenize(String(text)).ids
        // What the ids add up to: runs of unknown characters are one id.
        var total = 0.0
        var place = 0
        for (index, id) in ids.enumerated() where id != 0 {
          let name = Array(names[Int(id)])
          // Unknown characters before this token.
          let before = index > 0 && ids[index - 1] == 0
          var start = place
          if before {
            start += 1
            while Array(text[start...].prefix(name.count)) != name { start += 1 }
            total += unknown * Double(start - place)
          }
          total += pieces[names[Int(id)]] ?? 0
          place = start + name.count
        }
        total += unknown * Double(text.count - place)
        var best = [0.0] + [Double](repeating: -.infinity, count: text.count)
        for end in 1...text.count {
          for start in max(0, end - 4)..<end {
            let piece = String(text[start..<end])
            if let score = pieces[piece] {
              best[end] = max(best[end], best[start] + score)
            } else if end - start == 1 {
              best[end] = max(best[end], best[start] + unknown)
            }
          }
        }
        try require(total == best[text.count], "\(String(text)) with \(pieces): \(ids)")
      }
    }
  }

  @Test func aVeryLongWordTakesNoQuadraticTime() throws {
    let tokenizer = try tokenizer()
    let text = String(repeating: "thecat", count: 200_000)
    let elapsed = ContinuousClock().measure {
      #expect(tokenizer.tokenize(text).tokenCount > 100_000)
    }
    #expect(elapsed < .seconds(30))
  }

  @Test func whatIsNotReadIsNamed() throws {
    func field(_ edit: (inout [String: Any]) -> Void) -> String? {
      do {
        _ = try tokenizer(edit)
        return nil
      } catch {
        return (error as? InputError)?.field
      }
    }
    func model(_ name: String, _ value: Any) -> String? {
      field { document in
        var model = document["model"] as! [String: Any]
        model[name] = value
        document["model"] = model
      }
    }
    let precompiled = ["type": "Precompiled", "precompiled_charsmap": "AAAA"]
    #expect(field { $0["normalizer"] = ["type": "NFKC"] } == "normalizer")
    #expect(field { $0["normalizer"] = precompiled } == "normalizer.precompiled_charsmap")
    #expect(
      field { $0["normalizer"] = ["type": "Precompiled", "precompiled_charsmap": "Ä"] }
        == "normalizer.precompiled_charsmap")
    #expect(
      field { $0["normalizer"] = ["type": "Sequence", "normalizers": [precompiled]] }
        == "normalizer.normalizers[0].precompiled_charsmap")
    #expect(
      field {
        $0["normalizer"] = ["type": "Replace", "pattern": ["Regex": "a+"], "content": "b"]
      } == "normalizer.pattern")
    #expect(field { $0["pre_tokenizer"] = ["type": "Digits"] } == "pre_tokenizer")
    #expect(
      field { $0["pre_tokenizer"] = ["type": "Metaspace", "replacement": "ab"] }
        == "pre_tokenizer.replacement")
    #expect(
      field { $0["pre_tokenizer"] = ["type": "Metaspace", "prepend_scheme": "last"] }
        == "pre_tokenizer.prepend_scheme")
    #expect(
      field {
        $0["pre_tokenizer"] = [
          "type": "Sequence",
          "pretokenizers": [
            ["type": "WhitespaceSplit"], ["type": "Metaspace", "prepend_scheme": "first"],
          ],
        ]
      } == "pre_tokenizer.pretokenizers[1].prepend_scheme")
    #expect(field { $0["post_processor"] = ["type": "Odd"] } == "post_processor")
    #expect(model("vocab", [["a", "b"]]) == "model.vocab[0]")
    #expect(model("vocab", [["<unk>", 0], ["a"]]) == "model.vocab[1]")
    #expect(model("vocab", []) == "model.vocab")
    #expect(model("unk_id", 100_000) == "model.unk_id")
    #expect(model("unk_id", NSNull()) == "model.unk_id")
  }
}
