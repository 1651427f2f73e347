internal import AmbitMatrix

/// Takes entropies and divergences by nearest neighbours, in spaces of few dimensions.
///
/// p values: labels shuffled within prompts (Test B), at most 999 times. Null band: random halves of the
/// reference. Intervals: the jackknife over random halves of the prompts, since neighbours jump.
struct NeighbourEntropyEngine: ComparingEngine, Sendable {
  let context: StudyContext
  let space: MeasuredSpace
  private let entropy: (measure: NeighbourEntropy, order: Int)?
  private let divergence: (measure: NeighbourDivergence, order: Int)?

  /// The order of the neighbour.
  static let k = 5
  static let mostPermutations = 999

  init(context: StudyContext, space: MeasuredSpace, measures: [any Measure]) {
    self.context = context
    self.space = space
    var entropy: (NeighbourEntropy, Int)?
    var divergence: (NeighbourDivergence, Int)?
    for (order, measure) in measures.enumerated() {
      if let measure = measure as? NeighbourEntropy { entropy = (measure, order) }
      if let measure = measure as? NeighbourDivergence { divergence = (measure, order) }
    }
    self.entropy = entropy
    self.divergence = divergence
  }

  private var dimension: Int { space.coordinates.first?.columnCount ?? 0 }

  var isEmpty: Bool { entropy == nil && divergence == nil }

  func null(of reference: Int) -> NeighbourEntropyNull { NeighbourEntropyNull(self, of: reference) }

  func allowsNull(checkpoint: Int, reference: Int) -> Bool {
    !isRefused && context.fitsAllPairs(checkpoint, reference)
  }

  /// Whether there is nothing to do but to refuse.
  private var isRefused: Bool {
    let fewest =
      entropy == nil ? NeighbourDivergence.mostDimensions : NeighbourEntropy.mostDimensions
    return (space.refusal != nil || dimension > fewest) && !context.settings.force
  }

  /// The row of one checkpoint alone.
  func ownRows(of checkpoint: Int) -> [(order: Int, row: Measurement)] {
    guard let entropy else { return [] }
    var row = blank(
      entropy.measure, NeighbourEntropy.variant, checkpoint, nil, kind: .difference)
    guard allows(NeighbourEntropy.mostDimensions, checkpoint, checkpoint, &row) else {
      return [(entropy.order, row)]
    }
    let distances = NearestDistances(space.coordinates[checkpoint], workers: context.workers)
    let groups = [UInt8](repeating: 0, count: distances.count)
    let value = NeighbourLogs(distances, groups: groups, k: Self.k).entropy(of: 0)
    let units = context.unitCount(checkpoint, nil)
    guard value.isFinite else {
      row.flag(.degenerate)
      return [(entropy.order, row)]
    }
    row.value = value
    let pairs = CosinePairs(
      units: [CosinePairs.rows(context.design.unitOffsets(of: checkpoint), from: 0)],
      isPaired: false)
    row.interval = interval(
      of: value, halves: halves(distances, groups, pairs.units)
    ) { $0.entropy(of: 0) }
    row.noteGaps(units: units)
    return [(entropy.order, row)]
  }

  /// The rows of one checkpoint against another.
  ///
  /// - Parameter null: of the reference; `nil` where there is nothing but to refuse.
  func comparedRows(
    checkpoint: Int, reference: Int, null: NeighbourEntropyNull?
  ) -> [(order: Int, row: Measurement)] {
    let evidence = null.flatMap { _ in
      context.fitsAllPairs(checkpoint, reference) ? Evidence(self, checkpoint, reference) : nil
    }
    var rows: [(order: Int, row: Measurement)] = []
    if let entropy {
      var row = blank(
        entropy.measure, NeighbourEntropy.variant, checkpoint, reference, kind: .difference)
      if allows(NeighbourEntropy.mostDimensions, checkpoint, reference, &row),
        let null, let evidence
      {
        row.value = finite(evidence.observed.entropy(of: 1))
        row.referenceValue = finite(evidence.observed.entropy(of: 0))
        let isMatched =
          context.design.rowCount(of: checkpoint) == context.design.rowCount(of: reference)
        if allowsCounts(isMatched, checkpoint, reference, &row) {
          finish(&row, evidence, null, band: null.entropy, tail: .twoSided) {
            $0.entropy(of: 1) - $0.entropy(of: 0)
          }
        }
      }
      rows.append((entropy.order, row))
    }
    if let divergence {
      for (index, variant) in divergence.measure.variants.enumerated() {
        var row = blank(divergence.measure, variant, checkpoint, reference, kind: nil)
        if allows(NeighbourDivergence.mostDimensions, checkpoint, reference, &row),
          allowsCounts(true, checkpoint, reference, &row), let null, let evidence
        {
          finish(&row, evidence, null, band: null.divergence[index], tail: .high) {
            $0.divergence(from: 1 - index)
          }
        }
        rows.append((divergence.order, row))
      }
    }
    return rows
  }

