import AmbitFormats

/// What a run found, with everything that a tool says about it.
public struct StudyResult: Sendable {
  /// The folder that holds the results.
  public let folder: String
  /// What was dropped, found or assumed, in order.
  public let notes: [StudyNote]
  /// What was read, kept and reused, and how long it took; each line ended.
  let account: String
  /// The short table with its heading, for a terminal.
  public let summary: String
  /// What was taken over from earlier runs, in one line; nil where nothing was.
  public let reuse: String?
  /// `metrics.json`, the last line ended.
  public let json: String
  /// The figures, as paths.
  public let figures: [String]

  /// What was read, kept and reused, how long it took, and where everything is: a few lines.
  public var farewell: String {
    var text = account + (reuse.map { $0 + "\n" } ?? "") + "results: \(folder)/\n"
    if let first = figures.first { text += "figure:  \(first)\n" }
    return text
  }
}
