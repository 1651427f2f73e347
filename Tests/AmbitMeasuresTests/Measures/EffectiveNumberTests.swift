import AmbitMatrix
import AmbitMeasures
import AmbitTestSupport
import Testing

/// `rke`, `vendi` and `mean_cosine_distance` of the samples of prompts.
@Suite struct EffectiveNumberTests {
  private let workers = Workers(threadCount: 2)

  private func matrix(_ rows: [[Double]]) -> Matrix {
    Matrix(
      rowCount: rows.count, columnCount: rows[0].count,
      values: rows.flatMap { $0.map { Float($0) } })
  }

  private func kernel(_ rows: [[Double]]) -> CosineKernel {
    CosineKernel(unitRows: CosineKernel.unitRows(matrix(rows)), workers: workers)
  }

  private func orders(_ rows: [[Double]]) -> [Double] {
    let spectrum = kernel(rows).spectrum
    return [HillNumber.one(spectrum), HillNumber.two(spectrum), HillNumber.infinity(spectrum)]
  }

  /// Every prompt measure of one prompt that holds all rows, as a study reports it.
  private func perPrompt(_ rows: [[Double]]) -> [String: Double] {
    let design = Design(
      checkpoints: ["base"], baseline: 0, promptIDs: ["p"], promptOffsets: [0, rows.count])
    let result = MeasureSuite.standard.run(
      design: design, spaces: [MeasuredSpace(id: "embedding", coordinates: [matrix(rows)])],
      settings: InferenceSettings(resamples: 100, permutations: 99), workers: workers)
    var values: [String: Double] = [:]
    for row in result.promptMeasurements { values[row.metric + row.variant] = row.value }
    return values
  }

  @Test func goldenSetU() {
    let values = perPrompt(GoldenPoints.u)
    for (key, expected) in [
      ("vendiq1", 7.666685098), ("vendiq2", 7.329121997), ("vendiqinf", 4.802439894),
      ("rke", 7.829677385), ("mean_cosine_distance", 0.9976975361),
    ] {
      #expect(agree(values[key] ?? .nan, expected, relative: 1e-6), "\(key): \(values[key] ?? -1)")
    }
    // On unit rows it is the total variance.
    #expect(
      agree(values["mean_cosine_distance"] ?? .nan, values["dispersion"] ?? 0, relative: 1e-6))
  }

  @Test func equalGroupsOfOrthogonalRowsCountAsManyKinds() {
    for kinds in 1...6 {
      let rows = (0..<4 * kinds).map { row in (0..<9).map { $0 == row % kinds ? 2.5 : 0 } }
      for value in orders(rows) {
        #expect(agree(value, Double(kinds), relative: 1e-9), "\(kinds): \(value)")
      }
    }
    let weighted = (0..<10).map { row in
      (0..<4).map { $0 == (row < 5 ? 0 : row < 8 ? 1 : 2) ? 1.0 : 0 }
    }
    #expect(agree(orders(weighted)[0], 2.800094073, relative: 1e-8))
    let pair = [[1.0, 0], [0.5, 0.75.squareRoot()]]
    #expect(agree(orders(pair)[0], 1.754765351, relative: 1e-6))
  }

  /// Either product of the rows gives the same numbers.
  @Test func tallAndWideMatricesAgree() {
    forEachSeed(20) { random in
      let (count, width) = (3 + random.index(below: 12), 3 + random.index(below: 12))
      let rows = (0..<count).map { _ in (0..<width).map { _ in random.normal() } }
      let padded = rows.map { $0 + [Double](repeating: 0, count: 20) }
      for (narrow, wide) in zip(orders(rows), orders(padded)) {
        try require(agree(narrow, wide, relative: 1e-5), "\(narrow) \(wide)")
      }
      try require(
        agree(kernel(rows).meanSquare, kernel(padded).meanSquare, relative: 1e-5), "mean square")
    }
  }

  @Test func aRowWithoutDirectionIsAKindOfItsOwn() {
    let rows = [[1.0, 0, 0], [1.0, 0, 0], [0, 0, 0], [0, 0, 0]]
    let tall = kernel(rows)
    let padded = kernel(rows.map { $0 + [0.0, 0, 0] })
    for kernel in [tall, padded] {
      #expect(agree(kernel.spectrum.reduce(0, +), 1, relative: 1e-6))
      // Shares ½, ¼, ¼.
      #expect(agree(HillNumber.two(kernel.spectrum), 1 / 0.375, relative: 1e-6))
      #expect(agree(kernel.meanSquare, 2.0 / 12, relative: 1e-6))
    }
    let values = perPrompt(rows)
    #expect(agree(values["mean_cosine_distance"] ?? .nan, 10.0 / 12, relative: 1e-6))
    #expect(agree(values["rke"] ?? .nan, 6, relative: 1e-6))
  }

  /// Uniform on a sphere the mean squared cosine is 1/d; over 200 sets of any size its mean must be.
  @Test func theMeanSquareIsUnbiased() {
    for (samples, width) in [(2, 5), (6, 5), (20, 12)] {
      let values = Workers(threadCount: 2).map(200) { run in
        var random = SplitMix64(seed: 31, stream: UInt64(run))
        return kernel((0..<samples).map { _ in (0..<width).map { _ in random.normal() } })
          .meanSquare
      }
      let moments = SampleMoments(values)
      let error = moments.varianceOfMean.squareRoot()
      #expect(abs(moments.mean - 1 / Double(width)) < 4 * error, "\(samples) of width \(width)")
    }
  }

  /// The Vendi score falls short with few samples, as Ospanov & Farnia say; RKE does not.
  @Test func vendiOfASphereFallsShortAsKnown() {
    var random = SplitMix64(seed: 8)
    let rows = (0..<200).map { _ in (0..<384).map { _ in random.normal() } }
    #expect(abs(orders(rows)[0] / 154 - 1) < 0.02)
    #expect(abs(1 / kernel(rows).meanSquare / 384 - 1) < 0.03)
  }

  /// Halves go by inner products, whole prompts by rows; of all samples both must say the same.
  @Test func innerProductsGiveWhatRowsGive() throws {
    var random = SplitMix64(seed: 3)
    let rows = matrix((0..<23).map { _ in (0..<6).map { 3 * Double($0) + random.normal() } })
    let offsets = [0, 5, 12, 23]
    let grams = PromptGrams(rows, offsets: offsets, workers: workers)
    for case let measure as any PromptMeasure in MeasureSuite.standard.measures
    where !measure.isPlanar {
      let values = measure.values(of: rows, offsets: offsets, workers: workers)
      #expect(values.count == measure.variants.count)
      for prompt in 0..<3 {
        let size = offsets[prompt + 1] - offsets[prompt]
        let sample = grams.sample(prompt, chosen: Array(0..<size))
        for (variant, value) in measure.values(of: sample).enumerated() {
          #expect(agree(value, values[variant][prompt], relative: 2e-4), "\(measure.id)")
        }
      }
    }
  }
}
