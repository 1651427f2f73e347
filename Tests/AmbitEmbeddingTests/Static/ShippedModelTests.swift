import AmbitEmbedding
import AmbitFormats
import AmbitMatrix
import AmbitTestSupport
import Foundation
import Testing

/// The static model that lies in the repository.
@Suite("The shipped static model")
struct ShippedModelTests {
  private static let folder = SharedData.repository
    .appendingPathComponent("assets/models/ambit-static-en").path
  private let workers = Workers(threadCount: 2)

  @Test("it is small, says its teacher, and reads as much as the teacher does")
  func folder() throws {
    let embedder = try StaticEmbedder(folder: Self.folder)
    #expect(embedder.dimension == 256)
    #expect(embedder.windowTokens == 254)
    #expect(embedder.origin?.hasPrefix("transformer-") == true)
    let size = System.names(inFolder: Self.folder).reduce(0) { sum, name in
      sum + ((try? Data(contentsOf: URL(fileURLWithPath: Self.folder + "/" + name)).count) ?? 0)
    }
    #expect((1...12_000_000).contains(size))
  }

  @Test("what means alike lies nearer than what reads alike")
  func meaning() throws {
    let texts = [
      "The doctor cured the sick child.", "A physician healed an ill boy.",
      "The banker fooled the rich child.",
      "How do I bake bread at home?", "Recipe for a loaf with flour, yeast and water.",
      "How do I fix a flat tyre at home?",
    ]
    let rows = try StaticEmbedder(folder: Self.folder).embed(texts, workers: workers) { _ in }
      .matrix
    func cosine(_ a: Int, _ b: Int) -> Double { Reductions.dot(rows.row(a), rows.row(b)) }
    #expect(cosine(0, 1) > cosine(0, 2))
    #expect(cosine(3, 4) > cosine(3, 5))
    #expect(cosine(0, 3) < 0.3)
  }

  @Test("it tells pairs that people judged the same as well as its teacher", .needsSharedData)
  func judgedPairs() throws {
    let path = SharedData.path("normalized/noveltybench-human-pairs/pairs-dev.jsonl")
    let pairs = try JudgedPair.read(path: path)
    #expect(pairs.count == 860)
    let texts = pairs.flatMap { [$0.first, $0.second] }
    let rows = try StaticEmbedder(folder: Self.folder).embed(texts, workers: workers) { _ in }
      .matrix
    let cosines = pairs.indices.map { Reductions.dot(rows.row(2 * $0), rows.row(2 * $0 + 1)) }
    let area = EmbeddingFidelity.areaUnderCurve(scores: cosines, isPositive: pairs.map(\.isSame))
    // all-MiniLM-L6-v2 has 0.740.
    #expect(try #require(area) >= 0.74)
  }

  @Test("judgements are read, faults named by line and field")
  func reading() throws {
    let folder = TemporaryFolder()
    let path = folder.write(
      #"{"output_a":"x","output_b":"y","similar":true}"# + "\n\n"
        + #"{"output_a":"x","output_b":"z","similar":0}"#, to: "pairs.jsonl")
    #expect(
      try JudgedPair.read(path: path) == [
        JudgedPair(first: "x", second: "y", isSame: true),
        JudgedPair(first: "x", second: "z", isSame: false),
      ])
    for (text, field) in [
      (#"{"output_b":"y","similar":1}"#, "output_a"),
      (#"{"output_a":"y","similar":1}"#, "output_b"),
      (#"{"output_a":"x","output_b":"y"}"#, "similar"),
      (#"{"output_a":"x","output_b":"y","similar":2}"#, "similar"),
    ] {
      let bad = folder.write("\n" + text, to: "bad.jsonl")
      #expect {
        try JudgedPair.read(path: bad)
      } throws: { ($0 as? InputError)?.line == 2 && ($0 as? InputError)?.field == field }
    }
    #expect(throws: InputError.self) {
      try JudgedPair.read(path: folder.write("", to: "none.jsonl"))
    }
  }
}
