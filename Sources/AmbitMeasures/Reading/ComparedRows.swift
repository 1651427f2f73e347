internal import AmbitMatrix

/// The rows of one comparison, by what a reading asks of them.
struct ComparedRows {
  let checkpoint: String
  let reference: String
  private let rows: [Measurement]
  /// Per prompt, the log ratio of dispersion; `nil` where prompts have none.
  let dispersionEffects: [Double]?

  init(_ result: MeasureSuite.Result, checkpoint: String, reference: String) {
    self.checkpoint = checkpoint
    self.reference = reference
    rows = result.measurements.filter {
      $0.checkpoint == checkpoint && $0.reference == reference
    }
    dispersionEffects = PromptSeries(result, checkpoints: [reference, checkpoint])?
      .logs.map { $0[1] - $0[0] }
  }

  func primary(_ metric: String) -> Measurement? {
    rows.first { $0.metric == metric && $0.isPrimary }
  }

  /// A row of two sets in the embedding space, in its default form.
  func pair(_ metric: String) -> Measurement? {
    rows.first {
      $0.metric == metric && $0.space == "embedding" && !$0.variant.hasSuffix("_centred")
        && ($0.variant.isEmpty || $0.variant == TwoSetNull.neighbourVariant)
    }
  }

  func text(_ metric: String, _ variant: String) -> Measurement? {
    rows.first { $0.metric == metric && $0.variant == variant && $0.space == "text" }
  }
}

extension Measurement {
  /// Which way a row differs from its null.
  enum Direction {
    case down
    case up
    case unchanged
  }

  /// Down or up where the adjusted p is at most 5 % and the effect (or else the value) lies outside its
  /// null band; of an effect, its interval must exclude 0 too.
  var direction: Direction {
    guard let adjustedP, adjustedP <= 0.05, let number = effect ?? value else { return .unchanged }
    if effect != nil, let interval, interval.contains(0) { return .unchanged }
    guard let nullBand else {
      return effect.map { $0 < 0 ? .down : ($0 > 0 ? .up : .unchanged) } ?? .unchanged
    }
    if nullBand.contains(number) { return .unchanged }
    return number < nullBand.low ? .down : .up
  }

  /// Whether the whole interval of the effect lies within ± `margin`.
  func isWithin(_ margin: Double) -> Bool {
    guard effect != nil, let interval else { return false }
    return -margin < interval.low && interval.high < margin
  }
}
