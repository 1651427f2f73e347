import AmbitFormats
import AmbitMatrix
import AmbitProjection

extension MapMethod {
  /// `t-SNE of 1600 rows, perplexity 30, seed 0: divergence 1.252 nats after 750 iterations`.
  func description(of map: NeighbourMap) -> String {
    let perplexities = map.perplexities.map { DecimalText.shortest($0) }.joined(separator: " and ")
    let text =
      "\(title) of \(map.coordinates.rowCount) rows, perplexity \(perplexities), seed \(map.seed): "
      + "divergence \(DecimalText.fixed(map.divergence, decimals: 3)) nats after "
      + "\(map.iterationCount) iterations"
    guard let correlation = map.densityCorrelation else { return text }
    return text + ", correlation of local radii in the map with those of the vectors "
      + DecimalText.fixed(correlation, decimals: 2)
  }

  /// What a repetition would need, and what came of it.
  func json(of map: NeighbourMap) -> JSONObject {
    [
      "method": .string(rawValue), "perplexity": .array(map.perplexities.map { .number($0) }),
      "seed": .string(String(map.seed)), "divergence": .number(map.divergence),
      "iterations": .integer(map.iterationCount),
      "density_correlation": map.densityCorrelation.map { .number($0) } ?? .null,
    ]
  }
}

extension MapQuality {
  /// `trustworthiness 0.98, continuity 0.97, 61 % of the 15 nearest neighbours kept, …`.
  var text: String {
    let text =
      "trustworthiness \(DecimalText.fixed(overall.trustworthiness, decimals: 2)), continuity "
      + "\(DecimalText.fixed(overall.continuity, decimals: 2)), "
      + "\(DecimalText.fixed(100 * overall.neighbourRecall, decimals: 0)) % of the "
      + "\(neighbourCount) nearest neighbours kept"
    guard overall.shepardCorrelation.isFinite else { return text }
    return text
      + ", rank correlation of distances \(DecimalText.fixed(overall.shepardCorrelation, decimals: 2))"
  }

  var json: JSON {
    [
      "neighbours": .integer(neighbourCount), "rows": .integer(overall.rowCount),
      "trustworthiness": .number(overall.trustworthiness),
      "continuity": .number(overall.continuity), "knn_recall": .number(overall.neighbourRecall),
      "shepard_rho":
        overall.shepardCorrelation.isFinite ? .number(overall.shepardCorrelation) : .null,
    ]
  }
}

extension StudyProgress {
  /// How far a map has come.
  init(_ progress: MapProgress) {
    self.init(
      stage: .mapping, share: Double(progress.iteration) / Double(max(1, progress.iterationCount)),
      detail: "divergence \(DecimalText.fixed(progress.divergence, decimals: 3))")
  }
}
