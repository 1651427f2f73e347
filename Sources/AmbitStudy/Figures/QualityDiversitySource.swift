import AmbitCorpus
import AmbitFormats
import AmbitMeasures
import AmbitRendering

/// Quality beside diversity, where outputs have scores.
enum QualityDiversitySource: FigureSource {
  typealias Drawn = QualityDiversityFigure

  static func figures(of findings: StudyFindings) -> [StudyFigure] {
    let corpus = findings.corpus
    let quality = corpus.checkpoints.indices.map { meanScore(of: $0, corpus) }
    guard quality.count(where: { $0 != nil }) > 1 else { return [] }
    let rows = findings.rows
    let labels = [
      MeasureLabel("kinds within prompts (RKE)", "rke", scope: .within),
      MeasureLabel("dispersion within prompts", "dispersion", scope: .within),
      MeasureLabel("dispersion across prompts", "dispersion", scope: .across),
    ]
    let panels = labels.compactMap { label -> QualityDiversityFigure.Panel? in
      let values = rows.values(label.key)
      guard values.contains(where: { $0 != nil }) else { return nil }
      return .init(label: label.text, diversity: values)
    }
    guard !panels.isEmpty else { return [] }
    let figure = QualityDiversityFigure(
      checkpoints: rows.checkpoints, quality: quality, qualityLabel: "mean score",
      panels: Array(panels.prefix(2)),
      path: findings.order.isDrawnAsPath ? findings.order.path : [],
      text: FigureText(caption: "\(findings.words.counts)."))
    let caption = """
      Mean score of the outputs (95 % interval over prompts, or outputs where there are none) beside diversity. What lies lower \
      and further to the right paid with diversity for quality. \(findings.words.ending)
      """
    var table = CSVWriter(header: [
      "checkpoint", "score", "score_ci_low", "score_ci_high", "measure", "diversity",
    ])
    for panel in figure.panels {
      for (index, name) in rows.checkpoints.names.enumerated() {
        guard let score = quality[index], let diversity = panel.diversity[index] else { continue }
        table.append([name] + score.cells + [panel.label, DecimalText.shortest(diversity.value)])
      }
    }
    return [StudyFigure(figure, caption: caption, table: table)]
  }

  /// The mean over prompts of their mean score; over outputs where there are no prompts.
  private static func meanScore(of checkpoint: Int, _ corpus: MatchedCorpus) -> Estimate? {
    let scores = corpus.records(of: checkpoint).map(\.score)
    let offsets =
      corpus.hasPrompts ? corpus.promptOffsets[checkpoint] : Array(0...scores.count)
    let means = zip(offsets, offsets.dropFirst()).compactMap { start, end -> Double? in
      let known = scores[start..<end].compactMap { $0 }.filter(\.isFinite)
      return known.isEmpty ? nil : known.reduce(0, +) / Double(known.count)
    }
    guard !means.isEmpty else { return nil }
    let interval = Interval.studentT(means)
    return Estimate(
      means.reduce(0, +) / Double(means.count), low: interval?.low, high: interval?.high)
  }
}
