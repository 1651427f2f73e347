import AmbitFormats
import AmbitMeasures
import AmbitRendering

/// The forest plot of every effect against the baseline.
enum ForestSource: RowFigureSource {
  typealias Drawn = ForestFigure

  static func figure(_ rows: MeasuredRows, words: FigureWords?) -> StudyFigure? {
    let reference = rows.baselineName
    let sections = [
      section(
        rows, "log ratio to \(reference)", Equivalence.margins,
        [
          ("within prompts", MeasureLabel.withinPrompts),
          ("across prompts", MeasureLabel.acrossPrompts),
        ]),
      section(
        rows, "difference to \(reference) in nats", nil,
        [
          ("within prompts", MeasureLabel.entropiesWithin),
          ("across prompts", MeasureLabel.entropiesAcross),
        ]),
      section(
        rows, "difference to \(reference)", nil,
        [
          ("within prompts", MeasureLabel.differencesWithin),
          ("across prompts", MeasureLabel.differencesAcross),
        ]),
    ].filter { !$0.groups.isEmpty }
    guard !sections.isEmpty else { return nil }
    let figure = ForestFigure(
      checkpoints: rows.checkpoints, sections: sections,
      text: FigureText(caption: words.map { "\($0.counts)." } ?? ""))
    let caption = """
      Effects against \(reference), all turned so that negative means less diverse. Symbols are filled \
      where the interval excludes 0. Dashed lines: the margins of equivalence, a change of 10 %. \
      \(words.map { "\($0.inference). \($0.ending)" } ?? "Intervals: 95 %.") No correction for many \
      rows is drawn; adjusted p values are in metrics.csv.\
      \(isBrief(rows) ? " Primary endpoints only; metrics.csv has the rest." : "")
      """
    return StudyFigure(figure, caption: caption, table: table(figure))
  }

  /// So many checkpoints fill a page with the primary endpoints alone; ordered ones are thinned instead.
  private static let briefFrom = 13

  private static func isBrief(_ rows: MeasuredRows) -> Bool {
    !rows.checkpoints.isOrdered && rows.checkpoints.names.count > briefFrom
  }

  private static func section(
    _ rows: MeasuredRows, _ label: String, _ margins: ClosedRange<Double>?,
    _ groups: [(String, [MeasureLabel])]
  ) -> ForestFigure.Section {
    ForestFigure.Section(
      effectLabel: label, equivalence: margins,
      groups: groups.compactMap { name, labels in
        let shown = labels.compactMap { label -> ForestFigure.Row? in
          if isBrief(rows), !MeasureLabel.headline.contains(label.key) { return nil }
          let isRatio = rows.effectKind(label.key) != .difference
          let effects = rows.effects(label.key)
          guard isRatio == (margins != nil), effects.contains(where: { $0 != nil }) else {
            return nil
          }
          return ForestFigure.Row(label: label.text, effects: effects, null: rows.null(label.key))
        }
        return shown.isEmpty ? nil : ForestFigure.Group(name: name, rows: shown)
      })
  }

  private static func table(_ figure: ForestFigure) -> CSVWriter {
    var table = CSVWriter(header: [
      "section", "group", "measure", "checkpoint", "effect", "ci_low", "ci_high", "null_low",
      "null_high",
    ])
    for section in figure.sections {
      for group in section.groups {
        for row in group.rows {
          for (name, effect) in zip(figure.checkpoints.names, row.effects) {
            guard let effect else { continue }
            table.append(
              [section.effectLabel, group.name, row.label, name] + effect.cells + row.null.cells)
          }
        }
      }
    }
    return table
  }
}

/// The margins within which a ratio counts as equal.
enum Equivalence {
  /// A change by 10 % either way.
  static let margins = -margin...margin
  private static let margin = 0.10536051565782628
}
