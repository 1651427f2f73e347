import AmbitMatrix
import AmbitMeasures
import AmbitTestSupport
import Testing

/// Dispersion by its definitions, written out naively in double precision.
@Suite struct DispersionTests {
  private func totalVariance(_ rows: [[Double]]) -> Double {
    let count = Double(rows.count)
    var total = 0.0
    for column in rows[0].indices {
      let mean = rows.reduce(0) { $0 + $1[column] } / count
      total += rows.reduce(0) { $0 + ($1[column] - mean) * ($1[column] - mean) }
    }
    return total / (count - 1)
  }

  private func rows(_ matrix: Matrix) -> [[Double]] {
    (0..<matrix.rowCount).map { matrix.row($0).map { Double($0) } }
  }

  private func value(
    _ result: MeasureSuite.Result, _ metric: String, _ scope: Scope, _ variant: String = ""
  ) throws -> Double {
    let row = try #require(
      result.measurements.first {
        $0.checkpoint == "base" && $0.metric == metric && $0.scope == scope
          && $0.variant == variant && $0.space == "embedding"
      })
    return try #require(row.value)
  }

  @Test func goldenCovariancesAreTheTables() {
    for (points, trace, ellipse) in [
      (GoldenPoints.a, 0.5126808576, -1.361985093), (GoldenPoints.b, 0.1222684972, -2.797064185),
    ] {
      let shape = PlaneShape(capacity: points.count)
      shape.load(points)
      let (xx, xy, yy) = shape.covariance
      #expect(agree(xx + yy, trace, relative: 1e-8))
      #expect(agree(0.5 * Elementary.log(xx * yy - xy * xy), ellipse, relative: 1e-8))
    }
  }

  @Test func everyDispersionIsItsDefinition() throws {
    var study = SimulatedStudy()
    study.prompts = 9
    study.samples = 4
    let data = rows(study.rows[0])
    let groups = (0..<9).map { Array(data[$0 * 4..<$0 * 4 + 4]) }
    let result = study.run()
    let within = groups.map(totalVariance).reduce(0, +) / 9
    #expect(agree(try value(result, "dispersion", .within), within, relative: 1e-9))
    #expect(agree(try value(result, "dispersion", .pooled), totalVariance(data), relative: 1e-6))
    let means = groups.map { group in
      group[0].indices.map { column in group.reduce(0) { $0 + $1[column] } / 4 }
    }
    let between = totalVariance(means) - within / 4
    #expect(
      agree(try value(result, "dispersion", .across, "between"), between, relative: 1e-6))
    #expect(agree(try value(result, "icc", .pooled), between / (between + within), relative: 1e-6))
    // The mean over all 4⁹ draws is too long; over many random ones it settles near the closed form.
    var random = SplitMix64(seed: 6)
    var sum = 0.0
    for _ in 0..<4000 { sum += totalVariance(groups.map { $0[random.index(below: 4)] }) }
    #expect(agree(try value(result, "dispersion", .across), sum / 4000, relative: 0.01))
  }

  @Test func acrossIsTheExactMeanOverAllDraws() throws {
    var study = SimulatedStudy()
    study.prompts = 4
    study.samples = 3
    study.width = 2
    let data = rows(study.rows[0])
    var sum = 0.0
    for draw in 0..<81 {
      let picked = [draw % 3, draw / 3 % 3, draw / 9 % 3, draw / 27]
      sum += totalVariance(picked.enumerated().map { data[$0.offset * 3 + $0.element] })
    }
    #expect(agree(try value(study.run(), "dispersion", .across), sum / 81, relative: 1e-6))
  }

  /// Σ‖x − x̄‖² = Σ_p Σ_r ‖x − x̄_p‖² + r Σ_p ‖x̄_p − x̄‖², in terms of what the measures report.
  @Test func totalIsWithinPlusBetween() {
    forEachSeed(20) { random in
      let prompts = 2 + random.index(below: 20)
      let samples = 2 + random.index(below: 8)
      var moments = PromptMoments()
      var values: [[Double]] = []
      for _ in 0..<prompts {
        let mean = [random.normal(), random.normal()]
        let group = (0..<samples).map { _ in mean.map { $0 + random.normal() } }
        values += group
        let middle = (0..<2).map { column in
          group.reduce(0) { $0 + $1[column] } / Double(samples)
        }
        let trace = totalVariance(group)
        moments.prompts += 1
        moments.meanNorms += middle[0] * middle[0] + middle[1] * middle[1]
        moments.traces += trace
        moments.scaledTraces += trace / Double(samples)
        moments.rows += Double(samples)
        moments.squares += group.reduce(0) { $0 + $1[0] * $1[0] + $1[1] * $1[1] }
      }
      let sums = (0..<2).map { column in values.reduce(0) { $0 + $1[column] } }
      moments.normOfSums = sums[0] * sums[0] + sums[1] * sums[1]
      moments.normOfMeans = moments.normOfSums / Double(samples * samples)
      let total = moments.pooled * (moments.rows - 1)
      let within = moments.within * Double(prompts * (samples - 1))
      let between = Double(samples) * moments.betweenMeans * Double(prompts - 1)
      try require(agree(total, within + between, relative: 1e-10), "\(total) ≠ parts")
      try require(
        agree(total, totalVariance(values) * (moments.rows - 1), relative: 1e-10), "total")
    }
  }

  @Test func theSplitRecoversTheSimulatedTruth() throws {
    // width 8: σ²_W = 8 · 0.25, σ²_B = 8 · 4, so ICC = 16/17.
    var between = 0.0
    var within = 0.0
    var correlation = 0.0
    let studies = 40
    for seed in 0..<studies {
      var study = SimulatedStudy()
      study.scales = [0.5]
      study.betweenScale = 2
      study.prompts = 40
      study.seed = UInt64(seed + 1)
      let result = study.run()
      between += try value(result, "dispersion", .across, "between") / Double(studies)
      within += try value(result, "dispersion", .within) / Double(studies)
      correlation += try value(result, "icc", .pooled) / Double(studies)
    }
    // Standard errors: 32 √(2 / (8 · 40 · 40)) = 0.4, 2 √(2 / (8 · 200 · 40)) = 0.011.
    #expect(abs(between - 32) < 1.6)
    #expect(abs(within - 2) < 0.045)
    #expect(abs(correlation - 16.0 / 17) < 0.004)
  }

  @Test func unequalSampleNumbersAreWeightedRight() throws {
    var random = SplitMix64(seed: 9)
    let sizes = [2, 5, 3, 4, 6, 2, 7]
    let offsets = sizes.reduce(into: [0]) { $0.append($0.last! + $1) }
    let count = offsets.last!
    let matrices = (0..<2).map { _ in
      Matrix(
        rowCount: count, columnCount: 3, values: (0..<3 * count).map { _ in Float(random.normal()) }
      )
    }
    let design = Design(
      checkpoints: ["base", "tuned"], baseline: 0, promptIDs: sizes.indices.map { "\($0)" },
      promptOffsets: offsets)
    let result = MeasureSuite.standard.run(
      design: design, spaces: [MeasuredSpace(id: "embedding", coordinates: matrices)],
      settings: InferenceSettings(resamples: 100, permutations: 127),
      workers: Workers(threadCount: 1))
    let data = rows(matrices[0])
    #expect(agree(try value(result, "dispersion", .pooled), totalVariance(data), relative: 1e-6))
    let groups = sizes.indices.map { Array(data[offsets[$0]..<offsets[$0 + 1]]) }
    let within = groups.map(totalVariance).reduce(0, +) / Double(sizes.count)
    #expect(agree(try value(result, "dispersion", .within), within, relative: 1e-9))
    let tuned = try #require(
      result.measurements.first { $0.checkpoint == "tuned" && $0.scope == .pooled })
    #expect(tuned.p != nil && tuned.interval != nil && tuned.nullBand != nil)
  }
}
