import AmbitMatrix
import AmbitMeasures
import AmbitTestSupport
import Testing

@Suite struct StyleShareTests {
  /// Prompts' shifts are `common · u + own · e_p`, with u a unit vector and e_p standard normal over
  /// `width` columns: the truth is `common² / (common² + width · own²)`.
  private func study(common: Double, own: Double, seed: UInt64, prompts: Int = 40)
    -> (Design, [Matrix])
  {
    let (samples, width) = (4, 8)
    var random = SplitMix64(seed: seed, stream: 31)
    var values: [[Float]] = [[], []]
    for _ in 0..<prompts {
      let centre = (0..<width).map { _ in 3 * random.normal() }
      let shift = (0..<width).map { column in
        (column == 0 ? common : 0) + own * random.normal()
      }
      for checkpoint in 0..<2 {
        for _ in 0..<samples {
          for column in 0..<width {
            values[checkpoint].append(
              Float(
                centre[column] + (checkpoint == 1 ? shift[column] : 0) + random.normal()))
          }
        }
      }
    }
    let design = Design(
      checkpoints: ["base", "tuned"], baseline: 0, promptIDs: (0..<prompts).map { "p\($0)" },
      promptOffsets: Array(stride(from: 0, through: prompts * samples, by: samples)))
    return (
      design,
      values.map { Matrix(rowCount: prompts * samples, columnCount: width, values: $0) }
    )
  }

  private func row(_ study: (Design, [Matrix]), threads: Int = 2) throws -> Measurement {
    let suite = MeasureSuite(
      measures: MeasureSuite.standard.measures.filter { $0.id == "style_share" })
    let result = suite.run(
      design: study.0, spaces: [MeasuredSpace(id: "embedding", coordinates: study.1)],
      settings: InferenceSettings(resamples: 200, permutations: 499),
      workers: Workers(threadCount: threads))
    return try #require(result.measurements.first { !$0.reference.isEmpty })
  }

  @Test func findsTheShareOfOneCommonDirection() throws {
    let truth = 1.0 / (1 + 8 * 0.25 * 0.25)
    let found = try (0..<200).map { seed in
      try #require(row(study(common: 1, own: 0.25, seed: UInt64(seed))).value)
    }
    let moments = SampleMoments(found)
    #expect(
      abs(moments.mean - truth) < 4 * moments.varianceOfMean.squareRoot() + 0.01,
      "\(moments.mean) for \(truth)")
  }

  @Test func aSharedShiftIsFoundAndScatteredOnesAreNot() throws {
    let shared = try row(study(common: 1, own: 0.25, seed: 1))
    #expect(try #require(shared.p) < 0.01)
    #expect(try #require(shared.interval).low > 0.2)
    let scattered = try row(study(common: 0, own: 1, seed: 2))
    #expect(try #require(scattered.p) > 0.01)
    #expect(try #require(scattered.nullBand).contains(try #require(scattered.value)))
  }

  @Test func theSameForAnyNumberOfThreads() throws {
    let sample = study(common: 1, own: 1, seed: 3)
    #expect(try row(sample, threads: 1) == (try row(sample, threads: 2)))
  }

  @Test func noShiftHasNoShare() throws {
    let sample = study(common: 0, own: 0, seed: 4)
    let same = try row((sample.0, [sample.1[0], sample.1[0]]))
    #expect(same.value == nil)
    #expect(same.flags.contains(.degenerate))
  }

  @Test func oneSamplePerPromptIsRefused() throws {
    let full = study(common: 1, own: 1, seed: 5)
    let design = Design(
      checkpoints: ["base", "tuned"], baseline: 0, promptIDs: full.0.promptIDs[0],
      promptOffsets: Array(0...40))
    let first = full.1.map { $0.rows(Array(stride(from: 0, to: 160, by: 4))) }
    let refused = try row((design, first))
    #expect(refused.value == nil)
    #expect(refused.flags.contains(.fewSamples))
  }
}
