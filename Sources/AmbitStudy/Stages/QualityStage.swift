import AmbitCorpus
import AmbitFormats
import AmbitMeasures

/// Matched scores to the numbers of passing outputs.
struct QualityStage {
  private let passes: [[Bool?]]

  /// Whether each matched output passes; nil where no condition was given.
  ///
  /// - Throws: `InputError` where a checkpoint has no scores.
  init?(_ corpus: MatchedCorpus, settings: StudySettings) throws {
    guard let condition = settings.passIf else { return nil }
    passes = try corpus.checkpoints.indices.map { index in
      let scores = corpus.records(of: index).map(\.score)
      if scores.allSatisfy({ $0 == nil }) {
        throw InputError(
          .missingField, path: corpus.checkpoints[index].source.path,
          field: settings.reading.scoreField,
          "`--pass-if` needs scores, and no output of `\(corpus.checkpointNames[index])` has one",
          hint: "--score-field NAME names the field that holds the score")
      }
      return scores.map { $0.map(condition.passes) }
    }
  }

  /// The rows of passing outputs and of what a loss is made of.
  func run(
    _ embedded: EmbeddedCorpus, corpus: MatchedCorpus, settings: StudySettings
  ) -> MeasureSuite.Result {
    (settings.measures.map { QualitySuite().keeping($0.contains) } ?? QualitySuite()).run(
      design: MeasuringStage.design(of: corpus), coordinates: embedded.matrices, passes: passes,
      settings: settings.inference, workers: settings.workers)
  }
}
