import AmbitEmbedding
import AmbitMatrix
import AmbitTestSupport
import Testing

/// Folders and vectors that model2vec wrote itself; `make_model2vec_fixtures.py` makes them.
@Suite("model2vec folders")
struct Model2VecTests {
  private struct Expected: Decodable {
    let texts: [String]
    let vectors: [String: [[Float]]]
  }

  @Test(
    "vectors equal model2vec's, scaled to unit length", arguments: ["plain", "mapped", "bytes"])
  func vectors(kind: String) throws {
    let expected = try Fixture.decode(Expected.self, from: "model2vec/expected.json")
    let embedder = try StaticEmbedder(folder: Fixture.path("model2vec/\(kind)"))
    #expect(embedder.windowTokens == (kind == "bytes" ? 5 : 512))
    let rows = embedder.embed(expected.texts, workers: Workers(threadCount: 2)) { _ in }.matrix
    let vectors = try #require(expected.vectors[kind])
    #expect(vectors.count == rows.rowCount)
    for (index, vector) in vectors.enumerated() {
      #expect(isNear(rows.row(index), vector, within: 1e-6), "\(expected.texts[index])")
    }
  }

  @Test("rounding to half precision agrees with a search over all halves")
  func half() {
    // All positive halves, ascending: their bit patterns are.
    let halves = (0..<0x7C00).map { bits -> Double in
      let (exponent, fraction) = (bits >> 10, Double(bits & 0x3FF))
      return exponent == 0
        ? fraction * 0x1p-24 : (1 + fraction / 1024) * Elementary.pow(2, Double(exponent - 15))
    }
    forEachSeed(300) { random in
      let value = Float(Elementary.pow(10, 13 * random.uniform() - 8.5))
      guard value < 65_504 else { return }
      var (low, high) = (0, halves.count - 1)
      while low + 1 < high {
        let middle = (low + high) / 2
        if halves[middle] <= Double(value) { low = middle } else { high = middle }
      }
      let isBelow = Double(value) - halves[low] <= halves[high] - Double(value)
      let nearest = Float(isBelow ? halves[low] : halves[high])
      try require(HalfPrecision.rounded(value) == nearest, "\(value)")
      try require(HalfPrecision.rounded(-value) == -nearest, "-\(value)")
    }
    #expect(HalfPrecision.rounded(1 + 0x1p-11) == 1)
    #expect(HalfPrecision.rounded(1 + 0x1.8p-10) == 1 + 0x1p-9)
    #expect(HalfPrecision.rounded(70_000) == .infinity)
    #expect(HalfPrecision.rounded(0) == 0)
  }
}
