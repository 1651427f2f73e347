import AmbitFormats
import AmbitRendering

/// A kind of figure for which the rows of `metrics.csv` are enough.
protocol RowFigureSource: FigureSource {
  /// Nil where the rows do not support it. Without `words` the caption says only what rows tell.
  static func figure(_ rows: MeasuredRows, words: FigureWords?) -> StudyFigure?
}

extension RowFigureSource {
  static func figures(of findings: StudyFindings) -> [StudyFigure] {
    [figure(findings.rows, words: findings.words)].compactMap { $0 }
  }
}

extension FigureCheckpoints {
  var baselineName: String { baseline.map { names[$0] } ?? "the baseline" }
}

extension Estimate {
  /// Value and ends of the interval as cells; empty where there is none.
  var cells: [String] { [DecimalText.shortest(value)] + interval.cells }
}

extension ClosedRange<Double>? {
  /// Both ends as cells.
  var cells: [String] {
    map { [DecimalText.shortest($0.lowerBound), DecimalText.shortest($0.upperBound)] } ?? ["", ""]
  }
}

extension SIMD2<Double> {
  /// Both coordinates as cells.
  var cells: [String] { [DecimalText.shortest(x), DecimalText.shortest(y)] }
}
