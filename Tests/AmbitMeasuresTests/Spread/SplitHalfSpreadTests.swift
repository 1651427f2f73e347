import AmbitMatrix
import AmbitMeasures
import AmbitTestSupport
import Testing

@Suite struct SplitHalfSpreadTests {
  private let workers = Workers(threadCount: 2)
  private let quick = InferenceSettings(resamples: 200, permutations: 199)

  /// What outputs are about, `a_p + t_pr`, and halves that add noise of their own.
  private func halves(
    _ random: inout SplitMix64, prompts: Int, samples: Int, width: Int, topic: Double,
    noise: Double
  ) -> HalvedRows {
    var (first, second): ([Float], [Float]) = ([], [])
    for _ in 0..<prompts {
      let prompt = (0..<width).map { _ in random.normal() }
      for _ in 0..<samples {
        for column in 0..<width {
          let about = prompt[column] + topic * random.normal()
          first.append(Float(about + noise * random.normal()))
          second.append(Float(about + noise * random.normal()))
        }
      }
    }
    let count = prompts * samples
    return HalvedRows(
      first: Matrix(rowCount: count, columnCount: width, values: first),
      second: Matrix(rowCount: count, columnCount: width, values: second))
  }

  private func run(
    _ sets: [HalvedRows], prompts: Int, samples: Int, hasPrompts: Bool = true
  ) -> [Measurement] {
    let count = prompts * samples
    let design =
      hasPrompts
      ? Design(
        checkpoints: sets.indices.map { "c\($0)" }, baseline: 0,
        promptIDs: (0..<prompts).map { "p\($0)" },
        promptOffsets: Array(stride(from: 0, through: count, by: samples)))
      : Design(
        checkpoints: sets.indices.map { "c\($0)" }, baseline: 0, promptIDs: [""],
        promptOffsets: [0, count], hasPrompts: false)
    return MeasureSuite(
      measures: MeasureSuite.standard.measures.filter { $0.id == "split_half_spread" }
    ).run(
      design: design,
      spaces: [MeasuredSpace(id: "embedding", coordinates: sets.map(\.first), halves: sets)],
      settings: quick, workers: workers
    ).measurements
  }

  /// `1/(n − 1) Σ (h₁ − h̄₁)·(h₂ − h̄₂)`.
  private func covariance(_ halved: HalvedRows, _ rows: [Int]) -> Double {
    let (first, second) = (halved.first.rows(rows), halved.second.rows(rows))
    let (a, b) = (first.columnMeans(), second.columnMeans())
    var sum = 0.0
    for row in rows.indices {
      for column in a.indices {
        sum += (Double(first[row, column]) - a[column]) * (Double(second[row, column]) - b[column])
      }
    }
    return sum / Double(rows.count - 1)
  }

