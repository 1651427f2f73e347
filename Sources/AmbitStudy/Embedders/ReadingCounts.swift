package import AmbitEmbedding
import AmbitFormats

/// What an embedder read of a checkpoint's outputs.
package struct ReadingCounts: Equatable, Sendable {
  /// The checkpoint.
  let checkpoint: String
  /// Outputs embedded.
  var outputs = 0
  /// Outputs that go on beyond the window.
  var truncated = 0
  /// Outputs without tokens; their vectors are zero.
  var withoutTokens = 0
  /// Tokens read.
  var tokens = 0
  /// Tokens read that the model has no entry for.
  var unknownTokens = 0

  package init(checkpoint: String, _ readings: some Sequence<EmbeddedTexts.Reading>) {
    self.checkpoint = checkpoint
    for reading in readings {
      outputs += 1
      truncated += reading.isTruncated ? 1 : 0
      withoutTokens += reading.tokenCount == 0 ? 1 : 0
      tokens += reading.tokenCount
      unknownTokens += reading.unknownCount
    }
  }

  var truncatedShare: Double { outputs > 0 ? Double(truncated) / Double(outputs) : 0 }
  var unknownShare: Double { tokens > 0 ? Double(unknownTokens) / Double(tokens) : 0 }

  var json: JSON {
    [
      "outputs": .integer(outputs), "truncated": .integer(truncated),
      "truncated_share": .number(truncatedShare), "without_tokens": .integer(withoutTokens),
      "tokens": .integer(tokens), "unknown_token_share": .number(unknownShare),
    ]
  }
}

extension ReadingCounts {
  /// Shares of truncated outputs further apart than this are warned of.
  static let tolerableDifference = 0.02
  /// A share of unknown tokens above this is warned of.
  static let tolerableUnknown = 0.1

  /// `Outputs cut at 254 tokens: base 0 of 600 (0 %), sft 72 of 600 (12 %).`; nil where none was cut.
  ///
  /// Of more than six checkpoints only those with the smallest and the largest share are named.
  package static func truncation(_ counts: [ReadingCounts], window: Int?) -> String? {
    guard let window, counts.contains(where: { $0.truncated > 0 }) else { return nil }
    var named = counts
    if counts.count > 6 {
      let ranked = counts.enumerated().sorted {
        ($0.element.truncatedShare, $0.offset) < ($1.element.truncatedShare, $1.offset)
      }
      named = [ranked.first!.element, ranked.last!.element]
    }
    let shares = named.map { count in
      "\(count.checkpoint) \(count.truncated) of \(count.outputs) (\(percent(count.truncatedShare)))"
    }
    let list =
      named.count == counts.count
      ? shares.joined(separator: ", ") : "from \(shares[0]) to \(shares[1])"
    return "Outputs cut at \(window) tokens: \(list)."
  }

  /// What a reader of the results must know.
  package static func notes(
    _ counts: [ReadingCounts], embedder: String, window: Int?, canPoolWindows: Bool
  ) -> [StudyNote] {
    var notes: [StudyNote] = []
    if let text = truncation(counts, window: window) {
      notes.append(StudyNote(code: "texts_truncated", text: text))
    }
    let shares = counts.map(\.truncatedShare)
    if let low = shares.min(), let high = shares.max(), high - low > tolerableDifference {
      let remedy = canPoolWindows ? "--pool-windows reads all, or a" : "a"
      notes.append(
        StudyNote(
          code: "truncation_differs",
          text: "checkpoints are cut to different degrees (\(percent(low)) to \(percent(high)) of "
            + "their outputs): \(remedy) smaller --window-tokens makes them alike"))
    }
    for count in counts where count.withoutTokens > 0 {
      notes.append(
        StudyNote(
          code: "texts_without_tokens",
          text: count.withoutTokens == 1
            ? "\(count.checkpoint): 1 output has no tokens; its vector is zero"
            : "\(count.checkpoint): \(count.withoutTokens) outputs have no tokens; their vectors "
              + "are zero"))
    }
    for count in counts where count.unknownShare > tolerableUnknown {
      notes.append(
        StudyNote(
          code: "unknown_tokens",
          text: "\(count.checkpoint): \(embedder) does not know \(percent(count.unknownShare)) of "
            + "the tokens; take a multilingual model (--embedder FOLDER) or --embedder lexical"))
    }
    return notes
  }

  private static func percent(_ share: Double) -> String {
    let percent = share * 100
    return DecimalText.fixed(percent, decimals: percent > 0 && percent < 10 ? 1 : 0) + " %"
  }
}
