import AmbitMatrix
import AmbitMeasures
import AmbitTestSupport
import Testing

@Suite struct IntervalTests {
  @Test func quantilesAreThoseOfTheTables() {
    #expect(abs(NormalDistribution.quantile(0.975) - 1.959963984540054) < 1e-12)
    #expect(abs(NormalDistribution.quantile(1e-6) + 4.753424308822899) < 1e-9)
    #expect(NormalDistribution.quantile(0.5) == 0)
    // SciPy: t.ppf(0.975, df).
    for (degrees, expected) in [
      (1.0, 12.706204736432095), (2, 4.302652729911275), (5, 2.570581835636314),
      (29, 2.045229642132703), (250, 1.9694983934211532),
    ] {
      let t = StudentT.quantile(central: 0.95, degrees: degrees)
      #expect(agree(t, expected, relative: 1e-9), "t(\(degrees)) = \(t)")
    }
    #expect(Quantile.ofSorted([1, 2, 3, 4], 0.5) == 2.5)
    #expect(Quantile.ofSorted([0, 10], 0.25) == 2.5)
    #expect(Quantile.median([]) == nil)
  }

  @Test func studentsIntervalIsTheTextbooks() throws {
    let interval = try #require(Interval.studentT([1, 2, 3, 4, 5]))
    #expect(agree(interval.low, 3 - 2.7764451051977987 * 0.5.squareRoot(), relative: 1e-9))
    #expect(agree(interval.high, 3 + 2.7764451051977987 * 0.5.squareRoot(), relative: 1e-9))
    #expect(Interval.studentT([1, 2]) == nil)
    #expect(Interval.studentT([2, 2, 2]) == Interval(low: 2, high: 2))
  }

  @Test func theJackknifeVarianceOfAMeanIsItsVariance() throws {
    var random = SplitMix64(seed: 3)
    let values = (0..<25).map { _ in random.normal() }
    let sum = values.reduce(0, +)
    let leftOut = values.map { (sum - $0) / 24 }
    let mean = sum / 25
    let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 24 / 25
    #expect(agree(try #require(Jackknife.variance(leftOut)), variance, relative: 1e-10))
    #expect(Jackknife.variance([1, .nan]) == nil)
  }

  @Test func biasCorrectionFollowsEfronsFormula() throws {
    // Symmetric replicates about the estimate and no skew: BCa is the percentile interval.
    let replicates = (0...1000).map { Double($0) / 1000 }
    let plain = try #require(Interval.percentile(replicates))
    let corrected = try #require(
      Interval.biasCorrected(replicates, estimate: 0.5, leaveOneOut: [-1, 0, 1]))
    #expect(abs(plain.low - corrected.low) < 1e-9 && abs(plain.high - corrected.high) < 1e-9)
    // Estimate at the 60 % quantile: z₀ = Φ⁻¹(0.6), ends at Φ(2 z₀ ± 1.96).
    let shifted = try #require(
      Interval.biasCorrected(replicates, estimate: 0.5995, leaveOneOut: [-1, 0, 1]))
    let bias = NormalDistribution.quantile(600.0 / 1001)
    #expect(abs(shifted.low - NormalDistribution.cumulative(2 * bias - 1.959964)) < 1e-4)
    #expect(abs(shifted.high - NormalDistribution.cumulative(2 * bias + 1.959964)) < 1e-4)
    let constant = [Double](repeating: 2, count: 50)
    #expect(
      Interval.biasCorrected(constant, estimate: 2, leaveOneOut: [2, 2])
        == Interval(low: 2, high: 2))
    #expect(Interval.percentile([Double](repeating: .nan, count: 50)) == nil)
  }

  /// Loose: 300 studies put the standard error of a coverage of 0.95 at 0.013.
  @Test func intervalsOfAMeanCoverIt() {
    var student = 0
    var corrected = 0
    for study in 0..<300 {
      var random = SplitMix64(seed: 71, stream: UInt64(study))
      // Skewed, as log ratios of variances are.
      let values = (0..<60).map { _ in -Elementary.log(1 - random.uniform()) }
      let sum = values.reduce(0, +)
      if Interval.studentT(values)?.contains(1) == true { student += 1 }
      let bootstrap = Bootstrap.means(
        of: values, replicates: 400, seed: UInt64(study), workers: Workers(threadCount: 1))
      let interval = Interval.biasCorrected(
        bootstrap, estimate: sum / 60, leaveOneOut: values.map { (sum - $0) / 59 })
      if interval?.contains(1) == true { corrected += 1 }
    }
    #expect((267...298).contains(student), "Student covered \(student) of 300")
    #expect((264...298).contains(corrected), "BCa covered \(corrected) of 300")
  }
}
