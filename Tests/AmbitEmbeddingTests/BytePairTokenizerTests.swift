import AmbitEmbedding
import AmbitFormats
import AmbitTestSupport
import Foundation
import Testing

@Suite struct BytePairTokenizerTests {
  /// Ids of Hugging Face's `tokenizers`; `make_bytepair_fixtures.py` wrote them.
  private struct Expected: Decodable {
    var texts: [String]
    var plain: [[Int32]]
    var spaced: [[Int32]]
  }

  private func tokenizer(_ edit: (String) -> String = { $0 }) throws -> TextTokenizer {
    let folder = TemporaryFolder()
    let data = try Data(contentsOf: URL(fileURLWithPath: Fixture.path("bytepair.json")))
    folder.write(edit(String(decoding: data, as: UTF8.self)), to: "tokenizer.json")
    return try TextTokenizer(folder: folder.path)
  }

  @Test func idsEqualTheReference() throws {
    let expected = try Fixture.decode(Expected.self, from: "bytepair-ids.json")
    let plain = try tokenizer()
    let spaced = try tokenizer {
      $0.replacingOccurrences(
        of: #""pre_tokenizer":{"type":"ByteLevel","add_prefix_space":false"#,
        with: #""pre_tokenizer":{"type":"ByteLevel","add_prefix_space":true"#)
    }
    #expect(expected.plain != expected.spaced)
    for (index, text) in expected.texts.enumerated() {
      #expect(plain.tokenize(text).ids == expected.plain[index], "\(text.debugDescription)")
      #expect(spaced.tokenize(text).ids == expected.spaced[index], "\(text.debugDescription)")
    }
  }

  @Test func aWindowGivesTheFirstIds() throws {
    let expected = try Fixture.decode(Expected.self, from: "bytepair-ids.json")
    let tokenizer = try tokenizer()
    for (text, ids) in zip(expected.texts, expected.plain) {
      let cut = tokenizer.tokenize(text, limit: 4)
      #expect(cut.ids == [0] + ids.dropFirst().dropLast().prefix(4) + [2])
      #expect(cut.isTruncated == (ids.count > 6))
    }
  }

  @Test func aVeryLongWordTakesNoQuadraticTime() throws {
    let tokenizer = try tokenizer()
    let text = String(repeating: "a", count: 300_000)
    let elapsed = ContinuousClock().measure {
      #expect(tokenizer.tokenize(text).tokenCount < 300_000)
    }
    // A quadratic search would take hours.
    #expect(elapsed < .seconds(60))
  }

  @Test func faultsNameTheField() {
    func field(_ edit: @escaping (String) -> String) -> String? {
      do {
        _ = try tokenizer(edit)
        return nil
      } catch {
        return (error as? InputError)?.field
      }
    }
    #expect(
      field { $0.replacingOccurrences(of: #""merges":["#, with: #""merges":[["q q","x"],"#) }
        == "model.merges[0]")
    #expect(
      field { $0.replacingOccurrences(of: #""merges":["#, with: #""merges":[7,"#) }
        == "model.merges[0]")
    #expect(
      field {
        $0.replacingOccurrences(of: #""normalizer":null"#, with: #""normalizer":{"type":"NFC"}"#)
      } == "normalizer")
    #expect(
      field {
        $0.replacingOccurrences(
          of: #""pre_tokenizer":{"type":"ByteLevel""#, with: #""pre_tokenizer":{"type":"Split""#)
      }
        == "pre_tokenizer")
  }
}
