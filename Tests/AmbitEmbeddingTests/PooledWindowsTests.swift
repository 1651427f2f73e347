import AmbitEmbedding
import AmbitMatrix
import AmbitTestSupport
import Testing

@Suite struct PooledWindowsTests {
  private static let folder = Fixture.path("encoders/bert")
  private static let workers = Workers(threadCount: 2)

  private func pooled(window: Int, prefix: String? = nil) throws -> TransformerEmbedder {
    try TransformerEmbedder(
      folder: Self.folder, windowTokens: window, longTexts: .pooledWindows, prefix: prefix)
  }

  /// Words that are one token each, so that a cut between tokens is a cut between words.
  private func words(_ count: Int, _ random: inout SplitMix64) -> [String] {
    let known = ["the", "cat", "sat", "on", "mat", "quick"]
    return (0..<count).map { _ in known[Int(random.next() % 6)] }
  }

  /// The mean by its definition: each window embedded as a text of its own.
  private func naive(_ words: [String], window: Int, prefix: String = "") throws -> [Double] {
    let embedder = try TransformerEmbedder(folder: Self.folder, prefix: prefix)
    var sums = [Double](repeating: 0, count: embedder.dimension)
    for start in stride(from: 0, to: words.count, by: window) {
      let part = words[start..<min(start + window, words.count)]
      let row = try embedder.embed([part.joined(separator: " ")], workers: Self.workers).matrix
      for column in sums.indices { sums[column] += Double(part.count) * Double(row.values[column]) }
    }
    let length = sums.reduce(0) { $0 + $1 * $1 }.squareRoot()
    return sums.map { $0 / length }
  }

  @Test func longTextsAreTheMeanOfTheirWindows() throws {
    let window = 7
    let embedder = try pooled(window: window)
    forEachSeed(4) { random in
      let texts = (0..<6).map { _ in words(1 + Int(random.next() % 40), &random) } + [[]]
      let found = try embedder.embed(
        texts.map { $0.joined(separator: " ") }, workers: Self.workers)
      for (index, text) in texts.enumerated() where !text.isEmpty {
        for (a, b) in zip(found.matrix.row(index), try naive(text, window: window)) {
          try require(abs(Double(a) - b) < 1e-6, "\(a) for \(b), \(text.count) words")
        }
      }
      try require(found.emptyRows == [6], "the text without tokens is not a zero row")
      try require(found.tokenCounts == texts.map(\.count), "not all tokens were read")
      try require(found.truncatedCount == 0, "nothing is cut off")
    }
  }

  @Test func textsThatFitAreEmbeddedAsEver() throws {
    var random = SplitMix64(seed: 5)
    let texts =
      (1...9).map { words($0, &random).joined(separator: " ") } + ["", "é ?", "x 我 unaffable"]
    let plain = try TransformerEmbedder(folder: Self.folder, windowTokens: 9)
    #expect(
      try pooled(window: 9).embed(texts, workers: Self.workers)
        == plain.embed(texts, workers: Self.workers))
  }

  @Test func aPrefixStandsBeforeEveryWindow() throws {
    var random = SplitMix64(seed: 6)
    let text = words(23, &random)
    let found = try pooled(window: 6, prefix: "the ").embed(
      [text.joined(separator: " ")], workers: Self.workers)
    for (a, b) in zip(found.matrix.values, try naive(text, window: 5, prefix: "the ")) {
      #expect(abs(Double(a) - b) < 1e-6)
    }
    // No room beside this prefix: it stands in the first window alone.
    let tight = try pooled(window: 1, prefix: "the ").embed(["cat"], workers: Self.workers)
    #expect(
      try zip(tight.matrix.values, naive(["the", "cat"], window: 1)).allSatisfy {
        abs(Double($0) - $1) < 1e-6
      })
  }

  @Test func rowsDependOnTheirTextAlone() throws {
    var random = SplitMix64(seed: 7)
    let texts = (0..<80).map { words(1 + $0 * 7 % 61, &random).joined(separator: " ") }
    let embedder = try pooled(window: 10)
    let together = try embedder.embed(texts, workers: Self.workers)
    let single = try embedder.embed(texts.reversed(), workers: Workers(threadCount: 1))
    #expect(single.rows(Array(texts.indices.reversed())) == together)
    for index in stride(from: 0, to: 80, by: 9) {
      let alone = try embedder.embed([texts[index]], workers: Self.workers)
      #expect(alone.matrix.values == Array(together.matrix.row(index)))
    }
  }

  @Test func theFingerprintSaysSo() throws {
    let plain = try TransformerEmbedder(folder: Self.folder, windowTokens: 9)
    let embedder = try pooled(window: 9)
    #expect(embedder.fingerprint != plain.fingerprint)
    #expect(try embedder.fingerprint == pooled(window: 9).fingerprint)
    #expect(try embedder.fingerprint != pooled(window: 8).fingerprint)
    #expect(plain.windowTokens == 9 && embedder.windowTokens == nil && embedder.window == 9)
  }
}