  /// Puts what resampling says of a statistic into a row: its effect where it has one, else its value.
  private func finish(
    _ row: inout Measurement, _ evidence: Evidence, _ null: NeighbourEntropyNull,
    band: Interval?, tail: PermutationTest.Tail, _ statistic: (NeighbourLogs) -> Double
  ) {
    let value = statistic(evidence.observed)
    if context.design.hasPrompts && !null.isWithinUnits { row.flag(.halvesByPrompt) }
    guard value.isFinite else {
      row.flag(.degenerate)
      return
    }
    let interval = interval(of: value, halves: evidence.halves, statistic)
    if row.effectKind != nil {
      row.setEffect(value, interval: interval, nullBand: band)
    } else {
      (row.value, row.interval, row.nullBand) = (value, interval, band)
    }
    if !evidence.permuted.isEmpty {
      row.p = PermutationTest.pValue(
        observed: value, replicates: evidence.permuted.map(statistic), tail: tail,
        isExhaustive: false)
      context.notePermutations(evidence.permuted.count, &row)
    }
    row.noteGaps(units: evidence.units)
  }

  /// What the neighbours say of two sets, of relabelled ones and of random halves.
  private struct Evidence {
    let observed: NeighbourLogs
    let permuted: [NeighbourLogs]
    let halves: [Halves]
    let units: Int

    init(_ engine: NeighbourEntropyEngine, _ checkpoint: Int, _ reference: Int) {
      let context = engine.context
      let distances = NearestDistances(
        Matrix.stacked([engine.space.coordinates[reference], engine.space.coordinates[checkpoint]]),
        workers: context.workers)
      let labels = StratifiedLabels(
        context.design, checkpoint: checkpoint, reference: reference, seed: context.settings.seed)
      units = context.unitCount(checkpoint, reference)
      observed = NeighbourLogs(distances, groups: labels.observed, k: k)
      guard units >= StudyContext.fewestUnits else {
        (permuted, halves) = ([], [])
        return
      }
      permuted = context.workers.map(min(mostPermutations, context.settings.permutations)) {
        var groups = labels.observed
        labels.write($0, to: &groups)
        return NeighbourLogs(distances, groups: groups, k: k)
      }
      let pairs = CosinePairs(context.design, checkpoint: checkpoint, reference: reference)
      halves = engine.halves(
        distances, labels.observed,
        pairs.isPaired ? [zip(pairs.units[0], pairs.units[1]).map { $0 + $1 }] : pairs.units)
    }
  }

  /// What is left when random halves of a list of units are left out.
  private struct Halves {
    let sums: [NeighbourLogs]
    let units: Int
  }

  private func halves(
    _ distances: NearestDistances, _ observed: [UInt8], _ lists: [[[Int]]]
  ) -> [Halves] {
    lists.map { units in
      Halves(
        sums: context.workers.map(Jackknife.halfCount) { replicate in
          var isDropped: [Bool] = []
          Jackknife.writeHalf(
            replicate, units: units.count, seed: context.settings.seed, to: &isDropped)
          var groups = observed
          for unit in units.indices where isDropped[unit] {
            for row in units[unit] { groups[row] = 2 }
          }
          return NeighbourLogs(distances, groups: groups, k: Self.k)
        }, units: units.count)
    }
  }

  private func interval(
    of value: Double, halves: [Halves], _ statistic: (NeighbourLogs) -> Double
  ) -> Interval? {
    var variance = 0.0
    for half in halves {
      guard
        let part = Jackknife.variance(
          ofHalves: half.sums.map(statistic), units: half.units, dropped: half.units / 2)
      else { return nil }
      variance += part
    }
    return context.studentInterval(
      estimate: value, variance: variance, units: halves.map(\.units).min() ?? 0)
  }

  /// Flags why a number is refused; whether it is given all the same.
  private func allows(
    _ mostDimensions: Int, _ checkpoint: Int, _ reference: Int, _ row: inout Measurement
  ) -> Bool {
    let reasons =
      (space.refusal.map { [$0] } ?? [])
      + (dimension > mostDimensions ? [MeasurementFlag.tooManyDimensions] : [])
    for reason in reasons { row.flag(reason) }
    guard context.fitsAllPairs(checkpoint, reference) else {
      row.flag(.tooManyRows)
      return false
    }
    if !reasons.isEmpty && context.settings.force { row.flag(.forced) }
    return reasons.isEmpty || context.settings.force
  }

  /// Flags numbers of outputs that do not compare: about a prompt's own mean the spread depends on the
  /// samples per prompt; whether the number is given all the same.
  private func allowsCounts(
    _ isMatched: Bool, _ checkpoint: Int, _ reference: Int, _ row: inout Measurement
  ) -> Bool {
    let fits =
      !space.isCentredWithinPrompts || context.design.hasSameSampleCounts(checkpoint, reference)
    if isMatched && fits { return true }
    row.flag(.unmatchedCounts)
    if context.settings.force { row.flag(.forced) }
    return context.settings.force
  }

  private func finite(_ value: Double) -> Double? { value.isFinite ? value : nil }

  private func blank(
    _ measure: any Measure, _ variant: String, _ checkpoint: Int, _ reference: Int?,
    kind: EffectKind?
  ) -> Measurement {
    var row = context.row(
      measure, scope: .pooled, space: space.id, variant: variant, checkpoint: checkpoint,
      reference: reference, kind: kind,
      isPaired: reference.map { context.design.hasSamePrompts(checkpoint, $0) } ?? true)
    if context.unitCount(checkpoint, reference) < StudyContext.fewestUnits {
      row.flag(.fewPrompts)
    }
    return row
  }
}
