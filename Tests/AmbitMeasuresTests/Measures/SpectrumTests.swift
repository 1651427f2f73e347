import AmbitMatrix
import AmbitMeasures
import AmbitTestSupport
import Testing

/// `vendi` pooled, `effective_rank` and `participation_ratio`.
@Suite struct SpectrumTests {
  private let workers = Workers(threadCount: 2)

  private func matrix(_ rows: [[Double]]) -> Matrix {
    Matrix(
      rowCount: rows.count, columnCount: rows[0].count,
      values: rows.flatMap { $0.map { Float($0) } })
  }

  private func spectrum(_ rows: [[Double]]) -> [Double] {
    CovarianceSpectrum.values(of: matrix(rows), workers: workers)
  }

  @Test func goldenSets() {
    for (rows, rank, ratio, trace) in [
      (GoldenPoints.a.map { [$0.x, $0.y] }, 1.998528913, 1.997061788, 0.5126808576),
      (GoldenPoints.b.map { [$0.x, $0.y] }, 1.995250902, 1.990542978, 0.1222684972),
      (GoldenPoints.u, 7.648505177, 7.292728699, 0.9976975361),
    ] {
      let values = spectrum(rows)
      #expect(agree(values.reduce(0, +), trace, relative: 1e-6))
      #expect(agree(EffectiveRank().values(of: values, count: 0)[0], rank, relative: 1e-6))
      #expect(agree(ParticipationRatio.plugIn(values), ratio, relative: 1e-6))
    }
  }

  @Test func fewRowsHaveTheSpectrumOfManyColumns() {
    var random = SplitMix64(seed: 7)
    let rows = (0..<9).map { _ in (0..<7).map { _ in random.normal() } }
    let narrow = spectrum(rows)
    let wide = spectrum(rows.map { $0 + [Double](repeating: 4, count: 20) })
    for (value, other) in zip(narrow, wide) { #expect(abs(value - other) < 1e-5) }
    #expect(wide.dropFirst(7).allSatisfy { $0 < 1e-5 })
  }

  /// 200 sets of 40 Gaussian rows: both parts of the corrected ratio are unbiased, so their ratio of
  /// means is the truth, far above the plug-in.
  @Test func theParticipationRatioIsCorrected() throws {
    let scales = (0..<24).map { 1 / (1 + Double($0) / 6) }
    let variances = scales.map { $0 * $0 }
    let sum = variances.reduce(0, +)
    let truth = sum * sum / variances.reduce(0) { $0 + $1 * $1 }
    let found = Workers(threadCount: 2).map(200) { run in
      var random = SplitMix64(seed: 77, stream: UInt64(run))
      let values = spectrum((0..<40).map { _ in scales.map { $0 * random.normal() } })
      return (
        ParticipationRatio().values(of: values, count: 40)[0], ParticipationRatio.plugIn(values)
      )
    }
    let corrected = SampleMoments(found.map(\.0))
    #expect(abs(corrected.mean / truth - 1) < 0.03, "\(corrected.mean) for \(truth)")
    #expect(SampleMoments(found.map(\.1)).mean / truth < 0.9)
  }

  /// Isotropic in 384 dimensions with 1000 rows: 277 by the plug-in.
  @Test func theParticipationRatioOfAWideCloud() {
    var random = SplitMix64(seed: 2)
    let values = spectrum((0..<1000).map { _ in (0..<384).map { _ in random.normal() } })
    #expect(abs(ParticipationRatio.plugIn(values) - 277) < 4)
    #expect(abs(ParticipationRatio().values(of: values, count: 1000)[0] - 384) < 6)
  }

  @Test func pooledVendiOfSetU() throws {
    let design = Design(
      checkpoints: ["u"], baseline: 0, promptIDs: (0..<10).map { "\($0)" },
      promptOffsets: Array(stride(from: 0, through: 100, by: 10)))
    let found = MeasureSuite(
      measures: MeasureSuite.standard.measures.filter { $0 is any SpectrumMeasure }
    ).run(
      design: design,
      spaces: [MeasuredSpace(id: "embedding", coordinates: [matrix(GoldenPoints.u)])],
      settings: InferenceSettings(resamples: 100, permutations: 99), workers: workers
    ).measurements
    #expect(found.map(\.variant) == ["q1", "q2", "qinf", "", ""])
    for (row, expected) in zip(found, [7.666685098, 7.329121997, 4.802439894, 7.648505177]) {
      #expect(agree(try #require(row.value), expected, relative: 1e-6), "\(row.metric)")
      let interval = try #require(row.interval)
      #expect(interval.low < interval.high && interval.high > expected)
    }
  }

  @Test func aSpectrumHasNoPAndSaysWhy() {
    var study = SimulatedStudy()
    study.scales = [1, 0.5]
    for row in study.run().measurements
    where ["effective_rank", "participation_ratio"].contains(row.metric) && !row.reference.isEmpty {
      #expect(row.p == nil && row.flags == [.notPermuted])
      #expect(row.effect != nil && row.interval != nil && row.nullBand != nil)
    }
  }
}
