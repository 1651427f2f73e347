internal import AmbitMatrix

/// Takes the measures that are functions of prompt moments.
///
/// Intervals: BCa bootstrap over prompts, or Student's jackknife interval where prompts are few.
/// p values: whole prompts exchanged between the two models, each about its own mean. Every replicate
/// is a weighted sum of prompt moments, so all of them together are one matrix product.
struct MomentEngine {
  let context: StudyContext
  let space: MeasuredSpace
  let measures: [(measure: any MomentMeasure, order: Int)]
  let units: [MomentUnits]
  /// Other rows of the same outputs, whose moments are taken off.
  let subtracted: (space: MeasuredSpace, units: [MomentUnits])?

  /// - Parameter subtracted: for measures of halves, rows whose moments are taken off those of `space`.
  init(
    context: StudyContext, space: MeasuredSpace, measures: [any Measure],
    less subtracted: MeasuredSpace? = nil
  ) {
    self.context = context
    self.space = space
    self.measures = measures.enumerated().compactMap { index, measure in
      guard let measure = measure as? any MomentMeasure,
        measure.isOfHalves == (subtracted != nil),
        context.design.hasPrompts || !measure.needsPrompts
      else { return nil }
      return (measure, index)
    }
    func units(_ space: MeasuredSpace) -> [MomentUnits] {
      space.coordinates.indices.map {
        MomentUnits(
          space.coordinates[$0], offsets: context.design.unitOffsets(of: $0),
          workers: context.workers)
      }
    }
    self.units = units(space)
    self.subtracted = subtracted.map { ($0, units($0)) }
  }

  /// What resampling says of one checkpoint alone, used by every comparison that it takes part in.
  struct Resampled: Sendable {
    var value: PromptMoments
    var leaveOneOut: [PromptMoments]
    var bootstrap: [PromptMoments]
  }

  func resampled(_ checkpoint: Int) -> Resampled {
    let own = resampled(units[checkpoint], checkpoint)
    guard let subtracted else { return own }
    let other = resampled(subtracted.units[checkpoint], checkpoint)
    return Resampled(
      value: own.value - other.value,
      leaveOneOut: zip(own.leaveOneOut, other.leaveOneOut).map(-),
      bootstrap: zip(own.bootstrap, other.bootstrap).map(-))
  }

  private func resampled(_ group: MomentUnits, _ checkpoint: Int) -> Resampled {
    let isPaired = context.design.isPaired
    // Paired checkpoints must draw the same prompts, unpaired ones independently.
    let seed = context.settings.seed &+ (isPaired ? 0 : UInt64(checkpoint + 1) << 32)
    let needsBootstrap = group.count >= StudyContext.bootstrapFrom
    return Resampled(
      value: group.total.moments, leaveOneOut: group.leaveOneOut(),
      bootstrap: !needsBootstrap
        ? []
        : group.resampled(
          context.settings.resamples,
          groups: [MomentUnits.Group(origin: .zero(for: group), sign: 1)],
          workers: context.workers
        ) { replicate, counts in
          Bootstrap.writeCounts(.bootstrap, seed: seed, replicate: replicate, to: &counts)
        })
  }

  /// The moments of both groups under every relabelling, the observed ones first.
  private func permuted(_ checkpoint: Int, _ reference: Int) -> (LabelSwaps, [PromptMoments]) {
    let swaps = LabelSwaps(
      first: units[reference].count, second: units[checkpoint].count,
      isPaired: context.design.isPaired, permutations: context.settings.permutations,
      seed: context.settings.seed)
    let own = permuted(units[checkpoint], units[reference], swaps)
    guard let other = subtracted?.units else { return (swaps, own) }
    return (swaps, zip(own, permuted(other[checkpoint], other[reference], swaps)).map(-))
  }

  private func permuted(
    _ tuned: MomentUnits, _ base: MomentUnits, _ swaps: LabelSwaps
  ) -> [PromptMoments] {
    let isPaired = context.design.isPaired
    let exchange = isPaired ? tuned.difference(to: base) : base.joined(with: tuned)
    let groups =
      isPaired
      ? [
        MomentUnits.Group(origin: base.total.like(exchange, base), sign: -1),
        MomentUnits.Group(origin: tuned.total.like(exchange, tuned), sign: 1),
      ]
      : [
        MomentUnits.Group(origin: exchange.total, sign: -1),
        MomentUnits.Group(origin: .zero(for: exchange), sign: 1),
      ]
    return exchange.resampled(swaps.count + 1, groups: groups, workers: context.workers) {
      replicate, weights in
      if replicate == 0 {
        for index in weights.indices {
          weights[index] = isPaired || index < base.count ? 0 : 1
        }
        return
      }
      var flags = [UInt8](repeating: 0, count: swaps.flagCount)
      swaps.write(replicate - 1, to: &flags)
      for index in weights.indices { weights[index] = Float(flags[index]) }
    }
  }

