import AmbitMatrix
import AmbitMeasures
import AmbitTestSupport
import Testing

/// What counts of kinds say of the law they came from.
@Suite struct AbundanceTests {
  /// 105 draws of 13 kinds: four seen once, two twice.
  private let abundances = [40, 22, 13, 9, 5, 5, 3, 2, 2, 1, 1, 1, 1]
  private var counts: AbundanceCounts { AbundanceCounts(abundances) }

  /// The published formulas, written out in Python with exact binomials and digamma.
  @Test("entropies, coverage, richness and rarefaction are their formulas")
  func oracle() {
    #expect(agree(CountEntropy.chaoWangJost(abundances), 1.9682976102485576, relative: 1e-12))
    #expect(agree(CountEntropy.chaoShen(abundances), 1.9874876308984135, relative: 1e-12))
    #expect(agree(CountEntropy.chaoShen([3, 1, 1, 1, 1]), 2.324289116200883, relative: 1e-12))
    #expect(agree(Richness.chao1(counts), 16.961904761904762, relative: 1e-12))
    #expect(agree(SampleCoverageEstimate.goodTuring(counts), 101.0 / 105, relative: 1e-12))
    #expect(agree(SampleCoverageEstimate.chaoJost(counts), 0.9622675736961451, relative: 1e-12))
    let rarefaction = Rarefaction(counts)
    for (size, kinds, coverage) in [
      (1, 1.0, 0.21062271062271087), (10, 5.075489392308346, 0.7476086669924362),
      (50, 10.14658271321632, 0.9275697770157879), (104, 12.961904761904762, 0.9619047619047619),
      (105, 13, 0.9622675736961451), (150, 14.386260724704877, 0.9754700567885726),
      (210, 15.51136961756313, 0.9861853795776987),
    ] {
      #expect(agree(rarefaction.kinds(at: size), kinds, relative: 1e-11), "kinds at \(size)")
      #expect(agree(rarefaction.coverage(at: size), coverage, relative: 1e-11), "at \(size)")
      #expect(agree(rarefaction.kinds(atCoverage: coverage), kinds, relative: 1e-9), "\(size)")
    }
    #expect(rarefaction.kinds(at: 0) == 0)
    #expect(rarefaction.kinds(atCoverage: 0.9999) == rarefaction.kinds(at: 210))
  }

  @Test("what there is nothing to say of")
  func edges() {
    let none = AbundanceCounts([Int]())
    #expect(CountEntropy.chaoShen(none).isNaN && CountEntropy.plugIn(none).isNaN)
    #expect(Richness.chao1(none).isNaN && SampleCoverageEstimate.goodTuring(none).isNaN)
    #expect(SampleCoverageEstimate.chaoJost(AbundanceCounts([1])).isNaN)
    let one = AbundanceCounts([7])
    #expect(CountEntropy.chaoShen(one) == 0 && CountEntropy.chaoWangJost(one) == 0)
    #expect(Richness.chao1(one) == 1 && SampleCoverageEstimate.chaoJost(one) == 1)
    #expect(Rarefaction(one).kinds(at: 14) == 1 && Rarefaction(one).kinds(at: 3) == 1)
    // All different: nothing is known of the rest, and nothing is infinite.
    let all = AbundanceCounts([1, 1, 1, 1, 1])
    #expect(Richness.chao1(all) == 5 + 0.8 * 10)
    #expect(agree(SampleCoverageEstimate.chaoJost(all), 1 - 16.0 / 18, relative: 1e-12))
    #expect(CountEntropy.chaoShen(all).isFinite && CountEntropy.chaoWangJost(all).isFinite)
    #expect(AbundanceCounts([0, 2, 0]) == AbundanceCounts([2]))
  }

  /// Rarefaction is the mean over all subsamples: of five draws by hand, every triple.
  @Test("rarefied kinds and coverage are means over all subsamples")
  func everySubsample() {
    let kinds = [0, 0, 0, 1, 1, 2]
    let counts = AbundanceCounts([3, 2, 1])
    for size in 1...5 {
      var (distinct, sets) = (0.0, 0.0)
      for mask in 0..<64 where mask.nonzeroBitCount == size {
        distinct += Double(Set((0..<6).filter { mask >> $0 & 1 == 1 }.map { kinds[$0] }).count)
        sets += 1
      }
      #expect(agree(Rarefaction(counts).kinds(at: size), distinct / sets, relative: 1e-12))
    }
  }

