import AmbitCorpus
import AmbitFormats
import AmbitMatrix
import AmbitMeasures
import AmbitProjection
import AmbitRendering

/// A few prompts close up, chosen by rule: those that lost most, those in the middle, those that gained.
enum PromptPanelsSource: FigureSource {
  typealias Drawn = PromptPanelsFigure

  private static let fewestSamples = 3
  private static let each = 2
  /// More hulls than these over one another cannot be told apart.
  private static let mostOthers = 7
  private static let shownOfMany = 5

  static func figures(of findings: StudyFindings) -> [StudyFigure] {
    let corpus = findings.corpus
    guard let plane = findings.plane("pca2_within") ?? findings.plane("pca2"), corpus.hasPrompts
    else { return [] }
    let ranked = ranking(findings)
    guard ranked.count >= 3 * each else { return [] }
    let middle = ranked.count / 2 - each / 2
    let chosen =
      ranked.prefix(each).map { ($0, $0.change < 0 ? "largest loss" : "smallest gain") }
      + ranked[middle..<(middle + each)].map { ($0, "median") }
      + ranked.suffix(each).map { ($0, $0.change > 0 ? "largest gain" : "smallest loss") }
    let labels = DriftMapCaption(
      plane: plane, corpus: corpus, embedded: findings.embedded, settings: findings.settings)
    let shown = shown(findings)
    let omitted = corpus.checkpoints.count - shown.count
    let panels = chosen.map { choice, role in
      PromptPanelsFigure.Panel(
        title: title(of: choice.prompt, findings), role: role,
        clouds: corpus.checkpoints.indices.map { index in
          guard shown.contains(index) else { return .init(points: [], outline: []) }
          let offsets = corpus.promptOffsets[index]
          let points = Array(
            plane.coordinates[index].points[offsets[choice.prompt]..<offsets[choice.prompt + 1]])
          return .init(points: points, outline: ConvexPolygon(hullOf: points).vertices)
        })
    }
    let figure = PromptPanelsFigure(
      checkpoints: findings.checkpoints, panels: panels, xLabel: labels.axisLabel(0),
      yLabel: labels.axisLabel(1),
      text: FigureText(
        caption: labels.line,
        notes: omitted > 0
          ? ["\(shown.count) of \(corpus.checkpoints.count) checkpoints are shown, evenly spaced."]
          : []))
    let caption = """
      Outputs to single prompts in the joint plane, hulls around each checkpoint's. Shown are, by rule, the \
      \(each) prompts of \(ranked.count) whose dispersion fell most, the \(each) in the middle and the \
      \(each) that fell least or rose most, by the mean of the checkpoints' log ratios to \
      \(findings.words.baseline); all panels have one scale. \(labels.line)
      """
    var table = CSVWriter(header: ["prompt", "role", "checkpoint", "index", "x", "y"])
    for panel in panels {
      for (name, cloud) in zip(corpus.checkpointNames, panel.clouds) {
        for (index, point) in cloud.points.enumerated() {
          table.append([panel.title, panel.role, name, String(index)] + point.cells)
        }
      }
    }
    return [StudyFigure(figure, caption: caption, table: table)]
  }

  /// The baseline and the others, of many every so many, with the last.
  private static func shown(_ findings: StudyFindings) -> Set<Int> {
    let all = findings.corpus.checkpoints.indices
    let others = all.filter { $0 != findings.corpus.baselineIndex }
    guard others.count > mostOthers else { return Set(all) }
    let step = Double(others.count - 1) / Double(shownOfMany - 1)
    return Set(
      (0..<shownOfMany).map { others[Int((Double($0) * step).rounded())] }
        + [findings.corpus.baselineIndex])
  }

  private struct Choice {
    let prompt: Int
    let change: Double
  }

  /// Prompts by the mean over checkpoints of the log ratio of their dispersion, falls first; equal ones
  /// in the order of the study.
  private static func ranking(_ findings: StudyFindings) -> [Choice] {
    let corpus = findings.corpus
    var values: [String: [String: Double]] = [:]
    for row in findings.measured.promptMeasurements
    where row.metric == "dispersion" && row.variant.isEmpty && row.space == "embedding"
      && row.samples >= fewestSamples
    {
      if let value = row.value, value > 0 {
        values[row.promptID, default: [:]][row.checkpoint] = value
      }
    }
    let baseline = findings.corpus.checkpointNames[findings.corpus.baselineIndex]
    let choices = corpus.prompts.indices.compactMap { prompt -> Choice? in
      guard let own = values[corpus.prompts[prompt].id], let before = own[baseline] else {
        return nil
      }
      let changes = corpus.checkpointNames.compactMap { name in
        name == baseline ? nil : own[name].map { Elementary.log($0 / before) }
      }
      guard !changes.isEmpty else { return nil }
      return Choice(prompt: prompt, change: changes.reduce(0, +) / Double(changes.count))
    }
    return choices.sorted { $0.change != $1.change ? $0.change < $1.change : $0.prompt < $1.prompt }
  }

  /// The prompt's own words where the input has them, else its id.
  private static func title(of prompt: Int, _ findings: StudyFindings) -> String {
    let corpus = findings.corpus
    for index in corpus.checkpoints.indices {
      let offsets = corpus.promptOffsets[index]
      guard offsets[prompt] < offsets[prompt + 1] else { continue }
      if let text = corpus.record(of: index, row: offsets[prompt]).prompt {
        return String(text.prefix(160))
      }
    }
    return corpus.prompts[prompt].id
  }
}
