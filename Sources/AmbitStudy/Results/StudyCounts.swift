import AmbitCorpus

/// How many prompts, samples and outputs a study compares, in words that are true of every checkpoint.
struct StudyCounts {
  private let corpus: MatchedCorpus

  init(_ corpus: MatchedCorpus) { self.corpus = corpus }

  /// `600 outputs`, `1 output`, `90 to 180 outputs`.
  var outputs: String { Self.range(corpus.rows.map(\.count), "output") }

  /// `60 prompts × 10 samples`, `60 prompts × 1 sample`; `404 to 803 prompts, 1 to 3 samples each` where
  /// checkpoints differ; `no prompts`.
  var units: String {
    guard corpus.hasPrompts else { return "no prompts" }
    let prompts = corpus.promptOffsets.map { offsets in
      zip(offsets, offsets.dropFirst()).count { $0 < $1 }
    }
    let samples = corpus.report.samplesPerPrompt
    let each = Self.range([samples.lowerBound, samples.upperBound], "sample")
    let isProduct = Set(prompts).count == 1 && samples.count == 1
    return "\(Self.range(prompts, "prompt"))\(isProduct ? " × \(each)" : ", \(each) each")"
  }

  private static func range(_ counts: [Int], _ noun: String) -> String {
    let low = counts.min() ?? 0
    let high = counts.max() ?? 0
    if low == high { return "\(low) \(noun)\(low == 1 ? "" : "s")" }
    return "\(low) to \(high) \(noun)s"
  }
}
