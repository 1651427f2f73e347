import AmbitMatrix
import AmbitMeasures

/// Measurements of a small made-up study, to be changed by tests of what is said about them.
enum SmallStudy {
  /// A matched study of 8 prompts × 4 samples in five dimensions; `tuned` spreads half as far.
  static let measurements: [Measurement] = {
    var random = SplitMix64(seed: 11)
    func cloud(_ scale: Double) -> Matrix {
      Matrix(
        rowCount: 32, columnCount: 5,
        values: (0..<160).map { _ in Float(scale * random.normal()) })
    }
    let design = Design(
      checkpoints: ["base", "tuned"], baseline: 0, promptIDs: (0..<8).map { "p\($0)" },
      promptOffsets: (0...8).map { 4 * $0 })
    return MeasureSuite.standard.run(
      design: design,
      spaces: [MeasuredSpace(id: "embedding", coordinates: [cloud(1), cloud(0.5)])],
      settings: InferenceSettings(resamples: 200, permutations: 199),
      workers: Workers(threadCount: 1)
    ).measurements
  }()

  /// The dispersion within prompts of `tuned`, which the study has as a primary endpoint.
  static var primary: Measurement { measurements.first { $0.isPrimary && !$0.reference.isEmpty }! }
}
