import AmbitFormats
import AmbitMatrix
import AmbitProjection

extension MapSettings {
  /// `t-SNE of 1600 rows, perplexity 30, seed 0: divergence 1.252 nats after 750 iterations`.
  func description(of map: NeighbourMap) -> String {
    var text = "\(method.title) of \(map.coordinates.rowCount) rows, perplexity "
    text += Self.list(map.perplexities)
    if map.perplexities != perplexities {
      text += " (\(Self.list(perplexities)) needs \(Int(3 * (perplexities.max() ?? 0)) + 1) rows)"
    }
    if lateExaggeration != 1 {
      text += ", late exaggeration \(DecimalText.shortest(lateExaggeration))"
    }
    text += ", seed \(map.seed): "
    guard map.iterationCount > 0 else {
      return text + "all rows are equal, and so are their places"
    }
    text +=
      "divergence \(DecimalText.fixed(map.divergence, decimals: 3)) nats after "
      + "\(map.iterationCount) iterations"
    if let recall = map.searchRecall {
      text += ", \(DecimalText.fixed(100 * recall, decimals: 1)) % of the nearest rows found"
    }
    guard let correlation = map.densityCorrelation else { return text }
    return text + ", correlation of local radii in the map with those of the vectors "
      + DecimalText.fixed(correlation, decimals: 2)
  }

  private static func list(_ perplexities: [Double]) -> String {
    perplexities.map { DecimalText.shortest(($0 * 100).rounded() / 100) }.joined(separator: " and ")
  }

  /// What a repetition would need, and what came of it.
  func json(of map: NeighbourMap) -> JSONObject {
    [
      "method": .string(method.rawValue),
      "perplexity": .array(map.perplexities.map { .number($0) }),
      "late_exaggeration": .number(lateExaggeration),
      "seed": .string(String(map.seed)), "divergence": .number(map.divergence),
      "iterations": .integer(map.iterationCount),
      "search_recall": .number(map.searchRecall ?? 1),
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
