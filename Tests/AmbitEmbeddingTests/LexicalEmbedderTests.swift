import AmbitEmbedding
import AmbitMatrix
import AmbitTestSupport
import Foundation
import Testing

@Suite struct LexicalEmbedderTests {
  static let workers = Workers(threadCount: 2)

  static func rows(_ texts: String..., window: Int? = nil) -> EmbeddedTexts {
    LexicalEmbedder(windowTokens: window).embed(texts, workers: workers) { _ in }
  }

  static func cosine(_ embedded: EmbeddedTexts, _ a: Int, _ b: Int) -> Double {
    Reductions.dot(embedded.matrix.row(a), embedded.matrix.row(b))
  }

  /// A text of `count` words drawn from a small vocabulary of made-up ones.
  static func text(_ count: Int, _ random: inout SplitMix64) -> String {
    (0..<count).map { _ in
      let word = random.index(below: 300)
      return String(word * word + 7919, radix: 26 + word % 10)
    }.joined(separator: ["  ", " ", ", ", ".\n"][random.index(below: 4)])
  }

  /// The counts of the definition, by dictionaries of strings.
  static func features(_ text: String) -> [String: Double] {
    var counts: [String: Double] = [:]
    for word in text.lowercased().split(whereSeparator: { !$0.isLetter && !$0.isNumber }) {
      counts["word \(word)", default: 0] += 1
      let padded = Array("<\(word)>")
      for length in 3...5 where length <= padded.count {
        for start in 0...(padded.count - length) {
          counts["gram \(String(padded[start..<start + length]))", default: 0] += 1
        }
      }
    }
    return counts.reduce(into: [:]) { result, entry in
      let weight = entry.key.hasPrefix("word") ? 1.0 : Double(Float(0.3))
      result[entry.key] = weight * (1 + Elementary.log(entry.value))
    }
  }

  static func cosine(_ a: [String: Double], _ b: [String: Double]) -> Double {
    func dot(_ a: [String: Double], _ b: [String: Double]) -> Double {
      a.reduce(0) { $0 + $1.value * (b[$1.key] ?? 0) }
    }
    return dot(a, b) / (dot(a, a) * dot(b, b)).squareRoot()
  }

  @Test func cosinesAreThoseOfTheFeatures() {
    var squaredErrors = 0.0
    var pairs = 0
    forEachSeed(60) { random in
      let a = Self.text(40 + random.index(below: 200), &random)
      let b = Self.text(40 + random.index(below: 200), &random)
      let mixed = a + " " + b + " ünïcödé Слово"
      let embedded = Self.rows(a, b, mixed)
      let expected = [a, b, mixed].map { Self.features($0) }
      for (i, j) in [(0, 1), (0, 2), (1, 2)] {
        let error = Self.cosine(embedded, i, j) - Self.cosine(expected[i], expected[j])
        squaredErrors += error * error
        pairs += 1
        try require(abs(error) < 5 * (2.0 / 512).squareRoot(), "cosine \(i), \(j) off by \(error)")
      }
    }
    // The projection's own error, and no more.
    #expect((squaredErrors / Double(pairs)).squareRoot() < (2.0 / 512).squareRoot())
  }

  @Test func aRowDependsOnItsTextAlone() {
    forEachSeed(5) { random in
      let texts = (0..<150).map { index in
        index % 37 == 0 ? "" : Self.text(1 + random.index(below: 400), &random) + " 手机 naïve"
      }
      let embedder = LexicalEmbedder()
      let together = try embedder.embed(texts, workers: Workers(threadCount: 3))
      var order = Array(texts.indices)
      random.shuffle(&order)
      let shuffled = try embedder.embed(order.map { texts[$0] }, workers: Workers(threadCount: 1))
      try require(shuffled == together.rows(order), "order or threads changed a bit")
      for index in [0, 1, 74, 149] {
        let alone = try embedder.embed([texts[index]], workers: Self.workers)
        try require(alone == together.rows([index]), "company changed text \(index)")
      }
    }
  }

  /// Fails when the method changes, and with it every number taken with it before.
  @Test func theFirstVersionStaysAsItIs() {
    let row = Self.rows("The quick brown fox, the lazy dog; 狐 und Füchse 🦊.").matrix.row(0)
    #expect(zip(row, Self.golden).allSatisfy { abs($0 - $1) < 1e-7 })
    #expect(LexicalEmbedder().fingerprint == "lexical-v1 dimension=512 window=none")
    #expect(LexicalEmbedder(windowTokens: 64).fingerprint == "lexical-v1 dimension=512 window=64")
  }

