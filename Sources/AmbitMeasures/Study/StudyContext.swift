internal import AmbitMatrix

/// What every engine is given.
struct StudyContext: Sendable {
  let design: Design
  let settings: InferenceSettings
  let workers: Workers

  /// Below this many units no interval and no p value is given.
  static let fewestUnits = SignFlipTest.fewestPrompts

  /// Below this many units intervals are Student's; from it on, BCa. See `Benchmarks/validation.md`.
  static let bootstrapFrom = 50

  /// A row with its identity and nothing measured yet.
  ///
  /// - Parameter isPaired: whether units are compared pair by pair.
  func row(
    _ measure: any Measure, scope: Scope, space: String, variant: String, checkpoint: Int,
    reference: Int?, kind: EffectKind?, isPaired: Bool
  ) -> Measurement {
    var flags: [MeasurementFlag] = []
    if !design.hasPrompts { flags.append(.noPrompts) }
    if reference != nil, design.hasPrompts, !isPaired { flags.append(.unpaired) }
    return Measurement(
      checkpoint: design.checkpoints[checkpoint],
      reference: reference.map { design.checkpoints[$0] } ?? "", scope: scope, space: space,
      metric: measure.id, variant: variant, polarity: measure.polarity,
      prompts: design.hasPrompts ? design.promptIDs[checkpoint].count : 0,
      samples: design.rowCount(of: checkpoint), effectKind: reference == nil ? nil : kind,
      flags: flags, isPrimary: false)
  }

  /// The fewest independent units of the checkpoints compared.
  func unitCount(_ checkpoint: Int, _ reference: Int?) -> Int {
    let own = design.unitOffsets(of: checkpoint).count - 1
    return reference.map { min(own, design.unitOffsets(of: $0).count - 1) } ?? own
  }

  /// The interval of a smooth statistic of independent units: BCa, or Student's jackknife interval
  /// where units are few.
  func smoothInterval(
    estimate: Double, leaveOneOut: [[Double]], replicates: () -> [Double]
  ) -> Interval? {
    let fewest = leaveOneOut.map(\.count).min() ?? 0
    guard fewest >= Self.fewestUnits, estimate.isFinite else { return nil }
    if fewest >= Self.bootstrapFrom {
      return .biasCorrected(
        replicates(), estimate: estimate, leaveOneOut: Array(leaveOneOut.joined()))
    }
    return jackknifeInterval(estimate: estimate, leaveOneOut: leaveOneOut)
  }

  /// Student's interval from a variance, where units are not too few.
  func studentInterval(estimate: Double, variance: Double?, units: Int) -> Interval? {
    guard units >= Self.fewestUnits, let variance else { return nil }
    return .studentT(estimate: estimate, variance: variance, degrees: Double(units - 1))
  }

  /// The logarithm, NaN where there is none.
  static func logarithm(_ value: Double) -> Double { value > 0 ? Elementary.log(value) : .nan }

  /// Student's interval from leave-one-out values, one list where units are paired, else two.
  func jackknifeInterval(estimate: Double, leaveOneOut: [[Double]]) -> Interval? {
    let fewest = leaveOneOut.map(\.count).min() ?? 0
    guard fewest >= Self.fewestUnits else { return nil }
    var variance = 0.0
    for list in leaveOneOut {
      guard let part = Jackknife.variance(list) else { return nil }
      variance += part
    }
    return .studentT(estimate: estimate, variance: variance, degrees: Double(fewest - 1))
  }
}

extension Measurement {
  /// Flags why a number stands without an interval, or an effect without a null band.
  mutating func noteGaps(units: Int) {
    let lacksBand = !reference.isEmpty && nullBand == nil
    guard interval == nil || lacksBand else { return }
    flag(units < StudyContext.fewestUnits ? .fewPrompts : .degenerate)
  }

  /// Adds a flag in its place, once.
  mutating func flag(_ flag: MeasurementFlag) {
    if !flags.contains(flag) { flags.append(flag) }
    flags.sort { $0.order < $1.order }
  }

  /// Sets effect, interval and null band from raw numbers, turned so that negative is less diverse.
  mutating func setEffect(_ raw: Double, interval: Interval?, nullBand: Interval?) {
    let sign = polarity.sign
    // −0 would print as "-0".
    effect = sign * raw + 0
    self.interval = interval?.aligned(sign)
    self.nullBand = nullBand?.aligned(sign)
  }
}

extension EffectKind {
  /// The effect of two values, NaN where it is undefined.
  func effect(of value: Double, against reference: Double) -> Double {
    switch self {
    case .difference: value - reference
    case .logRatio, .meanLogRatio:
      value > 0 && reference > 0 ? Elementary.log(value / reference) : .nan
    }
  }
}
