import AmbitMatrix
import AmbitMeasures
import AmbitTestSupport
import Testing

/// Checkpoints of one law whose prompts have other numbers of samples.
@Suite struct UnequalSamplesTests {
  private let workers = Workers(threadCount: 2)
  private let quick = InferenceSettings(resamples: 100, permutations: 99)

  /// Gaussian rows about random prompt means: in eight dimensions, and as a plane of residuals.
  private func spaces(_ counts: [[Int]], seed: UInt64) -> [MeasuredSpace] {
    var random = SplitMix64(seed: seed)
    var rows: [Matrix] = []
    var residuals: [Matrix] = []
    for sizes in counts {
      let total = sizes.reduce(0, +)
      var matrix = Matrix(rowCount: total, columnCount: 8)
      var plane = Matrix(rowCount: total, columnCount: 2)
      var start = 0
      for size in sizes {
        for column in 0..<8 {
          let mean = random.normal()
          for row in start..<start + size { matrix[row, column] = Float(mean + random.normal()) }
        }
        for column in 0..<2 {
          let sum = (start..<start + size).reduce(Float(0)) { $0 + matrix[$1, column] }
          for row in start..<start + size {
            plane[row, column] = matrix[row, column] - sum / Float(size)
          }
        }
        start += size
      }
      rows.append(matrix)
      residuals.append(plane)
    }
    return [
      MeasuredSpace(id: "embedding", coordinates: rows),
      MeasuredSpace(id: "pca2_within", coordinates: residuals),
    ]
  }

  /// Two checkpoints; their prompts are the same where `isShared`.
  private func run(
    _ counts: [[Int]], isShared: Bool, settings: InferenceSettings, seed: UInt64 = 11
  ) -> MeasureSuite.Result {
    let design = Design(
      checkpoints: ["base", "tuned"], baseline: 0,
      promptIDs: counts.enumerated().map { index, sizes in
        sizes.indices.map { isShared ? "p\($0)" : "\(index)-\($0)" }
      },
      promptOffsets: counts.map { sizes in sizes.reduce(into: [0]) { $0.append($0.last! + $1) } },
      hasPrompts: true)
    return MeasureSuite.standard.run(
      design: design, spaces: spaces(counts, seed: seed), settings: settings, workers: workers)
  }

  private func compared(_ result: MeasureSuite.Result) -> [Measurement] {
    result.measurements.filter { !$0.reference.isEmpty }
  }

  @Test func residualsOfOtherSampleNumbersAreNotCompared() throws {
    // The same number of outputs, 160 in all; residuals have variance 1/2 against 7/8.
    let counts = [[Int](repeating: 2, count: 80), [Int](repeating: 8, count: 20)]
    let rows = compared(run(counts, isShared: false, settings: quick))
    let plane = rows.filter { $0.space == "pca2_within" }
    #expect(plane.contains { $0.metric == "ellipse_area" })
    #expect(plane.contains { $0.metric == "hull_kept" })
    for row in plane {
      #expect(row.effect == nil && row.p == nil && row.interval == nil && row.nullBand == nil)
      #expect(row.flags.contains(.unmatchedCounts), "\(row)")
      // A measure of two clouds has no value but the comparison.
      #expect((row.value == nil) == (row.effectKind == nil), "\(row)")
    }
    var forced = quick
    forced.force = true
    for row in compared(run(counts, isShared: false, settings: forced))
    where row.space == "pca2_within" {
      #expect(row.flags.contains(.unmatchedCounts) && row.flags.contains(.forced))
      if row.metric == "ellipse_area" {
        // ½ log det rises by log(7/4): what the refusal is for.
        #expect(try #require(row.effect) > 0.3)
      }
    }
  }

