import AmbitMatrix
import AmbitMeasures
import AmbitTestSupport
import Testing

/// `rke` and `mean_cosine_distance` pooled and across prompts.
@Suite struct CosinePairTests {
  private let workers = Workers(threadCount: 2)
  private let settings = InferenceSettings(resamples: 200, permutations: 199)

  private func study(_ design: Design, _ rows: [Matrix]) -> [Measurement] {
    MeasureSuite(
      measures: MeasureSuite.standard.measures.filter { $0 is any CosinePairMeasure }
    ).run(
      design: design, spaces: [MeasuredSpace(id: "embedding", coordinates: rows)],
      settings: settings, workers: workers
    ).measurements
  }

  private func value(_ rows: [Measurement], _ metric: String, _ scope: Scope) throws -> Double {
    try #require(rows.first { $0.metric == metric && $0.scope == scope }?.value)
  }

  @Test func goldenSetU() throws {
    let rows = Matrix(
      rowCount: 100, columnCount: 8, values: GoldenPoints.u.flatMap { $0.map { Float($0) } })
    let pooled = study(
      Design(
        checkpoints: ["u"], baseline: 0, promptIDs: [""], promptOffsets: [0, 100],
        hasPrompts: false), [rows])
    #expect(pooled.count == 2)
    #expect(agree(try value(pooled, "rke", .pooled), 7.829677385, relative: 1e-6))
    #expect(
      agree(try value(pooled, "mean_cosine_distance", .pooled), 0.9976975361, relative: 1e-6))
    // With one output a prompt every pair is of different prompts.
    let across = study(
      Design(
        checkpoints: ["u"], baseline: 0, promptIDs: (0..<100).map { "\($0)" },
        promptOffsets: Array(0...100)), [rows])
    #expect(agree(try value(across, "rke", .across), 7.829677385, relative: 1e-6))
    #expect(
      agree(try value(across, "mean_cosine_distance", .across), 0.9976975361, relative: 1e-6))
  }

  /// Unequal prompts: the mean over pairs of prompts of the mean over pairs of their outputs.
  @Test func acrossIsTheMeanOverPairsOfPrompts() throws {
    var random = SplitMix64(seed: 6)
    let offsets = [0, 2, 7, 8, 12, 15, 21, 24]
    let rows = Matrix(
      rowCount: 24, columnCount: 5, values: (0..<120).map { _ in Float(random.normal()) })
    let found = study(
      Design(
        checkpoints: ["a"], baseline: 0, promptIDs: (0..<7).map { "\($0)" },
        promptOffsets: offsets), [rows])
    func cosine(_ i: Int, _ j: Int) -> Double {
      Reductions.dot(rows.row(i), rows.row(j))
        / (Reductions.squaredNorm(rows.row(i)) * Reductions.squaredNorm(rows.row(j))).squareRoot()
    }
    func across(_ leaving: Int? = nil, _ term: (Double) -> Double) -> Double {
      var sum = 0.0
      let prompts = (0..<7).filter { $0 != leaving }
      for p in prompts {
        for q in prompts where p != q {
          for i in offsets[p]..<offsets[p + 1] {
            for j in offsets[q]..<offsets[q + 1] {
              sum +=
                term(cosine(i, j))
                / Double((offsets[p + 1] - offsets[p]) * (offsets[q + 1] - offsets[q]))
            }
          }
        }
      }
      return sum / Double(prompts.count * (prompts.count - 1))
    }
    let mean = across { $0 * $0 }
    #expect(agree(try value(found, "rke", .across), 1 / mean, relative: 1e-5))
    #expect(
      agree(
        try value(found, "mean_cosine_distance", .across), across { 1 - $0 }, relative: 1e-5))
    // Student's interval from leaving out each prompt, on the log scale.
    let left = (0..<7).map { prompt in -Elementary.log(across(prompt) { $0 * $0 }) }
    let variance = try #require(Jackknife.variance(left))
    let interval = try #require(
      Interval.studentT(estimate: -Elementary.log(mean), variance: variance, degrees: 6))
    let row = try #require(found.first { $0.metric == "rke" && $0.scope == .across })
    #expect(agree(try #require(row.interval).low, Elementary.exp(interval.low), relative: 1e-4))
    #expect(agree(try #require(row.interval).high, Elementary.exp(interval.high), relative: 1e-4))
  }

  /// Halves of a study without change straddle 0; a contraction about prompts' means lowers `rke`.
  @Test func aContractionIsSeen() throws {
    var study = SimulatedStudy()
    study.prompts = 40
    study.scales = [1, 0.3]
    study.betweenScale = 0.5
    let rows = self.study(study.design, study.rows).filter { !$0.reference.isEmpty }
    #expect(rows.count == 4)
    for row in rows where row.metric == "rke" {
      let band = try #require(row.nullBand)
      #expect(band.low < 0 && band.high > 0)
    }
    let pooled = try #require(rows.first { $0.metric == "rke" && $0.scope == .pooled })
    #expect(try #require(pooled.effect) < 0 && (try #require(pooled.p)) <= 0.02)
  }

  /// Over 200 sets of rows uniform on a sphere the mean term is 1/d in either scope.
  @Test func theMeanOfTermsIsUnbiased() throws {
    let found = Workers(threadCount: 2).map(200) { run in
      var study = SimulatedStudy()
      study.prompts = 8
      study.samples = 3
      study.scales = [1]
      study.betweenScale = 0
      study.seed = UInt64(run)
      return self.study(study.design, study.rows)
    }
    for scope in [Scope.across, .pooled] {
      let moments = SampleMoments(try found.map { 1 / (try value($0, "rke", scope)) })
      #expect(abs(moments.mean - 1.0 / 8) < 4 * moments.varianceOfMean.squareRoot(), "\(scope)")
    }
  }
}
