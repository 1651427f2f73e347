import AmbitEmbedding
import AmbitFormats
import AmbitMatrix
import AmbitTestSupport
import Foundation
import Testing

/// Folders laid out as the published models of each family, with the ids and vectors that
/// sentence-transformers gives; `make_family_fixtures.py` wrote them.
struct FamilyFixture {
  struct Expected: Decodable {
    var weights: String
    var prefix: String?
    var texts: [String]
    var ids: [[Int32]]
    var vectors: [[Float]]
  }

  static let names = [
    "bge-en", "bge-zh", "gte", "e5", "e5-query", "bert-multilingual-cased", "bert-cased-stripped",
    "bert-lowered-accented", "xlm-roberta", "multilingual-e5",
  ]
  let expected: Expected
  /// A copy with the files that families share.
  let folder = TemporaryFolder()
  /// Every file of the copy.
  private(set) var files: [String] = []

  init(_ name: String) throws {
    expected = try Fixture.decode(Expected.self, from: "families/\(name)/expected.json")
    let source = Fixture.path("families/\(name)")
    for file in try FileManager.default.subpathsOfDirectory(atPath: source).sorted()
    where file.hasSuffix(".json") && file != "expected.json" {
      try copy("\(source)/\(file)", to: file)
    }
    try copy(Fixture.path("families/\(expected.weights)"), to: "model.safetensors")
    if expected.weights == "unigram.safetensors" {
      try copy(Fixture.path("unigram.json"), to: "tokenizer.json")
    } else {
      try copy(Fixture.path("families/vocab.txt"), to: "vocab.txt")
    }
  }

  private mutating func copy(_ path: String, to name: String) throws {
    folder.write(Array(try Data(contentsOf: URL(fileURLWithPath: path))), to: name)
    files.append(name)
  }
}

@Suite struct ModelFamilyTests {
  @Test(arguments: FamilyFixture.names) func idsAndVectorsEqualTheReference(_ name: String) throws {
    let fixture = try FamilyFixture(name)
    let expected = fixture.expected
    // Without modules.json the reference was cut by hand.
    let window = fixture.files.contains("modules.json") ? nil : 58
    let embedder = try TransformerEmbedder(
      folder: fixture.folder.path, windowTokens: window, prefix: expected.prefix)
    #expect(embedder.windowTokens == 58 && embedder.dimension == 32)
    let found = embedder.embed(expected.texts, workers: Workers(threadCount: 2)) { _ in }
    for (index, text) in expected.texts.enumerated() {
      #expect(embedder.tokenIds(of: text) == expected.ids[index], "\(text.debugDescription)")
      let difference = zip(found.matrix.row(index), expected.vectors[index])
        .reduce(0) { max($0, abs($1.0 - $1.1)) }
      #expect(difference < 2e-5, "\(difference) on \(text.debugDescription)")
    }
  }

  @Test func aPrefixIsTheModelsOrTheUsers() throws {
    let asked = try FamilyFixture("e5")
    let byDefault = try FamilyFixture("e5-query")
    #expect(try TransformerEmbedder(folder: asked.folder.path).prefix == "")
    #expect(try TransformerEmbedder(folder: byDefault.folder.path).prefix == "query: ")
    #expect(try TransformerEmbedder(folder: byDefault.folder.path, prefix: "").prefix == "")
    // The texts hold no word of the prefix, so it must change every row.
    #expect(asked.expected.vectors[3] != byDefault.expected.vectors[3])
  }

  @Test func aPrefixThatIsNotPooledIsRefused() throws {
    let fixture = try FamilyFixture("e5")
    fixture.folder.write(
      #"{"pooling_mode_mean_tokens":true,"include_prompt":false}"#, to: "1_Pooling/config.json")
    _ = try TransformerEmbedder(folder: fixture.folder.path)
    #expect {
      try TransformerEmbedder(folder: fixture.folder.path, prefix: "query: ")
    } throws: { ($0 as? InputError)?.field == "include_prompt" }
  }
}
