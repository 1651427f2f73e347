import AmbitMeasures
import AmbitStudy
import ArgumentParser

/// Which checkpoints are compared, and how often they are resampled.
struct InferenceOptions: ParsableArguments {
  @Option(help: "Which pairs are compared: base, consecutive or all.")
  var compare: InferenceSettings.Comparisons?

  @Option(help: "Bootstrap resamples behind each interval (default 2000).") var resamples: Int?
  @Option(help: "Permutations behind each p value (default 9999).") var permutations: Int?
  @Option(help: "The seed of everything random (default 0).") var seed: UInt64?

  func apply(to options: inout StudyOptions) {
    options.compare = compare
    options.resamples = resamples
    options.permutations = permutations
    options.seed = seed
  }
}
