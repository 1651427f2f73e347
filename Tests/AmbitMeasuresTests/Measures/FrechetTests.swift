import AmbitMatrix
import AmbitMeasures
import AmbitTestSupport
import Testing

@Suite struct FrechetTests {
  private func fit(_ points: [SIMD2<Double>]) -> GaussianFit {
    GaussianFit(
      Matrix(
        rowCount: points.count, columnCount: 2,
        values: points.flatMap { [Float($0.x), Float($0.y)] }), chosen: Array(points.indices))
  }

  private func distance(_ first: GaussianFit, _ second: GaussianFit) -> Double {
    first.squaredMeanDistance(to: second) + first.covarianceDistance(to: second)
  }

  @Test func goldenSetsAndClosedForm() {
    #expect(agree(distance(fit(GoldenPoints.a), fit(GoldenPoints.b)), 0.1696983782, relative: 1e-6))
    let first = GaussianFit(mean: [0, 0], covariance: [2, 0.6, 0.6, 1])
    let second = GaussianFit(mean: [1, -0.5], covariance: [1, 0.2, 0.2, 0.5])
    #expect(agree(distance(first, second), 1.518156874, relative: 1e-9))
    #expect(agree(distance(second, first), 1.518156874, relative: 1e-9))
    #expect(distance(first, first) < 1e-12)
  }

  /// Diagonal covariances: the sum of squared differences of standard deviations.
  @Test func scaledAxes() {
    let first = GaussianFit(mean: [0, 0, 0], covariance: [4, 0, 0, 0, 1, 0, 0, 0, 0])
    let second = GaussianFit(mean: [0, 0, 2], covariance: [1, 0, 0, 0, 9, 0, 0, 0, 4])
    #expect(agree(first.covarianceDistance(to: second), 1 + 4 + 4, relative: 1e-12))
    #expect(first.squaredMeanDistance(to: second) == 4)
  }

  @Test func aStudyHasBothTerms() throws {
    var study = SimulatedStudy()
    study.scales = [1, 0.5]
    study.prompts = 30
    let rows = study.run(InferenceSettings(resamples: 300, permutations: 1999)).measurements
      .filter { $0.metric == "frechet" }
    #expect(rows.map(\.variant) == ["mean", "covariance"])
    for row in rows {
      #expect(row.effect == nil && row.flags == [.fewerPermutations(999)])
      #expect(try #require(row.interval).contains(try #require(row.value)))
    }
    #expect(try #require(rows[1].p) <= 0.01)
    #expect(try #require(rows[0].p) > 0.01, "the means are the same")
  }
}
