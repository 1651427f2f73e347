import AmbitCorpus
import AmbitFormats
import AmbitMatrix
import AmbitMeasures
import AmbitProjection
import AmbitRendering

/// The drift map of every joint plane.
enum DriftMapSource: FigureSource {
  typealias Drawn = DriftPlotData

  static func figures(of findings: StudyFindings) -> [StudyFigure] {
    findings.planes.map { plane in
      let words = DriftMapCaption(
        plane: plane, corpus: findings.corpus, embedded: findings.embedded,
        settings: findings.settings)
      let baseline = findings.corpus.baselineIndex
      let shown = ShownCheckpoints(of: plane.coordinates.count, baseline: baseline)
      let checkpoints = shown.indices.map {
        checkpoint(findings.corpus.checkpointNames[$0], plane.coordinates[$0].points)
      }
      let figure = DriftPlotData(
        xLabel: words.axisLabel(0), yLabel: words.axisLabel(1), checkpoints: checkpoints,
        baseline: shown.place(of: baseline) ?? 0, isOrdered: findings.order.isDrawnAsPath,
        centroidPath: findings.order.path.compactMap(shown.place), caption: words.line,
        notes: [shown.note].compactMap { $0 })
      return StudyFigure(
        figure, name: name(of: plane.basis.space), caption: words.full, table: table(checkpoints))
    }
  }

  /// A cloud with its hulls and its centroid.
  static func checkpoint(_ name: String, _ points: [SIMD2<Double>]) -> DriftPlotData.Checkpoint {
    DriftPlotData.Checkpoint(
      name: name, points: points, hull100: ConvexPolygon(hullOf: points).vertices,
      hull95: ConvexPolygon(hullOf: points, keeping: 0.95).vertices, centroid: points.mean)
  }

  static func name(of space: String) -> String {
    switch space {
    case "pca2": "drift_map"
    case "pca2_within": "drift_map_within"
    case "pca2_prompt": "drift_map_prompt"
    default: "drift_map_\(space)"
    }
  }

  /// Points, hull corners in order, and centroids, one a row.
  static func table(_ checkpoints: [DriftPlotData.Checkpoint]) -> CSVWriter {
    var table = CSVWriter(header: ["checkpoint", "kind", "index", "x", "y"])
    for checkpoint in checkpoints {
      let parts = [
        ("point", checkpoint.points), ("hull100", checkpoint.hull100),
        ("hull95", checkpoint.hull95), ("centroid", [checkpoint.centroid]),
      ]
      for (kind, points) in parts {
        for (index, point) in points.enumerated() {
          table.append([checkpoint.name, kind, String(index)] + point.cells)
        }
      }
    }
    return table
  }
}

extension Matrix {
  /// The rows of a two-column matrix as points.
  var points: [SIMD2<Double>] {
    (0..<rowCount).map { SIMD2(Double(self[$0, 0]), Double(self[$0, 1])) }
  }
}

extension [SIMD2<Double>] {
  /// The centroid; the origin for no points.
  var mean: SIMD2<Double> {
    isEmpty ? .zero : reduce(.zero, +) / Double(count)
  }
}
