import AmbitEmbedding
import AmbitFormats
import AmbitMatrix
import AmbitTestSupport
import Foundation
import Testing

/// Vectors of Python's `transformers` and sentence-transformers; `make_encoder_fixtures.py` wrote them.
private struct Expected: Decodable {
  var texts: [String]
  var vectors: [[Float]]
}

@Suite struct TransformerEmbedderTests {
  private static let families = ["bert", "roberta", "mpnet"]

  private static func embedder(_ family: String, window: Int? = nil) throws -> TransformerEmbedder {
    try TransformerEmbedder(folder: Fixture.path("encoders/\(family)"), windowTokens: window)
  }

  private func largestDifference(_ a: some Collection<Float>, _ b: some Collection<Float>) -> Float
  {
    zip(a, b).reduce(0) { max($0, abs($1.0 - $1.1)) }
  }

  @Test(arguments: families) func vectorsEqualTheReference(_ family: String) throws {
    let expected = try Fixture.decode(Expected.self, from: "encoders/\(family)/expected.json")
    let found = try Self.embedder(family).embed(expected.texts, workers: Workers(threadCount: 2))
    #expect(found.matrix.rowCount == expected.texts.count)
    for (index, vector) in expected.vectors.enumerated() {
      #expect(
        largestDifference(found.matrix.row(index), vector) < 2e-5,
        "\(family) on \(expected.texts[index].prefix(40))")
    }
  }

  @Test(arguments: families) func aTextsRowDoesNotDependOnItsCompany(_ family: String) throws {
    let embedder = try Self.embedder(family)
    var random = SplitMix64(seed: 11)
    let words = ["a", "cat", "the", "unaffable", "?", "x", "é", "quick"]
    var texts = ["a", "x", "the cat sat on the mat", ""]
    for _ in 0..<150 {
      let count = 1 + Int(random.next() % 70)
      texts.append((0..<count).map { _ in words[Int(random.next() % 8)] }.joined(separator: " "))
    }
    let together = embedder.embed(texts, workers: Workers(threadCount: 2)) { _ in }
    let single = embedder.embed(texts, workers: Workers(threadCount: 1)) { _ in }
    #expect(together == single)
    let backwards = embedder.embed(texts.reversed(), workers: Workers(threadCount: 2)) { _ in }
    #expect(backwards.rows(Array(texts.indices.reversed())) == together)
    for index in texts.indices where index < 4 || index % 10 == 0 {
      let alone = embedder.embed([texts[index]], workers: Workers(threadCount: 1)) { _ in }
      #expect(
        alone.matrix.values == Array(together.matrix.row(index)), "\(texts[index].prefix(30))")
    }
  }

  @Test func textsWithoutTokensAreZeroRows() throws {
    let found = try Self.embedder("bert").embed(
      ["", " \n\u{2028}", "\u{301}", "a"], workers: Workers(threadCount: 1))
    #expect(found.emptyRows == [0, 1, 2])
    #expect(found.matrix.rows([0, 1, 2]).values.allSatisfy { $0 == 0 })
    #expect(found.matrix.row(3).contains { $0 != 0 })
    #expect(
      try Self.embedder("bert").embed([], workers: Workers(threadCount: 2)).matrix.rowCount == 0)
  }

  @Test func theWindowCutsWhatIsBeyondIt() throws {
    let embedder = try Self.embedder("bert", window: 3)
    #expect(embedder.windowTokens == 3)
    let found = try embedder.embed(
      ["the cat sat", "the cat sat on the mat", "the cat 我 é \u{4E8C}"],
      workers: Workers(threadCount: 1))
    #expect(found.matrix.row(0).elementsEqual(found.matrix.row(1)))
    #expect(found.readings.map(\.isTruncated) == [false, true, true])
    #expect(found.readings.map(\.tokenCount) == [3, 3, 3])
    #expect(try Self.embedder("bert").windowTokens == 58)
    #expect(try Self.embedder("bert").fingerprint != embedder.fingerprint)
    #expect(try Self.embedder("bert", window: 3).fingerprint == embedder.fingerprint)
  }

  @Test func aPrefixStandsBeforeEveryText() throws {
    let folder = Fixture.path("encoders/bert")
    let workers = Workers(threadCount: 1)
    let plain = try Self.embedder("bert").embed(["the cat sat", "the quick"], workers: workers)
    let prefixed = try TransformerEmbedder(folder: folder, prefix: "the ")
    let found = try prefixed.embed(["cat sat", "quick", ""], workers: workers)
    #expect(found.matrix.rows([0, 1]) == plain.matrix)
    #expect(found.emptyRows == [2])
  }

  @Test(.needsMiniLM, .needsSharedData) func vectorsEqualSentenceTransformersOnRealOutputs() throws
  {
    struct Places: Decodable {
      struct Place: Decodable {
        var path: String
        var line: Int
      }
      var places: [Place]
      var texts: [String]
    }
    struct Row: Decodable { var output: String }
    let expected = try Fixture.decode(Places.self, from: "minilm-vectors.json")
    var lines: [String: [Data]] = [:]
    let real = try expected.places.map { place in
      if lines[place.path] == nil {
        let data = try Data(contentsOf: URL(fileURLWithPath: SharedData.path(place.path)))
        lines[place.path] = data.split(separator: UInt8(ascii: "\n"))
      }
      return try JSONDecoder().decode(Row.self, from: lines[place.path]![place.line]).output
    }
    let vectors = try NPYArray(
      bytes: Array(Data(contentsOf: URL(fileURLWithPath: Fixture.path("minilm-vectors.npy")))))
    let embedder = try TransformerEmbedder(folder: MiniLM.folder)
    #expect(embedder.dimension == 384 && embedder.windowTokens == 254)
    let found = try embedder.embed(real + expected.texts, workers: Workers(threadCount: 2))
    #expect(found.matrix.rowCount == vectors.rowCount && real.count == 300)
    for index in 0..<found.matrix.rowCount where found.readings[index].tokenCount > 0 {
      let wanted = vectors.floats[index * 384..<(index + 1) * 384]
      #expect(largestDifference(found.matrix.row(index), wanted) <= 2e-5, "row \(index)")
      #expect(Reductions.dot(found.matrix.row(index), wanted) >= 0.99999, "row \(index)")
    }
  }

  @Test(.needsMiniLM) func oneTokenTextsAreTheSameBitsAloneAndInABatch() throws {
    let embedder = try TransformerEmbedder(folder: MiniLM.folder)
    let texts = ["a", "hello", "?", "word word word", String(repeating: "long text ", count: 200)]
    let together = embedder.embed(texts, workers: Workers(threadCount: 2)) { _ in }
    for (index, text) in texts.enumerated() {
      let alone = embedder.embed([text], workers: Workers(threadCount: 1)) { _ in }
      #expect(alone.matrix.values == Array(together.matrix.row(index)), "\(text.prefix(20))")
    }
  }
}
