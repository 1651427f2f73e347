import AmbitMatrix
import AmbitMeasures
import AmbitTestSupport
import Testing

/// The tables of the science note, L1 to L4 and E2, and values from reference packages.
@Suite struct GoldenLexicalTests {
  let cats = ["the cat sat on the mat", "the cat sat on a mat"]

  @Test("L1: Self-BLEU of identical outputs is 1, of disjoint ones 0")
  func selfBLEUExtremes() {
    let same = LexicalFixture.values(["a b c d e", "a b c d e", "a b c d e"])
    #expect(abs(same["self_bleu/4"]! - 1) < 1e-15)
    #expect(LexicalFixture.values(["a b c d e", "f g h i j"])["self_bleu/4"] == 0)
  }

  @Test("L2: Self-BLEU of the two cats, without any smoothing")
  func selfBLEUOfCats() {
    #expect(abs(LexicalFixture.values(cats)["self_bleu/4"]! - 0.5372849659) < 1e-10)
  }

  @Test("L3: Distinct-1 of three copies of three words is a third")
  func distinctOfCopies() {
    let values = LexicalFixture.values(["a b c", "a b c", "a b c"])
    #expect(values["distinct/1"] == 1.0 / 3)
    #expect(values["distinct/2"] == 1.0 / 3)
    #expect(values["distinct/4"] == nil)
  }

  @Test("L4: EAD of 6 different among 12 words, with ten in the study")
  func expectationAdjusted() throws {
    let base = ["a b c d e f a b c d e f"]
    let rows = LexicalFixture.run([base, ["g h i j"]]).measurements
    let row = try #require(rows.first { $0.metric == "ead" && $0.variant.isEmpty })
    #expect(abs(row.value! - 0.8361548175) < 1e-10)
  }

  /// NLTK 3.9's sentence_bleu, smoothing method1, each against all others; fast-bleu gives the same.
  @Test("Self-BLEU of short and unequal outputs is NLTK's, smoothing and brevity included")
  func selfBLEUOracle() {
    let cases: [([String], [Double])] = [
      (["a b c d e", "a f g h i"], [0.05372849659117709, 0.05372849659117709]),
      (["a b", "a b"], [0.316227766016838, 0.316227766016838]),
      (["a b", "c d"], [0, 0]),
      (
        ["a b", "a b c d e", "a b d"],
        [0.19180183554164504, 0.12574334296829354, 0.26591479484724945]
      ),
    ]
    for (outputs, scores) in cases {
      let mean = scores.reduce(0, +) / Double(scores.count)
      #expect(abs(LexicalFixture.values(outputs)["self_bleu/4"]! - mean) < 1e-14, "\(outputs)")
    }
  }

  @Test("E2: the entropy of 500 draws from a thousand equal kinds is 6.913 on average")
  func entropyOfUniform() {
    var sum = 0.0
    for seed in 1...300 {
      var random = SplitMix64(seed: UInt64(seed))
      var counts = [Int](repeating: 0, count: 1000)
      for _ in 0..<500 { counts[random.index(below: 1000)] += 1 }
      sum += CountEntropy.chaoWangJost(counts)
    }
    #expect(abs(sum / 300 - 6.913) < 0.02)
  }

  @Test("the entropy's closed tail is the published sum", arguments: [7, 40, 500, 3000])
  func entropyTail(size: Int) throws {
    var random = SplitMix64(seed: UInt64(size))
    var counts = [Int](repeating: 0, count: size)
    for _ in 0..<size { counts[random.index(below: size)] += 1 }
    let n = Double(size)
    let once = Double(counts.count { $0 == 1 })
    let twice = Double(counts.count { $0 == 2 })
    var expected = 0.0
    for count in counts where count > 0 && count < size {
      var harmonic = 0.0
      for k in count..<size { harmonic += 1 / Double(k) }
      expected += Double(count) / n * harmonic
    }
    let a = 2 * twice / ((n - 1) * once + 2 * twice)
    var series = -Elementary.log(a)
    for r in 1..<size { series -= Elementary.pow(1 - a, Double(r)) / Double(r) }
    expected += once / n * Elementary.pow(1 - a, 1 - n) * series
    #expect(agree(CountEntropy.chaoWangJost(counts), expected, relative: 1e-8))
    #expect(CountEntropy.chaoWangJost(counts) > CountEntropy.plugIn(counts))
  }

  @Test("entropy where the correction has nothing to go by")
  func entropyEdges() {
    #expect(CountEntropy.chaoWangJost([]).isNaN)
    #expect(CountEntropy.chaoWangJost([1]) == 0)
    #expect(CountEntropy.chaoWangJost([9]) == 0)
    #expect(CountEntropy.chaoWangJost([1, 1, 1]).isFinite)
  }
}
