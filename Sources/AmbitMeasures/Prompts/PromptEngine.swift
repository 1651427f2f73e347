internal import AmbitMatrix

/// Takes the measures that have a value for every prompt.
///
/// The effect is the mean over prompts of the log ratio; its interval Student's, or BCa over prompts
/// where they are many; its p value the sign-flip test (Test A). Prompts are paired wherever both
/// checkpoints answer the same ones. The expectation of a log depends on the samples per prompt, so
/// there is no effect where these differ.
struct PromptEngine: ComparingEngine {
  let context: StudyContext
  let space: MeasuredSpace
  let measures: [any PromptMeasure]
  /// One a variant of a measure: the rows of a table.
  let statistics: [Statistic]
  /// Per statistic, per checkpoint, per prompt; NaN where a prompt has no value.
  let values: [[[Double]]]

  /// One variant of a measure, and the place of the measure in the suite.
  struct Statistic: Sendable {
    let measure: any PromptMeasure
    let variant: String
    let order: Int
  }

  init(context: StudyContext, space: MeasuredSpace, measures: [any Measure]) {
    self.context = context
    self.space = space
    let design = context.design
    let chosen: [(order: Int, measure: any PromptMeasure)] = measures.enumerated().compactMap {
      guard design.hasPrompts, let measure = $0.element as? any PromptMeasure,
        measure.isPlanar == (space.kind == .plane)
      else { return nil }
      return ($0.offset, measure)
    }
    self.measures = chosen.map(\.measure)
    statistics = chosen.flatMap { entry in
      entry.measure.variants.map {
        Statistic(measure: entry.measure, variant: $0, order: entry.order)
      }
    }
    values = chosen.flatMap { entry in
      let found = space.coordinates.indices.map { checkpoint in
        entry.measure.values(
          of: space.coordinates[checkpoint], offsets: design.promptOffsets[checkpoint],
          workers: context.workers)
      }
      return entry.measure.variants.indices.map { variant in found.map { $0[variant] } }
    }
  }

  var isEmpty: Bool { measures.isEmpty }

  func null(of reference: Int) -> PromptNull {
    let samples: (any PromptSamples)? =
      space.kind == .plane
      ? PromptPlaces(
        coordinates: space.coordinates[reference],
        offsets: context.design.promptOffsets[reference])
      : PromptGrams(of: reference, context: context, space: space)
    return PromptNull(self, of: reference, samples: samples)
  }

  /// The rows of one checkpoint alone.
  func ownRows(of checkpoint: Int) -> [(order: Int, row: Measurement)] {
    statistics.indices.map { index in
      let order = statistics[index].order
      var row = blank(statistics[index], checkpoint, nil)
      let used = values[index][checkpoint].indices.filter { !values[index][checkpoint][$0].isNaN }
      guard note(statistics[index], [used.count], &row) else { return (order, row) }
      let known = used.map { values[index][checkpoint][$0] }
      row.prompts = used.count
      row.samples = sampleCounts(checkpoint, used).reduce(0, +)
      row.value = SampleMoments(known).mean
      row.interval = context.interval(of: known)
      row.noteGaps(units: known.count)
      return (order, row)
    }
  }

