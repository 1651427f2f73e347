import AmbitFormats
import AmbitMeasures
import AmbitRendering

/// Effects and coverage against the training step, or against stages by name.
enum MetricLinesSource: RowFigureSource {
  typealias Drawn = MetricLinesFigure

  /// The fewest checkpoints that a line says more of than a forest plot.
  private static let fewest = 3

  private static let effects = [
    MeasureLabel("dispersion within prompts", "dispersion", scope: .within),
    MeasureLabel("kinds within prompts (RKE)", "rke", scope: .within),
    MeasureLabel("95 % hull within prompts", "hull_area", "peel95", space: "pca2_within"),
    MeasureLabel("dispersion across prompts", "dispersion", scope: .across),
    MeasureLabel("kinds across prompts (RKE)", "rke", scope: .across),
    MeasureLabel("95 % hull", "hull_area", "peel95", space: "pca2"),
  ]
  private static let values = [
    MeasureLabel("coverage of the baseline", "coverage", "k5"),
    MeasureLabel("words an output", "length_words", scope: .within, space: "text"),
  ]

  static func figure(_ rows: MeasuredRows, words: FigureWords?) -> StudyFigure? {
    guard rows.checkpoints.names.count >= fewest, rows.checkpoints.isOrdered || rows.lines != nil
    else { return nil }
    var panels: [MetricLinesFigure.Panel] = []
    for label in effects {
      guard rows.effects(label.key).contains(where: { $0 != nil }) else { continue }
      let shown = rows.effectsFromBaselines(label.key)
      panels.append(
        .init(
          label: "\(label.text), log ratio", values: shown, null: rows.null(label.key),
          reference: 0))
    }
    for label in values {
      let pairs = rows.pairValues(label.key)
      let isPair = pairs.contains { $0 != nil }
      let shown = isPair ? pairs : rows.values(label.key)
      guard shown.contains(where: { $0 != nil }) else { continue }
      panels.append(
        .init(
          label: label.text, values: shown, null: isPair ? rows.null(label.key) : nil,
          reference: rows.checkpoints.baseline.flatMap { shown[$0]?.value }))
    }
    guard !panels.isEmpty else { return nil }
    let figure = MetricLinesFigure(
      checkpoints: rows.checkpoints, positions: rows.steps, lines: rows.lines, panels: panels,
      text: FigureText(caption: words.map { "\($0.counts)." } ?? ""))
    let reference = rows.baselineName
    let caption = """
      \(rows.steps == nil ? "Measures by checkpoint" : "Measures against the training step"). Log ratios \
      are against \(reference); negative means less diverse. \
      \(words.map { "\($0.inference). \($0.ending)" } ?? "")
      """
    return StudyFigure(figure, caption: caption, table: table(figure))
  }

  private static func table(_ figure: MetricLinesFigure) -> CSVWriter {
    var table = CSVWriter(header: [
      "measure", "checkpoint", "position", "value", "ci_low", "ci_high", "null_low", "null_high",
    ])
    for panel in figure.panels {
      for (index, value) in panel.values.enumerated() {
        guard let value else { continue }
        table.append(
          [
            panel.label, figure.checkpoints.names[index],
            figure.positions.map { DecimalText.shortest($0[index]) } ?? "",
          ] + value.cells + panel.null.cells)
      }
    }
    return table
  }
}
