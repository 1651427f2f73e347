import AmbitMeasures
import AmbitRendering

/// Rows of `metrics.csv` by measure and checkpoint: what comparisons with the baseline are drawn from.
struct MeasuredRows {
  /// Which rows: one a checkpoint.
  struct Key: Hashable {
    var metric: String
    var variant = ""
    var scope = Scope.pooled
    var space = "embedding"
  }

  let checkpoints: FigureCheckpoints
  /// The training step of every checkpoint, where all are known.
  let steps: [Double]?
  private var compared: [Key: [Measurement?]] = [:]
  private var own: [Key: Measurement] = [:]

  init(_ rows: [Measurement], checkpoints: FigureCheckpoints, steps: [Double]?) {
    self.checkpoints = checkpoints
    self.steps = steps
    let places = Dictionary(
      checkpoints.names.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
    let baseline = checkpoints.baseline.map { checkpoints.names[$0] }
    for row in rows {
      guard let place = places[row.checkpoint] else { continue }
      let key = Key(
        metric: row.metric, variant: row.variant, scope: row.scope, space: row.space)
      if row.reference.isEmpty {
        if place == checkpoints.baseline { own[key] = row }
      } else if row.reference == baseline {
        compared[
          key, default: [Measurement?](repeating: nil, count: checkpoints.names.count)][place] = row
      }
    }
  }

  /// Effects against the baseline, one a checkpoint; nil for the baseline, for what was refused, and for
  /// measures within prompts that saw one output a prompt, which say nothing of a prompt's answers.
  func effects(_ key: Key) -> [Estimate?] {
    each(key) { row in
      row.flags.contains(.fewSamples)
        ? nil
        : row.effect.map { Estimate($0, low: row.interval?.low, high: row.interval?.high) }
    }
  }

  /// Values, one a checkpoint, without intervals; the baseline's is its own.
  func values(_ key: Key) -> [Estimate?] {
    var values = each(key) { $0.value.map { Estimate($0) } }
    if let baseline = checkpoints.baseline {
      values[baseline] = own[key]?.value.map { Estimate($0) }
    }
    return values
  }

  /// Values of measures of two sets, whose intervals are those of the value.
  func pairValues(_ key: Key) -> [Estimate?] {
    each(key) { row in
      guard row.effect == nil else { return nil }
      return row.value.map { Estimate($0, low: row.interval?.low, high: row.interval?.high) }
    }
  }

  /// The widest null band of the rows.
  func null(_ key: Key) -> ClosedRange<Double>? {
    let bands = (compared[key] ?? []).compactMap { $0?.nullBand }
    guard let low = bands.map(\.low).min(), let high = bands.map(\.high).max(), low <= high
    else { return nil }
    return low...high
  }

  /// What kind of effect the rows have, where one has a number.
  func effectKind(_ key: Key) -> EffectKind? {
    (compared[key] ?? []).compactMap { $0 }.first { $0.effect != nil }?.effectKind
  }

  private func each(_ key: Key, _ estimate: (Measurement) -> Estimate?) -> [Estimate?] {
    guard let rows = compared[key] else {
      return [Estimate?](repeating: nil, count: checkpoints.names.count)
    }
    return rows.map { $0.flatMap(estimate) }
  }
}
