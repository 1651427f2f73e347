import AmbitFormats
import AmbitMeasures
import AmbitRendering

/// Which stage lost how much of the spread within prompts.
enum WaterfallSource: FigureSource {
  typealias Drawn = WaterfallFigure

  /// More bars than this are a curve, which metric lines draw better.
  private static let mostStages = 12
  /// More lineages than this would be a figure of its own page.
  private static let mostPanels = 6

  static func figures(of findings: StudyFindings) -> [StudyFigure] {
    let shown = findings.lineages.filter {
      $0.lineage.stages.count > 1 && $0.lineage.stages.count <= mostStages
    }.prefix(mostPanels)
    guard let first = shown.first?.lineage else { return [] }
    let figure = WaterfallFigure(
      panels: shown.map(panel),
      text: FigureText(caption: "\(first.prompts) prompts."))
    let ways = shown.map { named in
      (named.name.map { "\($0): " } ?? "")
        + "from \(named.lineage.checkpoints[0]) to \(named.lineage.checkpoints.last ?? "")"
    }
    let caption = """
      Change of log dispersion within prompts at each stage, \(ways.joined(separator: "; ")); each bar starts where the one before it ends, and the last is \
      the whole. Whiskers: 95 % intervals of the stage's own change over \(first.prompts) prompts. \
      \(findings.words.ending)
      """
    var table = CSVWriter(header: ["stage", "change", "ci_low", "ci_high", "lineage"])
    for (named, panel) in zip(shown, figure.panels) {
      for stage in panel.stages {
        table.append([stage.name] + stage.change.cells + [named.name ?? ""])
      }
    }
    return [StudyFigure(figure, caption: caption, table: table)]
  }

  private static func panel(_ named: NamedLineage) -> WaterfallFigure.Panel {
    WaterfallFigure.Panel(
      label: (named.name.map { "\($0): " } ?? "") + "dispersion within prompts, log ratio",
      start: named.lineage.checkpoints[0],
      stages: named.lineage.stages.map { stage in
        WaterfallFigure.Stage(
          name: stage.to,
          change: Estimate(
            stage.change, low: stage.changeInterval?.low, high: stage.changeInterval?.high))
      })
  }
}
