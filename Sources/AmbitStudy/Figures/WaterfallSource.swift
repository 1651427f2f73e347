import AmbitFormats
import AmbitMeasures
import AmbitRendering

/// Which stage lost how much of the spread within prompts.
enum WaterfallSource: FigureSource {
  typealias Drawn = WaterfallFigure

  /// More bars than this are a curve, which metric lines draw better.
  private static let mostStages = 12

  static func figures(of findings: StudyFindings) -> [StudyFigure] {
    guard let lineage = findings.lineage, lineage.stages.count > 1,
      lineage.stages.count <= mostStages
    else { return [] }
    let stages = lineage.stages.map { stage in
      WaterfallFigure.Stage(
        name: stage.to,
        change: Estimate(
          stage.change, low: stage.changeInterval?.low, high: stage.changeInterval?.high))
    }
    let figure = WaterfallFigure(
      panels: [
        .init(
          label: "dispersion within prompts, log ratio", start: lineage.checkpoints[0],
          stages: stages)
      ], text: FigureText(caption: "\(lineage.prompts) prompts."))
    let caption = """
      Change of log dispersion within prompts at each stage, from \(lineage.checkpoints[0]) to \
      \(lineage.checkpoints.last ?? ""); each bar starts where the one before it ends, and the last is \
      the whole. Whiskers: 95 % intervals of the stage's own change over \(lineage.prompts) prompts. \
      \(findings.words.ending)
      """
    var table = CSVWriter(header: ["stage", "change", "ci_low", "ci_high"])
    for stage in stages { table.append([stage.name] + stage.change.cells) }
    return [StudyFigure(figure, caption: caption, table: table)]
  }
}
