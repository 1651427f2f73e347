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
  /// The checkpoints that a line joins, one list a lineage; nil for one line through all.
  let lines: [[Int]]?
  /// Per checkpoint, the one that it is compared with: the first of its lineage, else the baseline.
  private let references: [Int?]
  private var compared: [Key: [Measurement?]] = [:]
  private var own: [Key: [Int: Measurement]] = [:]

  init(
    _ rows: [Measurement], checkpoints: FigureCheckpoints, steps: [Double]?,
    lines: [[Int]]? = nil
  ) {
    self.checkpoints = checkpoints
    self.steps = steps
    self.lines = lines
    let references = checkpoints.names.indices.map { place in
      let own = lines?.first { $0.dropFirst().contains(place) }
      return own?.first ?? (place == checkpoints.baseline ? nil : checkpoints.baseline)
    }
    self.references = references
    let places = Dictionary(
      checkpoints.names.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
    for row in rows {
      guard let place = places[row.checkpoint] else { continue }
      let key = Key(
        metric: row.metric, variant: row.variant, scope: row.scope, space: row.space)
      if row.reference.isEmpty {
        own[key, default: [:]][place] = row
      } else if row.reference == references[place].map({ checkpoints.names[$0] }) {
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

  /// The same with 0 for the baselines, which lines begin with.
  func effectsFromBaselines(_ key: Key) -> [Estimate?] {
    var effects = effects(key)
    for baseline in baselines { effects[baseline] = effects[baseline] ?? Estimate(0) }
    return effects
  }

  /// Values, one a checkpoint, without intervals; those of baselines are their own.
  func values(_ key: Key) -> [Estimate?] {
    var values = each(key) { $0.value.map { Estimate($0) } }
    for baseline in baselines {
      values[baseline] = values[baseline] ?? own[key]?[baseline]?.value.map { Estimate($0) }
    }
    return values
  }

  /// The checkpoints that others are compared with, in order.
  private var baselines: [Int] {
    checkpoints.names.indices.filter { place in
      place == checkpoints.baseline || references.contains(place)
    }
  }

  /// What effects are against, in words.
  var baselineName: String {
    let used = Set(references.compactMap { $0 })
    return used.count > 1
      ? "the baseline of the lineage"
      : used.first.map { checkpoints.names[$0] } ?? checkpoints.baselineName
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