  @Test func residualsOfEqualSampleNumbersAreComparedUnpaired() {
    let counts = [[Int](repeating: 4, count: 20), [Int](repeating: 4, count: 20)]
    for row in compared(run(counts, isShared: false, settings: quick)) where row.value != nil {
      #expect(!row.flags.contains(.unmatchedCounts), "\(row)")
      #expect(row.flags.contains(.unpaired), "\(row)")
      if row.metric == "style_share" {
        #expect(row.value == nil, "prompts' shifts need the same prompts")
        continue
      }
      let isRefused = row.metric == "mauve" || row.flags.contains(.tooManyDimensions)
      #expect((row.p != nil) != (isRefused || row.flags.contains(.notPermuted)), "\(row)")
    }
    // Other numbers of prompts leave the law of a residual alone: only hulls grow with them.
    let more = [[Int](repeating: 4, count: 30), [Int](repeating: 4, count: 20)]
    for row in compared(run(more, isShared: false, settings: quick)) {
      if row.metric == "ellipse_area" || (row.scope == .within && row.space == "embedding") {
        #expect(row.effect != nil, "\(row)")
      }
      if row.metric == "hull_area" { #expect(row.effect == nil, "\(row)") }
    }
  }

  @Test func logarithmsOfOtherSampleNumbersAreNotCompared() throws {
    let counts = [[Int](repeating: 8, count: 20), [Int](repeating: 2, count: 20)]
    for isShared in [true, false] {
      let row = try #require(
        compared(run(counts, isShared: isShared, settings: quick)).first { $0.scope == .within })
      #expect(row.effect == nil && row.p == nil && row.interval == nil && row.nullBand == nil)
      #expect(row.value != nil && row.referenceValue != nil && row.samples == 40)
      #expect(row.flags.contains(.unmatchedCounts))
      #expect(row.flags.contains(.unpaired) == !isShared)
      var settings = quick
      settings.force = true
      let forced = try #require(
        compared(run(counts, isShared: isShared, settings: settings)).first { $0.scope == .within })
      #expect(forced.effect != nil && forced.p != nil && forced.flags.contains(.forced))
    }
  }

  /// E log χ²_k/k in eight dimensions is −0.130 at r = 2 (k = 8) and −0.018 at r = 8 (k = 56).
  @Test func theRefusedMeanLogIsBiased() throws {
    let counts = [[Int](repeating: 8, count: 400), [Int](repeating: 2, count: 400)]
    var settings = quick
    settings.force = true
    let row = try #require(
      compared(run(counts, isShared: true, settings: settings)).first { $0.scope == .within })
    #expect(try #require(row.effect) < -0.06)
    #expect((try #require(row.interval)).high < 0)
  }

  @Test func theSamePromptsArePairedWhateverTheirCounts() throws {
    var settings = quick
    settings.force = true
    // Eight shared prompts: all 2⁸ sign flips, so p is a multiple of 1/256; unpaired it is not.
    settings.permutations = 256
    let counts = [[Int](repeating: 5, count: 8), [3, 5, 5, 5, 5, 5, 5, 4]]
    let row = try #require(
      compared(run(counts, isShared: true, settings: settings)).first { $0.scope == .within })
    let p = try #require(row.p)
    #expect((p * 256).rounded() == p * 256)
    #expect(!row.flags.contains(.unpaired))
    #expect(row.effectKind == .meanLogRatio && row.prompts == 8 && row.samples == 37)
  }

  @Test func promptsWithOneSampleCountNowhere() throws {
    let counts = [[1, 4, 4, 4, 4, 4, 4, 4], [4, 4, 4, 4, 4, 4, 4, 4]]
    let result = run(counts, isShared: true, settings: quick)
    let own = try #require(
      result.measurements.first { $0.reference.isEmpty && $0.scope == .within })
    #expect(own.prompts == 7 && own.samples == 28)
    let row = try #require(compared(result).first { $0.scope == .within })
    #expect(row.prompts == 7 && row.samples == 28)
    #expect(row.effect != nil, "the prompts that both have answered often enough are comparable")
    #expect(!row.flags.contains(.unmatchedCounts) && row.flags.contains(.fewSamples))
  }

  @Test func oneModelComparedWithASecondAndThirdKeepsItsRefusals() {
    let counts = [[4, 4, 4, 4, 4, 4, 4, 4], [4, 4, 4, 4, 4, 4, 4, 4], [2, 6, 4, 4, 4, 4, 4, 4]]
    let design = Design(
      checkpoints: ["base", "one", "two"], baseline: 0,
      promptIDs: counts.map { $0.indices.map { "p\($0)" } },
      promptOffsets: counts.map { sizes in sizes.reduce(into: [0]) { $0.append($0.last! + $1) } },
      hasPrompts: true)
    let rows = MeasureSuite.standard.run(
      design: design, spaces: spaces(counts, seed: 3), settings: quick, workers: workers
    ).measurements.filter { !$0.reference.isEmpty }
    for row in rows
    where (row.scope == .within && row.space == "embedding") || row.space == "pca2_within" {
      #expect(row.flags.contains(.unmatchedCounts) == (row.checkpoint == "two"), "\(row)")
    }
  }
}
