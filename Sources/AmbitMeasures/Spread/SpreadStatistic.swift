internal import AmbitMatrix

/// A statistic of one checkpoint, and what it is where units are left out.
struct SpreadStatistic: Sendable {
  /// NaN where undefined.
  var value: Double
  /// One value a deletion, in an order that two checkpoints of the same prompts share; empty where
  /// units are too few for an interval.
  var leftOut: [Double]
}

/// Which units leave in turn.
enum Deletion: Sendable {
  /// Each unit, or each of some groups of units: for smooth statistics.
  case each
  /// Random halves of the units: for statistics that jump as quantiles and neighbours do.
  case halves
}

/// What chance does to the statistics of a comparison.
struct ChanceOfEffect: Sendable {
  /// The effect between random halves of the reference.
  var band: Interval?
  /// Whether each prompt's samples were split.
  var isWithinUnits: Bool
  /// The effect by the numbers that relabellings use; they may differ from others by rounding.
  var observed: Double?
  /// The effect of each relabelling.
  var permuted: [Double] = []
}

extension StudyContext {
  /// The row of one checkpoint alone. `kind` says on which scale its interval is taken.
  func ownRow(
    _ blank: Measurement, _ statistic: SpreadStatistic, kind: EffectKind, deletion: Deletion,
    checkpoint: Int
  ) -> Measurement {
    var row = blank
    let units = unitCount(checkpoint, nil)
    if units < Self.fewestUnits { row.flag(.fewPrompts) }
    guard statistic.value.isFinite else {
      row.flag(.degenerate)
      return row
    }
    row.value = statistic.value + 0
    let isLogarithm = kind != .difference
    func scaled(_ value: Double) -> Double { isLogarithm ? Self.logarithm(value) : value }
    let interval = interval(
      estimate: scaled(statistic.value), lists: [statistic.leftOut.map(scaled)], deletion, [units])
    row.interval = isLogarithm ? interval?.exponential : interval
    row.noteGaps(units: units)
    return row
  }

  /// The row of one checkpoint against another.
  func comparedRow(
    _ blank: Measurement, _ after: SpreadStatistic, _ before: SpreadStatistic, kind: EffectKind,
    deletion: Deletion, checkpoint: Int, reference: Int, _ chance: ChanceOfEffect
  ) -> Measurement {
    var row = blank
    let units = unitCount(checkpoint, reference)
    if units < Self.fewestUnits { row.flag(.fewPrompts) }
    row.value = after.value.isFinite ? after.value + 0 : nil
    row.referenceValue = before.value.isFinite ? before.value + 0 : nil
    if design.hasPrompts && !chance.isWithinUnits { row.flag(.halvesByPrompt) }
    let effect = kind.effect(of: after.value, against: before.value)
    guard effect.isFinite else {
      row.flag(.degenerate)
      return row
    }
    let lists: [[Double]]
    if design.hasSamePrompts(checkpoint, reference) {
      lists = [zip(after.leftOut, before.leftOut).map { kind.effect(of: $0, against: $1) }]
    } else {
      lists = [
        after.leftOut.map { kind.effect(of: $0, against: before.value) },
        before.leftOut.map { kind.effect(of: after.value, against: $0) },
      ]
    }
    row.setEffect(
      effect,
      interval: interval(
        estimate: effect, lists: lists, deletion,
        lists.count == 1 ? [units] : [unitCount(checkpoint, nil), unitCount(reference, nil)]),
      nullBand: chance.band)
    if units >= Self.fewestUnits {
      row.p = PermutationTest.pValue(
        observed: chance.observed ?? effect, replicates: chance.permuted, tail: .twoSided,
        isExhaustive: false)
      notePermutations(chance.permuted.count, &row)
    }
    row.noteGaps(units: units)
    return row
  }

  /// Student's interval from deletions, one list where units leave both checkpoints together.
  private func interval(
    estimate: Double, lists: [[Double]], _ deletion: Deletion, _ units: [Int]
  ) -> Interval? {
    switch deletion {
    case .each: return jackknifeInterval(estimate: estimate, leaveOneOut: lists)
    case .halves:
      var variance = 0.0
      for (list, count) in zip(lists, units) {
        guard
          let part = Jackknife.variance(ofHalves: list, units: count, dropped: count / 2)
        else { return nil }
        variance += part
      }
      return studentInterval(estimate: estimate, variance: variance, units: units.min() ?? 0)
    }
  }
}
