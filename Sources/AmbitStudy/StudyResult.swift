import AmbitFormats

/// What a run found, with everything that a tool says about it.
public struct StudyResult: Sendable {
  /// The folder that holds the results.
  public let folder: String
  /// What was dropped, found or assumed, in order.
  public let notes: [StudyNote]
  /// The short table with its heading, for a terminal.
  public let summary: String
  /// `metrics.json`, the last line ended.
  public let json: String
  /// The figures, as paths.
  public let figures: [String]

  /// Where everything is, in two lines.
  public var farewell: String {
    var text = "results: \(folder)/\n"
    if let first = figures.first { text += "figure:  \(first)\n" }
    return text
  }
}