  /// The rows of one checkpoint against another.
  func comparedRows(
    checkpoint: Int, reference: Int, null: PromptNull?
  ) -> [(order: Int, row: Measurement)] {
    guard let null else { return [] }
    return statistics.indices.map { index in
      let order = statistics[index].order
      var row = blank(statistics[index], checkpoint, reference)
      let after = values[index][checkpoint]
      let before = values[index][reference]
      let isPaired = context.design.hasSamePrompts(checkpoint, reference)
      let used = after.indices.filter { !after[$0].isNaN && (!isPaired || !before[$0].isNaN) }
      let usedBefore = isPaired ? used : before.indices.filter { !before[$0].isNaN }
      guard note(statistics[index], [used.count, usedBefore.count], &row) else {
        return (order, row)
      }
      let counts = sampleCounts(checkpoint, used)
      row.prompts = used.count
      row.samples = counts.reduce(0, +)
      row.value = SampleMoments(used.map { after[$0] }).mean
      row.referenceValue = SampleMoments(usedBefore.map { before[$0] }).mean
      // The mean of a logarithm falls short by an amount that depends on the samples per prompt.
      if !Design.areEqual(counts, sampleCounts(reference, usedBefore), isPaired: isPaired) {
        row.flag(.unmatchedCounts)
        guard context.settings.force else { return (order, row) }
        row.flag(.forced)
      }
      if !null.isWithinUnits { row.flag(.halvesByPrompt) }
      guard let floor = PromptLogs.floor(from: usedBefore.map { before[$0] }) else {
        row.flag(.degenerate)
        return (order, row)
      }
      let tunedLogs = PromptLogs(used.map { after[$0] }, floor: floor)
      let baseLogs = PromptLogs(usedBefore.map { before[$0] }, floor: floor)
      let floored =
        isPaired
        ? used.count(where: { after[$0] < floor || before[$0] < floor })
        : tunedLogs.floored + baseLogs.floored
      if floored > 0 { row.flag(.floored(floored)) }
      context.compare(
        tunedLogs.values, baseLogs.values, isPaired: isPaired, band: .halves(null.band(index)),
        &row)
      row.noteGaps(units: min(used.count, usedBefore.count))
      return (order, row)
    }
  }

  /// The value of every prompt of a checkpoint.
  func promptRows(of checkpoint: Int) -> [PromptMeasurement] {
    let design = context.design
    return statistics.indices.flatMap { index in
      design.promptIDs[checkpoint].indices.map { prompt in
        let value = values[index][checkpoint][prompt]
        let offsets = design.promptOffsets[checkpoint]
        let size = offsets[prompt + 1] - offsets[prompt]
        let statistic = statistics[index]
        let hasEnough = size >= statistic.measure.samplesNeeded
        return PromptMeasurement(
          checkpoint: design.checkpoints[checkpoint],
          promptID: design.promptIDs[checkpoint][prompt], metric: statistic.measure.id,
          variant: statistic.variant, space: space.id, samples: size,
          value: value.isNaN ? nil : value,
          flags: !hasEnough ? [.fewSamples] : (value > 0 ? [] : [.degenerate]))
      }
    }
  }

  private func blank(
    _ statistic: Statistic, _ checkpoint: Int, _ reference: Int?
  ) -> Measurement {
    context.row(
      statistic.measure, scope: .within, space: space.id, variant: statistic.variant,
      checkpoint: checkpoint,
      reference: reference, kind: .meanLogRatio,
      isPaired: reference.map { context.design.hasSamePrompts(checkpoint, $0) } ?? true)
  }

  /// Flags what the sizes do; `false` where no prompt has a value.
  private func note(
    _ statistic: Statistic, _ counts: [Int], _ row: inout Measurement
  ) -> Bool {
    let fewest = counts.min() ?? 0
    let samples = context.design.fewestSamples
    if samples < 4 || (fewest == 0 && samples < statistic.measure.samplesNeeded) {
      row.flag(.fewSamples)
    }
    if fewest > 0 && fewest < StudyContext.fewestUnits { row.flag(.fewPrompts) }
    return fewest > 0
  }

  /// The number of samples of each of some prompts.
  private func sampleCounts(_ checkpoint: Int, _ prompts: [Int]) -> [Int] {
    let counts = context.design.sampleCounts(of: checkpoint)
    return prompts.map { counts[$0] }
  }
}

/// Logarithms of per-prompt values, those below a floor replaced by it; NaN of NaN.
///
/// A floor for zeros alone would let a value just above 0 weigh more than 0 itself.
package struct PromptLogs {
  package let values: [Double]
  /// How many values were below the floor.
  package let floored: Int

  package init(_ raw: [Double], floor: Double) {
    values = raw.map { Elementary.log($0 < floor ? floor : $0) }
    floored = raw.count(where: { $0 < floor })
  }

  /// 1 % of the median of the reference's values; of their mean where the median is 0; `nil` where all
  /// are 0.
  package static func floor(from reference: [Double]) -> Double? {
    guard let median = Quantile.median(reference) else { return nil }
    if median > 0 { return 0.01 * median }
    let mean = reference.reduce(0, +) / Double(reference.count)
    return mean > 0 ? 0.01 * mean : nil
  }
}