  @Test func valuesAreThoseOfTheDefinition() throws {
    var random = SplitMix64(seed: 51)
    let set = halves(&random, prompts: 9, samples: 4, width: 3, topic: 1, noise: 0.7)
    let rows = run([set], prompts: 9, samples: 4)
    #expect(rows.map(\.scope) == [.within, .pooled])
    let within = (0..<9).map { covariance(set, Array(4 * $0..<4 * $0 + 4)) }
    #expect(agree(try #require(rows[0].value), SampleMoments(within).mean, relative: 1e-5))
    let pooled = covariance(set, Array(0..<36))
    #expect(agree(try #require(rows[1].value), pooled, relative: 1e-5))
    // Student's interval from leaving out each prompt.
    let left = (0..<9).map { prompt in covariance(set, (0..<36).filter { $0 / 4 != prompt }) }
    let variance = try #require(Jackknife.variance(left))
    let interval = try #require(
      Interval.studentT(estimate: pooled, variance: variance, degrees: 8))
    #expect(agree(try #require(rows[1].interval).low, interval.low, relative: 1e-4))
    let alone = run([set], prompts: 9, samples: 4, hasPrompts: false)
    #expect(alone.count == 1)
    #expect(agree(try #require(alone[0].value), pooled, relative: 1e-5))
  }

  /// Over 200 runs the mean is the topics' variance, whatever the noise.
  @Test func noiseDoesNotMoveTheMean() throws {
    for noise in [0.2, 2.0] {
      let found = Workers(threadCount: 2).map(200) { run in
        var random = SplitMix64(seed: 52, stream: UInt64(run))
        let set = halves(&random, prompts: 6, samples: 3, width: 5, topic: 0.8, noise: noise)
        return self.run([set], prompts: 6, samples: 3)
      }
      for (index, truth) in [(0, 5 * 0.64), (1, 5 * 0.64 + 5 * 15 / 17)] {
        // Pooled: a prompt's mean counts by pairs of different prompts, 15 of 17 times.
        let moments = SampleMoments(try found.map { try #require($0[index].value) })
        #expect(
          abs(moments.mean - truth) < 4 * moments.varianceOfMean.squareRoot(),
          "\(noise), \(index): \(moments.mean) for \(truth)")
      }
    }
  }

  /// Three times as long is not less spread; half the topics is.
  @Test func lengthIsNoLossAndALossIsOne() throws {
    var random = SplitMix64(seed: 53)
    func set(_ topic: Double, _ noise: Double) -> HalvedRows {
      halves(&random, prompts: 60, samples: 6, width: 8, topic: topic, noise: noise)
    }
    let rows = run([set(1, 1.2), set(1, 0.7), set(0.5, 0.7)], prompts: 60, samples: 6)
    let within = rows.filter { $0.scope == .within && !$0.reference.isEmpty }
    #expect(within.count == 2)
    #expect(try #require(within[0].interval).contains(0))
    let effect = try #require(within[0].effect)
    #expect(try #require(within[0].nullBand).contains(effect))
    #expect(abs(try #require(within[1].effect) - 2 * Elementary.log(0.5)) < 0.2)
    #expect(try #require(within[1].p) <= 0.01)
    #expect(within[1].flags.isEmpty)
  }

  @Test func oneAgainstItselfShowsNothing() throws {
    var random = SplitMix64(seed: 54)
    let set = halves(&random, prompts: 20, samples: 4, width: 4, topic: 1, noise: 0.5)
    for row in run([set, set], prompts: 20, samples: 4) where !row.reference.isEmpty {
      #expect(row.effect == 0 && row.p == 1)
    }
  }

  @Test func outputsThatCannotBeCutAreLeftOut() throws {
    var random = SplitMix64(seed: 55)
    let set = halves(&random, prompts: 8, samples: 4, width: 3, topic: 1, noise: 0.5)
    var second = set.second
    for row in [0, 5, 12, 13, 14] {
      for column in 0..<3 { second[row, column] = 0 }
    }
    let cut = HalvedRows(first: set.first, second: second)
    let rows = run([set, cut], prompts: 8, samples: 4)
    // Prompt 3 keeps one output, which has no covariance: 32 − 5 − 1.
    let kept = (0..<32).filter { ![0, 5, 12, 13, 14, 15].contains($0) }
    for row in rows { #expect(row.samples == 26 && row.prompts == 7, "\(row)") }
    let pooled = try #require(rows.first { $0.scope == .pooled })
    #expect(agree(try #require(pooled.value), covariance(set, kept), relative: 1e-5))
    for row in rows where !row.reference.isEmpty { #expect(row.effect == 0) }
    let none = HalvedRows(
      first: set.first, second: Matrix(rowCount: 32, columnCount: 3))
    for row in run([set, none], prompts: 8, samples: 4) {
      #expect(row.value == nil && row.flags == [.fewOutputs])
    }
  }

  @Test func withoutHalvesThereIsNoRow() {
    let rows = SimulatedStudy().run(quick).measurements
    #expect(!rows.contains { $0.metric == "split_half_spread" })
  }
}
