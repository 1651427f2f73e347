import AmbitCorpus
import AmbitFormats

/// What a run read, kept and reused, and how long it took: for people, never for results.
struct StudyAccount {
  let corpus: MatchedCorpus
  let embedded: EmbeddedCorpus
  /// Files that could not be read.
  let skipped: Int
  let seconds: [(stage: StudyStage, seconds: Double)]

  /// Each line ended.
  var text: String {
    [("read:", read), ("reused:", reused), ("took:", took)].compactMap { label, words in
      words.map { label.padded(to: 9) + $0 + "\n" }
    }.joined()
  }

  private var read: String? {
    let counts = corpus.report.checkpoints
    let files = Set(corpus.checkpoints.map(\.source.path)).count
    let outputs = counts.reduce(0) { $0 + $1.recordsRead }
    let kept = counts.reduce(0) { $0 + $1.rowsKept }
    let empty = counts.reduce(0) { $0 + $1.emptyDropped }
    var text =
      "\(Self.count(files, "file")), \(Self.count(outputs, "output")), "
      + (kept == outputs ? "all kept" : "\(DecimalText.grouped(kept)) kept")
    let dropped = [(empty, "empty"), (outputs - kept - empty, "without a match")].filter {
      $0.0 > 0
    }
    if !dropped.isEmpty {
      text +=
        "; dropped " + dropped.map { "\(DecimalText.grouped($0)) \($1)" }.joined(separator: ", ")
    }
    if skipped > 0 { text += "; \(Self.count(skipped, "file")) left out" }
    return text
  }

  private var reused: String? {
    guard let usage = embedded.cacheUsage else { return nil }
    let found = "the vectors of \(Self.count(usage.foundCount, "text")) from the cache"
    return usage.embeddedCount == 0
      ? found : "\(found); \(DecimalText.grouped(usage.embeddedCount)) embedded"
  }

  private var took: String? {
    let total = seconds.reduce(0) { $0 + $1.seconds }
    let long = seconds.filter { $0.seconds >= max(0.1, 0.05 * total) }
    let stages = long.map { "\($0.stage.rawValue) \(Self.time($0.seconds))" }
    return Self.time(total)
      + (stages.isEmpty ? "" : " (\(stages.joined(separator: ", ")))")
  }

  /// `12.3 s`, `4 min 5 s`.
  static func time(_ seconds: Double) -> String {
    guard seconds >= 90 else { return "\(DecimalText.fixed(seconds, decimals: 1)) s" }
    let whole = Int(seconds.rounded())
    return whole < 5400
      ? "\(whole / 60) min \(whole % 60) s" : "\(whole / 3600) h \(whole % 3600 / 60) min"
  }

  private static func count(_ count: Int, _ noun: String) -> String {
    "\(DecimalText.grouped(count)) \(noun)\(count == 1 ? "" : "s")"
  }
}

extension String {
  fileprivate func padded(to width: Int) -> String {
    self + String(repeating: " ", count: max(1, width - count))
  }
}