  /// E1: uniform over a thousand kinds; E3: Zipf's law over a thousand.
  @Test(
    "E1, E2, E3: estimators against laws of a thousand kinds, 500 draws",
    arguments: [
      (law: "uniform", distinct: 393.6211, once: 303.4930, coverage: 0.393621),
      (law: "Zipf", distinct: 210.7990, once: Double.nan, coverage: 0.70689),
    ])
  func golden(_ expected: (law: String, distinct: Double, once: Double, coverage: Double)) {
    let shares = Self.law(expected.law)
    // The truth, in closed form.
    let distinct = shares.reduce(0) { $0 + 1 - Elementary.pow(1 - $1, 500) }
    let coverage = shares.reduce(0) { $0 + $1 * (1 - Elementary.pow(1 - $1, 500)) }
    #expect(agree(distinct, expected.distinct, relative: 1e-6))
    #expect(agree(coverage, expected.coverage, relative: 1e-5))
    var columns: [String: [Double]] = [:]
    for seed in 1...300 {
      var random = SplitMix64(seed: UInt64(seed))
      let sample = AbundanceCounts(Self.draws(1000, from: shares, random: &random))
      let small = AbundanceCounts(Self.draws(500, from: shares, random: &random))
      columns["rarefied", default: []].append(Rarefaction(sample).kinds(at: 500))
      columns["rarefied coverage", default: []].append(Rarefaction(sample).coverage(at: 500))
      columns["kinds", default: []].append(Double(small.kinds))
      columns["once", default: []].append(Double(small.once))
      columns["Good", default: []].append(SampleCoverageEstimate.goodTuring(small))
      columns["Chao", default: []].append(SampleCoverageEstimate.chaoJost(small))
      columns["cwj", default: []].append(CountEntropy.chaoWangJost(small))
      columns["shen", default: []].append(CountEntropy.chaoShen(small))
      columns["plain", default: []].append(CountEntropy.plugIn(small))
      columns["chao1", default: []].append(Richness.chao1(small))
    }
    func agrees(_ column: String, _ truth: Double, slack: Double = 0) -> Bool {
      let moments = SampleMoments(columns[column]!)
      return abs(moments.mean - truth) < 4 * moments.varianceOfMean.squareRoot() + slack
    }
    #expect(agrees("kinds", distinct) && agrees("rarefied", distinct))
    #expect(agrees("rarefied coverage", coverage))
    #expect(agrees("Chao", coverage, slack: 0.002))
    // Good and Turing's coverage is that of one draw less.
    #expect(agrees("Good", coverage, slack: 0.002))
    if expected.law == "uniform" {
      let once = 500 * Elementary.pow(0.999, 499)
      #expect(agree(once, expected.once, relative: 1e-6) && agrees("once", once))
      #expect(agrees("cwj", 6.913, slack: 0.02) && agrees("shen", 6.964, slack: 0.02))
      #expect(agrees("chao1", 1009, slack: 25) && agrees("plain", 5.903, slack: 0.01))
    } else {
      let entropy = shares.reduce(0) { $0 - $1 * Elementary.log($1) }
      #expect(abs(entropy - 5.19101) < 1e-5)
      #expect(agrees("cwj", 5.085, slack: 0.01) && agrees("shen", 5.001, slack: 0.01))
      #expect(agrees("plain", 4.550, slack: 0.01))
    }
  }

  /// SciPy's `fisher_exact`.
  @Test("Fisher's exact test gives SciPy's p values")
  func fisher() {
    for (inFirst, first, inSecond, second, p) in [
      (8, 10, 1, 6, 0.034965034965034975), (0, 10, 12, 22, 0.004390980688315891),
      (3, 53, 0, 47, 0.24515151515151518), (20, 50, 0, 40, 1.0559120738449895e-06),
      (5, 805, 19, 819, 0.006276357442723442), (0, 9, 0, 4, 1), (4, 4, 3, 3, 1),
    ] {
      let value = FisherExactTest.pValue(
        inFirst: inFirst, of: first, inSecond: inSecond, of: second)
      #expect(agree(value, p, relative: 1e-9), "\(inFirst) of \(first)")
    }
  }

  private static func law(_ name: String) -> [Double] {
    let weights = (1...1000).map { name == "uniform" ? 1 : 1 / Double($0) }
    let sum = weights.reduce(0, +)
    return weights.map { $0 / sum }
  }

  private static func draws(
    _ count: Int, from shares: [Double], random: inout SplitMix64
  ) -> [Int] {
    var ends: [Double] = []
    for share in shares { ends.append((ends.last ?? 0) + share) }
    var abundances = [Int](repeating: 0, count: shares.count)
    for _ in 0..<count {
      let point = random.uniform()
      var (low, high) = (0, ends.count - 1)
      while low < high {
        let middle = (low + high) / 2
        if ends[middle] > point { high = middle } else { low = middle + 1 }
      }
      abundances[low] += 1
    }
    return abundances
  }
}
