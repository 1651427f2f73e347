import AmbitEmbedding
import AmbitFormats
import AmbitMatrix
import AmbitTestSupport
import Foundation
import Testing

@Suite struct DamagedTokenizerTests {
  private func error(reading files: [String: String]) -> InputError? {
    let folder = TemporaryFolder()
    for (name, text) in files { folder.write(text, to: name) }
    do {
      _ = try TextTokenizer(folder: folder.path)
      return nil
    } catch {
      return error as? InputError
    }
  }

  private func document(vocabulary: String, rest: String = "") -> String {
    #"{"model":{"type":"WordPiece","unk_token":"[UNK]","vocab":\#(vocabulary)}\#(rest)}"#
  }

  @Test func faultsNameTheField() throws {
    let cases: [(String, String?, InputError.Code)] = [
      (document(vocabulary: "[]"), "model.vocab", .wrongType),
      (document(vocabulary: "{}"), "model.vocab.[UNK]", .missingField),
      (document(vocabulary: #"{"[UNK]":-1}"#), "model.vocab.[UNK]", .wrongType),
      (document(vocabulary: #"{"[UNK]":99999999999999999999}"#), "model.vocab.[UNK]", .wrongType),
      (document(vocabulary: #"{"[UNK]":"0"}"#), "model.vocab.[UNK]", .wrongType),
      (
        document(vocabulary: #"{"[UNK]":0}"#, rest: #","normalizer":{"type":"Weird"}"#),
        "normalizer", .unsupported
      ),
      (
        document(vocabulary: #"{"[UNK]":0}"#, rest: #","added_tokens":[{"id":3}]"#),
        "added_tokens[0].content", .missingField
      ),
      (#"{"model":{"type":"Novel","vocab":{}}}"#, "model.type", .unsupported),
      ("{}", "model", .missingField),
      ("[1]", nil, .wrongType),
      (String(repeating: "[", count: 200_000), nil, .tooLarge),
      (#"{"model":"#, nil, .malformed),
      ("", nil, .empty),
    ]
    for (text, field, code) in cases {
      let found = try #require(error(reading: ["tokenizer.json": text]), "\(text.prefix(60))")
      #expect(found.field == field, "\(text.prefix(60))")
      #expect(found.code == code, "\(text.prefix(60))")
      #expect(found.path?.hasSuffix("tokenizer.json") == true)
    }
  }

  @Test func aFolderWithoutTokenizerSaysSo() {
    #expect(error(reading: [:])?.code == .missing)
    #expect(error(reading: ["vocab.txt": "a\nb\n"])?.field == "[UNK]")
  }

  @Test func mutatedFilesNeverCrash() throws {
    let data = try Data(contentsOf: URL(fileURLWithPath: Fixture.path("wordpiece.json")))
    let original = Array(data)
    let folder = TemporaryFolder()
    var readable = 0
    var refused = 0
    forEachSeed(150) { random in
      var bytes = original
      // The end of the file is where the settings are; the vocabulary fills the middle.
      for _ in 0..<1 + Int(random.next() % 4) {
        let near = random.next() % 2 == 0 ? 1_600 : bytes.count
        bytes[Int(random.next() % UInt64(near))] = UInt8(truncatingIfNeeded: random.next())
      }
      if random.next() % 4 == 0 { bytes.removeLast(Int(random.next() % UInt64(bytes.count))) }
      folder.write(bytes, to: "tokenizer.json")
      do {
        let tokenizer = try TextTokenizer(folder: folder.path)
        _ = tokenizer.tokenize("The unaffordable [MASK] 我喜欢 e\u{301}", limit: 20)
        readable += 1
      } catch let error as InputError {
        try require(error.path != nil, "the error names no file: \(error)")
        refused += 1
      }
    }
    #expect(readable > 0 && refused > 0)
  }
}
