import AmbitFormats
import AmbitMeasures
import AmbitRendering

/// Recall, coverage and density beside what two samples of the baseline give.
enum SupportPlaneSource: RowFigureSource {
  typealias Drawn = SupportPlaneFigure

  static func figure(_ rows: MeasuredRows, words: FigureWords?) -> StudyFigure? {
    let keys = ["recall", "coverage", "density"].map {
      MeasuredRows.Key(metric: $0, variant: "k5")
    }
    let values = keys.map(rows.pairValues)
    // Where all outputs are equal, nothing is nearer than anything else.
    let bands = keys.compactMap(rows.null)
    guard values[0].contains(where: { $0 != nil }), bands.first.map({ $0.upperBound > 0 }) ?? true
    else { return nil }
    let middles = bands.map { Estimate(($0.lowerBound + $0.upperBound) / 2, interval: $0) }
    let figure = SupportPlaneFigure(
      checkpoints: rows.checkpoints, recall: values[0], coverage: values[1], density: values[2],
      null: middles.count == 3
        ? .init(recall: middles[0], coverage: middles[1], density: middles[2]) : nil,
      text: FigureText(caption: words.map { "\($0.counts)." } ?? ""))
    let reference = rows.baselineName
    let caption = """
      Support against \(reference) (k = 5 nearest neighbours): recall, the share of \(reference)'s outputs \
      within the checkpoint's support; coverage, the share of \(reference)'s neighbourhoods that the \
      checkpoint reaches; density, how often its outputs fall into them. The null point is the middle of \
      what random halves of \(reference) give. Contraction lowers recall and raises density while coverage \
      stays; lost modes lower recall and coverage. \(words?.ending ?? "")
      """
    return StudyFigure(figure, caption: caption, table: table(figure))
  }

  private static func table(_ figure: SupportPlaneFigure) -> CSVWriter {
    var table = CSVWriter(header: ["measure", "checkpoint", "value", "ci_low", "ci_high"])
    let measures = [
      ("recall", figure.recall, figure.null?.recall),
      ("coverage", figure.coverage, figure.null?.coverage),
      ("density", figure.density, figure.null?.density),
    ]
    for (name, values, null) in measures {
      for (checkpoint, value) in zip(figure.checkpoints.names, values) {
        if let value { table.append([name, checkpoint] + value.cells) }
      }
      if let null { table.append([name, "null"] + null.cells) }
    }
    return table
  }
}
