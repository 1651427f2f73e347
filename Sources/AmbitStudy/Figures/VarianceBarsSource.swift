import AmbitFormats
import AmbitMeasures
import AmbitRendering

/// Spread within prompts and between them.
enum VarianceBarsSource: RowFigureSource {
  typealias Drawn = VarianceBarsFigure

  static func figure(_ rows: MeasuredRows, words: FigureWords?) -> StudyFigure? {
    let within = rows.values(.init(metric: "dispersion", scope: .within)).map { $0?.value }
    let between = rows.values(.init(metric: "dispersion", variant: "between", scope: .across)).map {
      $0?.value
    }
    let isShown = zip(within, between).contains { within, between in
      (within ?? 0) + (between ?? 0) > 0 && within != nil && between != nil
    }
    guard isShown else { return nil }
    let all = rows.checkpoints
    let shown = ShownCheckpoints(of: all.names.count, baseline: all.baseline ?? 0)
    let figure = VarianceBarsFigure(
      checkpoints: FigureCheckpoints(
        shown.of(all.names), baseline: all.baseline.flatMap(shown.place), isOrdered: all.isOrdered),
      panels: [
        .init(
          label: "dispersion (trace of the covariance)", within: shown.of(within),
          between: shown.of(between))
      ],
      text: FigureText(
        caption: words.map { "\($0.counts)." } ?? "", notes: [shown.note].compactMap { $0 }))
    let caption = """
      Spread of the vectors within prompts (answers to one prompt) and between prompts (topics), unbiased \
      one-way components. The number beside a bar is the intraclass correlation, the share between. A model \
      can lose the first alone. \(words?.ending ?? "")
      """
    var table = CSVWriter(header: ["checkpoint", "within", "between"])
    for (index, name) in rows.checkpoints.names.enumerated() {
      table.append(
        [name] + [within[index], between[index]].map { $0.map { DecimalText.shortest($0) } ?? "" })
    }
    return StudyFigure(figure, caption: caption, table: table)
  }
}
