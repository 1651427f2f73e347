import AmbitCorpus
import AmbitFormats
import AmbitMatrix
import AmbitMeasures
import AmbitProjection
import AmbitRendering

/// The way of the checkpoints through the joint plane, with their spread along it.
enum TrajectorySource: FigureSource {
  typealias Drawn = TrajectoryFigure

  private static let fewest = 3

  static func figures(of findings: StudyFindings) -> [StudyFigure] {
    guard let plane = findings.plane("pca2"), findings.order.isDrawnAsPath,
      findings.order.path.count >= fewest
    else { return [] }
    let clouds = plane.coordinates.map(\.points)
    guard clouds.allSatisfy({ !$0.isEmpty }) else { return [] }
    let labels = DriftMapCaption(
      plane: plane, corpus: findings.corpus, embedded: findings.embedded,
      settings: findings.settings)
    let rows = findings.rows
    let figure = TrajectoryFigure(
      checkpoints: findings.checkpoints, xLabel: labels.axisLabel(0), yLabel: labels.axisLabel(1),
      centroids: clouds.map(\.mean),
      outlines: clouds.map { ConvexPolygon(hullOf: $0, keeping: 0.95).vertices },
      outlineLabel: "95 % hull", path: findings.order.path, series: series(rows),
      text: FigureText(caption: "\(labels.line)"))
    let caption = """
      Centroids of the checkpoints in the joint plane, joined in the order of training, each with the \
      hull of the 95 % of its outputs nearest the centre. Beside it, the change of dispersion against \
      \(findings.words.baseline) with 95 % intervals. \(labels.line)
      """
    var table = CSVWriter(header: ["checkpoint", "kind", "index", "x", "y"])
    for (index, name) in findings.corpus.checkpointNames.enumerated() {
      table.append([name, "centroid", "0"] + figure.centroids[index].cells)
      for (corner, point) in figure.outlines[index].enumerated() {
        table.append([name, "hull95", String(corner)] + point.cells)
      }
    }
    return [StudyFigure(figure, caption: caption, table: table)]
  }

  /// Dispersion within prompts, else across them.
  private static func series(_ rows: MeasuredRows) -> TrajectoryFigure.Series? {
    for scope in [Scope.within, .across] {
      let key = MeasuredRows.Key(metric: "dispersion", scope: scope)
      guard rows.effects(key).contains(where: { $0 != nil }) else { continue }
      return TrajectoryFigure.Series(
        label: "dispersion \(scope.rawValue) prompts, log ratio", positions: rows.steps,
        values: rows.effectsFromBaselines(key), null: rows.null(key), reference: 0)
    }
    return nil
  }
}