  static let golden: [Float] = [
    0.08511859, 0, 0, 0, 0.0729588, 0.0364794, 0, -0.0364794,
  ]

  @Test func rowsHaveUnitLengthOrNoneAtAll() {
    let embedded = Self.rows("one", "", " \n\t.,;!?", "a", "…—“”", "two two")
    #expect(embedded.emptyRows == [1, 2, 4])
    #expect(embedded.tokenCounts == [1, 0, 0, 1, 0, 2])
    for index in 0..<6 {
      let norm = Reductions.squaredNorm(embedded.matrix.row(index))
      #expect(abs(norm - (embedded.emptyRows.contains(index) ? 0 : 1)) < 1e-6)
    }
  }

  @Test func caseAndPunctuationDoNotCount() {
    let embedded = Self.rows("Hello, World!", "hello world", "ΟΔΥΣΣΕΎΣ Ёлка", "οδυσσεύς ёлка")
    #expect(embedded.matrix.row(0) == embedded.matrix.row(1))
    #expect(embedded.matrix.row(2).elementsEqual(embedded.matrix.row(3)))
  }

  @Test func repetitionCountsLessThanPresence() {
    let embedded = Self.rows("cat dog", "cat cat cat cat dog", "cat mouse")
    #expect(Self.cosine(embedded, 0, 1) > 0.85)
    #expect(Self.cosine(embedded, 0, 1) < 0.99)
    #expect(Self.cosine(embedded, 0, 2) < 0.75)
  }

  @Test func nearDuplicatesAreNear() {
    let embedded = Self.rows(
      "The capital of France is Paris, which lies on the Seine.",
      "The capital of France is Paris, and it lies on the Seine.",
      "Bake the potatoes for forty minutes, then add butter and salt.",
      "法国的首都是巴黎，位于塞纳河畔。", "巴黎是法国的首都，位于塞纳河。", "把土豆烤四十分钟，然后加黄油和盐。")
    #expect(Self.cosine(embedded, 0, 1) > 0.8)
    #expect(Self.cosine(embedded, 0, 2) < 0.3)
    #expect(Self.cosine(embedded, 3, 4) > 0.5)
    #expect(Self.cosine(embedded, 3, 5) < 0.3)
    #expect(abs(Self.cosine(embedded, 0, 3)) < 0.25)
  }

  @Test func aWindowReadsThatManyTokens() {
    let embedded = Self.rows("one two, three four", "one two", "one two three!", "一二三四", window: 3)
    #expect(embedded.readings.map(\.isTruncated) == [true, false, false, true])
    #expect(embedded.truncatedCount == 2)
    #expect(embedded.tokenCounts == [3, 2, 3, 3])
    #expect(embedded.matrix.row(0).elementsEqual(embedded.matrix.row(2)))
    let whole = Self.rows("一二三", "one two")
    #expect(embedded.matrix.row(3).elementsEqual(whole.matrix.row(0)))
    #expect(embedded.matrix.row(1).elementsEqual(whole.matrix.row(1)))
  }

  @Test func aLongTextOutgrowsTheTablesAndIsTheSame() throws {
    let long = (0..<60_000).map { "word\($0 &* 2_654_435_761 % 1_000_003)" }.joined(separator: " ")
    let giant = String(repeating: "abcdefghij", count: 30_000)
    let embedder = LexicalEmbedder()
    let one = Workers(threadCount: 1)
    let first = try embedder.embed([long, giant, "short", long], workers: one)
    #expect(first.tokenCounts == [60_000, 1, 1, 60_000])
    #expect(first.rows([2]) == Self.rows("short"))
    #expect(first.matrix.row(0).elementsEqual(first.matrix.row(3)))
  }

  @Test func progressEndsAtOne() async {
    await confirmation(expectedCount: 1...) { finished in
      _ = LexicalEmbedder().embed([String](repeating: "x", count: 100), workers: Self.workers) {
        precondition($0 > 0 && $0 <= 1)
        if $0 == 1 { finished() }
      }
    }
  }

  @Test func noTextsGiveNoRows() {
    let embedded = LexicalEmbedder().embed([], workers: Self.workers) { _ in }
    #expect(embedded.matrix.rowCount == 0 && embedded.matrix.columnCount == 512)
  }
}
