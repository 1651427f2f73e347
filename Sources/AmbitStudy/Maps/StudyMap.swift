import AmbitMatrix
import AmbitMeasures
import AmbitProjection

/// The map of neighbours of a study: all checkpoints in one map.
struct StudyMap {
  let settings: MapSettings
  let map: NeighbourMap
  /// One matrix a checkpoint, n × 2, rows in the order of the study.
  let coordinates: [Matrix]
  let quality: MapQuality
  /// The rows of each checkpoint in the whole map.
  let bounds: [Range<Int>]
  /// Per checkpoint the local radius of each row in the original space; empty where it was not asked.
  let radii: [[Double]]

  var method: MapMethod { settings.method }
  var space: String { method.space }

  /// The quality of the map as rows of `metrics.csv`: of all rows under an empty name, and of each
  /// checkpoint.
  func measurements(checkpoints: [String], promptCounts: [Int]) -> [Measurement] {
    let all = ("", promptCounts.max() ?? 0, Optional(quality.overall))
    let own = checkpoints.indices.map {
      (checkpoints[$0], promptCounts[$0], quality.figures(of: bounds[$0]))
    }
    return ([all] + own).flatMap { name, prompts, figures -> [Measurement] in
      guard let figures else { return [] }
      let values = [
        ("trustworthiness", figures.trustworthiness), ("continuity", figures.continuity),
        ("knn_recall", figures.neighbourRecall), ("shepard_rho", figures.shepardCorrelation),
      ]
      return values.map { metric, value in
        Measurement(
          mapQuality: metric, of: name, space: space,
          variant: metric == "shepard_rho" ? "" : "k\(quality.neighbourCount)", prompts: prompts,
          samples: figures.rowCount, value: value.isFinite ? value : nil)
      }
    }
  }
}
