import AmbitCorpus
import AmbitFormats
import AmbitMatrix
import AmbitMeasures
import AmbitProjection
import AmbitRendering

/// Everything that figures are gathered from.
struct StudyFindings {
  let corpus: MatchedCorpus
  let embedded: EmbeddedCorpus
  let settings: StudySettings
  let planes: [JointPlane]
  let map: StudyMap?
  let measured: MeasureSuite.Result
  let lineages: [NamedLineage]
  let order: CheckpointOrder

  var checkpoints: FigureCheckpoints {
    FigureCheckpoints(
      corpus.checkpointNames, baseline: corpus.baselineIndex, isOrdered: order.isDrawnAsPath)
  }

  var rows: MeasuredRows {
    MeasuredRows(
      measured.measurements, checkpoints: checkpoints, steps: order.drawnSteps,
      lines: order.lines)
  }

  var words: FigureWords { FigureWords(corpus: corpus, embedded: embedded, settings: settings) }

  /// The joint plane of that name, where the run has one.
  func plane(_ space: String) -> JointPlane? { planes.first { $0.basis.space == space } }
}
