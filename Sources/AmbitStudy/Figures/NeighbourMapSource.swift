import AmbitCorpus
import AmbitFormats
import AmbitProjection
import AmbitRendering

/// The map of neighbours, t-SNE or den-SNE, where the run has one. Never with areas.
enum NeighbourMapSource: FigureSource {
  typealias Drawn = MapPlotData

  static func figures(of findings: StudyFindings) -> [StudyFigure] {
    guard let map = findings.map else { return [] }
    let words = MapCaption(map: map, corpus: findings.corpus, embedded: findings.embedded)
    let checkpoints = findings.corpus.checkpointNames.indices.map { index in
      MapPlotData.Checkpoint(
        name: findings.corpus.checkpointNames[index], points: map.coordinates[index].points,
        values: map.radii.isEmpty ? [] : map.radii[index])
    }
    let figure = MapPlotData(
      checkpoints: checkpoints, baseline: findings.corpus.baselineIndex,
      isOrdered: findings.order.isDrawnAsPath,
      valueLabel: map.radii.isEmpty ? nil : "distance to neighbours among the vectors",
      caption: words.line)
    return [
      StudyFigure(
        figure, name: "\(map.method.rawValue)_map", caption: words.full, table: table(checkpoints))
    ]
  }

  /// Points, and their radii where they are coloured by them, one a row.
  private static func table(_ checkpoints: [MapPlotData.Checkpoint]) -> CSVWriter {
    let hasValues = checkpoints.contains { !$0.values.isEmpty }
    var table = CSVWriter(
      header: ["checkpoint", "kind", "index", "x", "y"] + (hasValues ? ["radius"] : []))
    for checkpoint in checkpoints {
      for (index, point) in checkpoint.points.enumerated() {
        table.append(
          [checkpoint.name, "point", String(index)] + point.cells
            + (hasValues ? [DecimalText.shortest(checkpoint.values[index])] : []))
      }
    }
    return table
  }
}
