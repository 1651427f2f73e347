import AmbitMatrix
import AmbitMeasures
import AmbitTestSupport
import Testing

@Suite struct TrendTests {
  private let workers = Workers(threadCount: 2)

  /// SciPy 1.17 `page_trend_test`: L 107; asymptotic p 0.002979763 = P(Z > 2.75), exact 0.003091778,
  /// both one-sided.
  private let untied = [
    [3.1, 4, 3], [2, 2.2, 4], [3, 3.5, 5], [1, 3, 2], [2, 3.1, 2.9], [2, 4, 5], [1, 2, 4],
    [3, 4, 4.5],
  ]

  @Test func statisticIsThatOfSciPy() {
    let tied: [[Double]] = [
      [3, 4, 3], [2, 2, 4], [3, 3, 5], [1, 3, 2], [2, 3, 2], [2, 4, 5], [1, 2, 4], [3, 4, 4],
      [2, 4, 5], [1, 3, 4],
    ]
    let trend = PageTrend(tied, permutations: 99, seed: 0, workers: workers)
    #expect(trend.statistic == 133.5)
  }

  @Test func aFallIsARiseWithTheOtherSign() throws {
    let rise = PageTrend(untied, permutations: 9999, seed: 0, workers: workers)
    #expect(rise.statistic == 107)
    #expect(abs(rise.z - 2.75) < 1e-9)
    let fall = PageTrend(
      untied.map { $0.reversed() }, permutations: 9999, seed: 0, workers: workers)
    #expect(abs(rise.z + fall.z) < 1e-12)
    let p = try #require(rise.p)
    #expect(abs(p - 2 * 0.003091778) < 0.003)
    #expect(abs(p - (try #require(fall.p))) < 0.005)
  }

  @Test func fewBlocksOrTwoStagesGiveNoP() {
    let few = PageTrend(Array(untied.prefix(5)), permutations: 99, seed: 0, workers: workers)
    #expect(few.p == nil)
    let two = PageTrend(
      untied.map { Array($0.prefix(2)) }, permutations: 99, seed: 0, workers: workers)
    #expect(two.p == nil)
  }

  @Test func blocksTiedThroughoutHaveNoTrend() throws {
    let trend = PageTrend(
      Array(repeating: [1, 1, 1], count: 8), permutations: 99, seed: 0, workers: workers)
    #expect(trend.z == 0)
    #expect(try #require(trend.p) == 1)
  }

  @Test func rejectsAtItsLevelUnderTheNull() {
    var rejected = 0
    for seed in 0..<400 {
      var random = SplitMix64(seed: UInt64(seed), stream: 5)
      let values = (0..<12).map { _ in (0..<4).map { _ in random.normal() } }
      let trend = PageTrend(values, permutations: 199, seed: UInt64(seed), workers: workers)
      if let p = trend.p, p <= 0.05 { rejected += 1 }
    }
    // 4 standard errors of a binomial with 5 % about 20.
    #expect((3...37).contains(rejected), "\(rejected) of 400")
  }
}

@Suite struct EquivalenceTests {
  private let effects = [0.05, -0.02, 0.03, 0.08, -0.04, 0.01, 0.02, 0.06]

  @Test func isTheLargerOfTwoOneSidedTests() throws {
    // SciPy 1.17, ttest_1samp against ± log 1.1.
    let margin = Elementary.log(1.1)
    #expect(
      agree(
        try #require(EquivalenceTest.pValue(effects, margin: margin)), 0.0007667432885882391,
        relative: 1e-9))
    #expect(
      agree(
        try #require(EquivalenceTest.pValue(effects.map { $0 + 0.2 }, margin: margin)),
        0.9999787788760857, relative: 1e-9))
  }

  @Test func signDoesNotMatter() throws {
    let flipped = effects.map { -$0 }
    #expect(
      try #require(EquivalenceTest.pValue(effects, margin: 0.1))
        == (try #require(EquivalenceTest.pValue(flipped, margin: 0.1))))
  }

  @Test func equalEffectsAreCertainEitherWay() {
    #expect(EquivalenceTest.pValue(Array(repeating: 0, count: 8), margin: 0.1) == 0)
    #expect(EquivalenceTest.pValue(Array(repeating: 0.2, count: 8), margin: 0.1) == 1)
    #expect(EquivalenceTest.pValue([0, 0, 0], margin: 0.1) == nil)
  }
}