  /// The rows of one checkpoint alone.
  func ownRows(of checkpoint: Int, _ resampled: Resampled) -> [(order: Int, row: Measurement)] {
    measures.map { measure, order in
      var row = context.row(
        measure, scope: measure.scope, space: space.id, variant: measure.variant,
        checkpoint: checkpoint, reference: nil, kind: nil, isPaired: context.design.isPaired)
      guard noteSamples(measure, checkpoint, nil, &row) else { return (order, row) }
      let value = measure.value(of: resampled.value)
      guard value.isFinite else {
        row.flag(.degenerate)
        return (order, row)
      }
      row.value = value
      row.interval = context.smoothInterval(
        estimate: value, leaveOneOut: [resampled.leaveOneOut.map(measure.value)]
      ) { resampled.bootstrap.map(measure.value) }
      row.noteGaps(units: context.unitCount(checkpoint, nil))
      return (order, row)
    }
  }

  /// The rows of one checkpoint against another.
  func comparedRows(
    checkpoint: Int, reference: Int, _ tuned: Resampled, _ base: Resampled, bands: MomentNull
  ) -> [(order: Int, row: Measurement)] {
    guard !measures.isEmpty else { return [] }
    let hasEnough = context.unitCount(checkpoint, reference) >= StudyContext.fewestUnits
    let (swaps, exchanged) =
      hasEnough
      ? permuted(checkpoint, reference)
      : (LabelSwaps(first: 0, second: 0, isPaired: true, permutations: 0, seed: 0), [])
    return measures.enumerated().map { index, entry in
      let (measure, order) = entry
      var row = context.row(
        measure, scope: measure.scope, space: space.id, variant: measure.variant,
        checkpoint: checkpoint, reference: reference, kind: measure.effectKind,
        isPaired: context.design.isPaired)
      guard noteSamples(measure, checkpoint, reference, &row) else { return (order, row) }
      let value = measure.value(of: tuned.value)
      let referenceValue = measure.value(of: base.value)
      row.value = value.isFinite ? value : nil
      row.referenceValue = referenceValue.isFinite ? referenceValue : nil
      if !bands.isWithinUnits && context.design.hasPrompts { row.flag(.halvesByPrompt) }
      func effect(_ tuned: PromptMoments, _ base: PromptMoments) -> Double {
        measure.effectKind.effect(of: measure.value(of: tuned), against: measure.value(of: base))
      }
      let observed = effect(tuned.value, base.value)
      guard observed.isFinite else {
        row.flag(.degenerate)
        return (order, row)
      }
      let isPaired = context.design.isPaired
      let leftOut =
        isPaired
        ? [zip(tuned.leaveOneOut, base.leaveOneOut).map(effect)]
        : [
          tuned.leaveOneOut.map { effect($0, base.value) },
          base.leaveOneOut.map { effect(tuned.value, $0) },
        ]
      let interval = context.smoothInterval(estimate: observed, leaveOneOut: leftOut) {
        zip(tuned.bootstrap, base.bootstrap).map(effect)
      }
      row.setEffect(observed, interval: interval, nullBand: bands.band(index))
      row.noteGaps(units: context.unitCount(checkpoint, reference))
      if hasEnough {
        let effects = (0...swaps.count).map {
          effect(exchanged[2 * $0 + 1], exchanged[2 * $0])
        }
        row.p = PermutationTest.pValue(
          observed: effects[0], replicates: Array(effects[1...]), tail: .twoSided,
          isExhaustive: swaps.isExhaustive)
      }
      return (order, row)
    }
  }

  /// Flags what the sizes do to a measure; `false` where it must be refused.
  private func noteSamples(
    _ measure: any MomentMeasure, _ checkpoint: Int, _ reference: Int?, _ row: inout Measurement
  ) -> Bool {
    if context.unitCount(checkpoint, reference) < StudyContext.fewestUnits { row.flag(.fewPrompts) }
    let differs = reference.map {
      context.design.rowCount(of: $0) != context.design.rowCount(of: checkpoint)
    }
    if differs == true { row.flag(.unmatchedCounts) }
    guard context.design.hasPrompts, measure.samplesNeeded > 1 else { return true }
    let fewest = context.design.fewestSamples
    if fewest < 4 { row.flag(.fewSamples) }
    return fewest >= measure.samplesNeeded
  }
}

extension MomentOrigin {
  /// The same sums with those of rows spelt out, where the units that will be added have them.
  func like(_ exchange: MomentUnits, _ own: MomentUnits) -> MomentOrigin {
    var result = self
    if exchange.sums == nil {
      result.sums = nil
    } else if result.sums == nil {
      result.sums = means.map { $0 * own.size }
    }
    return result
  }
}
