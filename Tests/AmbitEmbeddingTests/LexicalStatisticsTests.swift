import AmbitEmbedding
import AmbitMatrix
import AmbitTestSupport
import Testing

/// What the random projection promises on average.
@Suite struct LexicalStatisticsTests {
  /// Texts of random Hangul: so many syllables that two texts share hardly a gram.
  static func unrelated(_ count: Int, words: Int, _ random: inout SplitMix64) -> EmbeddedTexts {
    let texts = (0..<count).map { _ in
      (0..<words).map { _ in word(&random) }.joined(separator: " ")
    }
    return LexicalEmbedder().embed(texts, workers: Workers(threadCount: 2)) { _ in }
  }

  static func word(_ random: inout SplitMix64) -> String {
    var scalars = String.UnicodeScalarView()
    for _ in 0..<6 {
      scalars.append(Unicode.Scalar(0xac00 + UInt32(random.index(below: 11172))) ?? "가")
    }
    return String(scalars)
  }

  /// Cosines of unrelated texts are those of random unit vectors: mean 0, variance 1/512.
  @Test func unrelatedTextsAreAtRightAngles() {
    var random = SplitMix64(seed: 31)
    let embedded = Self.unrelated(120, words: 40, &random)
    var cosines: [Double] = []
    for i in 0..<120 {
      for j in 0..<i {
        cosines.append(Reductions.dot(embedded.matrix.row(i), embedded.matrix.row(j)))
      }
    }
    let count = Double(cosines.count)
    let mean = cosines.reduce(0, +) / count
    let variance = cosines.reduce(0) { $0 + $1 * $1 } / count
    #expect(abs(mean) < 4 * (1 / (512 * count)).squareRoot())
    #expect(agree(variance, 1.0 / 512, relative: 0.12))
  }

  /// Over many texts every column carries the same energy and no sign is preferred.
  @Test func columnsAreUsedEvenly() {
    var random = SplitMix64(seed: 32)
    let count = 2000
    let embedded = Self.unrelated(count, words: 20, &random)
    var energy = [Double](repeating: 0, count: 512)
    var sum = [Double](repeating: 0, count: 512)
    for row in 0..<count {
      for (column, value) in embedded.matrix.row(row).enumerated() {
        energy[column] += Double(value) * Double(value)
        sum[column] += Double(value)
      }
    }
    let expected = Double(count) / 512
    #expect(energy.allSatisfy { agree($0, expected, relative: 0.25) })
    let meanSquare = sum.reduce(0) { $0 + $1 * $1 } / 512
    #expect(agree(meanSquare, expected, relative: 0.35))
  }

  /// Grams see what words do not: an inflected or misspelt word is nearer than another word.
  @Test func spellingCounts() {
    let texts = ["generalisation", "generalisations", "generalization", "photosynthesis"]
    let embedded = LexicalEmbedder().embed(texts, workers: Workers(threadCount: 1)) { _ in }
    func cosine(_ other: Int) -> Double {
      Reductions.dot(embedded.matrix.row(0), embedded.matrix.row(other))
    }
    #expect(cosine(1) > 0.35)
    #expect(cosine(2) > 0.25)
    #expect(abs(cosine(3)) < 0.15)
  }

  /// The more words two texts share, the nearer they are, in proportion.
  @Test func cosinesFollowTheSharedPart() {
    forEachSeed(8) { random in
      func words(_ count: Int) -> [String] {
        (0..<count).map { _ in Self.word(&random) }
      }
      let shared = words(200)
      let shares = [0.25, 0.5, 0.75]
      let texts = shares.map { (share: Double) -> String in
        let kept = Int(200 * share)
        return (Array(shared.prefix(kept)) + words(200 - kept)).joined(separator: " ")
      }
      let embedded = LexicalEmbedder().embed(
        texts + [shared.joined(separator: " ")], workers: Workers(threadCount: 1)
      ) { _ in }
      for (row, share) in shares.enumerated() {
        let cosine = Reductions.dot(embedded.matrix.row(row), embedded.matrix.row(3))
        try require(abs(cosine - share) < 0.25, "cosine \(cosine) at a shared part of \(share)")
      }
    }
  }

  @Test func controlsAndBytesOfEveryKindAreText() {
    forEachSeed(300) { random in
      let bytes = (0..<random.index(below: 60)).map { _ in UInt8(random.index(below: 256)) }
      let text = String(decoding: bytes, as: UTF8.self)
      let embedded = LexicalEmbedder().embed([text], workers: Workers(threadCount: 1)) { _ in }
      let norm = Reductions.squaredNorm(embedded.matrix.row(0))
      let expected = embedded.readings[0].tokenCount == 0 ? 0.0 : 1.0
      try require(abs(norm - expected) < 1e-5, "length \(norm)")
    }
  }
}
