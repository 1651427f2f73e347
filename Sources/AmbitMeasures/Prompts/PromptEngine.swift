internal import AmbitMatrix

/// Takes the measures that have a value for every prompt.
///
/// The effect is the mean over prompts of the log ratio; its interval Student's, or BCa over prompts
/// where they are many; its p value the sign-flip test (Test A).
struct PromptEngine {
  let context: StudyContext
  let space: MeasuredSpace
  let measures: [(measure: any PromptMeasure, order: Int)]
  /// Per measure, per checkpoint, per prompt; NaN where a prompt has too few samples.
  let values: [[[Double]]]

  init(context: StudyContext, space: MeasuredSpace, measures: [any Measure]) {
    self.context = context
    self.space = space
    let design = context.design
    self.measures = measures.enumerated().compactMap { index, measure in
      guard design.hasPrompts, let measure = measure as? any PromptMeasure else { return nil }
      return (measure, index)
    }
    values = self.measures.map { entry in
      space.coordinates.indices.map { checkpoint in
        entry.measure.values(
          of: space.coordinates[checkpoint], offsets: design.promptOffsets[checkpoint],
          workers: context.workers)
      }
    }
  }

  /// The rows of one checkpoint alone.
  func ownRows(of checkpoint: Int) -> [(order: Int, row: Measurement)] {
    measures.indices.map { index in
      let (measure, order) = measures[index]
      var row = blank(measure, checkpoint, nil)
      let known = values[index][checkpoint].filter { !$0.isNaN }
      guard note(measure, [known.count], &row) else { return (order, row) }
      row.prompts = known.count
      row.value = mean(known)
      row.interval = interval(of: known)
      return (order, row)
    }
  }

  /// The rows of one checkpoint against another.
  func comparedRows(
    checkpoint: Int, reference: Int, bands: PromptNull
  ) -> [(order: Int, row: Measurement)] {
    measures.indices.map { index in
      let (measure, order) = measures[index]
      var row = blank(measure, checkpoint, reference)
      let after = values[index][checkpoint]
      let before = values[index][reference]
      let isPaired = context.design.isPaired
      let used = after.indices.filter { !after[$0].isNaN && (!isPaired || !before[$0].isNaN) }
      let usedBefore = isPaired ? used : before.indices.filter { !before[$0].isNaN }
      guard note(measure, [used.count, usedBefore.count], &row) else { return (order, row) }
      row.prompts = used.count
      row.value = mean(used.map { after[$0] })
      row.referenceValue = mean(usedBefore.map { before[$0] })
      if !bands.isWithinUnits { row.flag(.halvesByPrompt) }
      guard let floor = PromptLogs.floor(from: usedBefore.map { before[$0] }) else {
        row.flag(.degenerate)
        return (order, row)
      }
      let tunedLogs = PromptLogs(used.map { after[$0] }, floor: floor)
      let baseLogs = PromptLogs(usedBefore.map { before[$0] }, floor: floor)
      let floored =
        isPaired
        ? used.count(where: { after[$0] <= 0 || before[$0] <= 0 })
        : tunedLogs.floored + baseLogs.floored
      if floored > 0 { row.flag(.floored(floored)) }
      let band = bands.band(index)
      if isPaired {
        let effects = zip(tunedLogs.values, baseLogs.values).map(-)
        row.setEffect(mean(effects), interval: interval(of: effects), nullBand: band)
        row.p = SignFlipTest.pValue(
          effects, permutations: context.settings.permutations, seed: context.settings.seed,
          workers: context.workers)
      } else {
        setUnpaired(tunedLogs.values, baseLogs.values, band, &row)
      }
      return (order, row)
    }
  }

  /// The value of every prompt of every checkpoint.
  func promptRows() -> [PromptMeasurement] {
    let design = context.design
    return design.checkpoints.indices.flatMap { checkpoint in
      measures.indices.flatMap { index in
        design.promptIDs[checkpoint].indices.map { prompt in
          let value = values[index][checkpoint][prompt]
          let offsets = design.promptOffsets[checkpoint]
          return PromptMeasurement(
            checkpoint: design.checkpoints[checkpoint],
            promptID: design.promptIDs[checkpoint][prompt], metric: measures[index].measure.id,
            variant: "", space: space.id, samples: offsets[prompt + 1] - offsets[prompt],
            value: value.isNaN ? nil : value,
            flags: value.isNaN ? [.fewSamples] : (value == 0 ? [.degenerate] : []))
        }
      }
    }
  }

  /// Other prompts on either side: Welch's interval and a permutation of the prompts' labels.
  private func setUnpaired(
    _ after: [Double], _ before: [Double], _ band: Interval?, _ row: inout Measurement
  ) {
    let effect = mean(after) - mean(before)
    let parts = [after, before].map { values in
      let middle = mean(values)
      let squares = values.reduce(0) { $0 + ($1 - middle) * ($1 - middle) }
      return squares / Double(values.count - 1) / Double(values.count)
    }
    let variance = parts[0] + parts[1]
    let degrees =
      variance > 0
      ? variance * variance
        / (parts[0] * parts[0] / Double(after.count - 1)
          + parts[1] * parts[1] / Double(before.count - 1))
      : 1
    row.setEffect(
      effect, interval: .studentT(estimate: effect, variance: variance, degrees: degrees),
      nullBand: band)
    guard min(after.count, before.count) >= StudyContext.fewestUnits else { return }
    let joined = before + after
    let swaps = LabelSwaps(
      first: before.count, second: after.count, isPaired: false,
      permutations: context.settings.permutations, seed: context.settings.seed)
    let replicates = context.workers.map(swaps.count) { replicate in
      var flags = [UInt8](repeating: 0, count: joined.count)
      swaps.write(replicate, to: &flags)
      var sums = (0.0, 0.0)
      for index in joined.indices {
        if flags[index] == 0 { sums.0 += joined[index] } else { sums.1 += joined[index] }
      }
      return sums.1 / Double(after.count) - sums.0 / Double(before.count)
    }
    row.p = PermutationTest.pValue(
      observed: effect, replicates: replicates, tail: .twoSided, isExhaustive: false)
  }

  /// Student's interval of a mean, or BCa where there are many values.
  private func interval(of values: [Double]) -> Interval? {
    guard values.count >= StudyContext.bootstrapFrom else { return .studentT(values) }
    let sum = values.reduce(0, +)
    let count = Double(values.count)
    return .biasCorrected(
      Bootstrap.means(
        of: values, replicates: context.settings.resamples, seed: context.settings.seed,
        workers: context.workers),
      estimate: sum / count, leaveOneOut: values.map { (sum - $0) / (count - 1) })
  }

  private func blank(_ measure: any Measure, _ checkpoint: Int, _ reference: Int?) -> Measurement {
    context.row(
      measure, scope: .within, space: space.id, variant: "", checkpoint: checkpoint,
      reference: reference, kind: .meanLogRatio)
  }

  /// Flags what the sizes do; `false` where no prompt has a value.
  private func note(_ measure: any PromptMeasure, _ counts: [Int], _ row: inout Measurement) -> Bool
  {
    if context.design.fewestSamples < 4 { row.flag(.fewSamples) }
    let fewest = counts.min() ?? 0
    if fewest > 0 && fewest < StudyContext.fewestUnits { row.flag(.fewPrompts) }
    return fewest > 0
  }

  private func mean(_ values: [Double]) -> Double {
    values.reduce(0, +) / Double(values.count)
  }
}

/// Logarithms of per-prompt values, zeros replaced by a floor.
struct PromptLogs {
  let values: [Double]
  /// How many values were 0.
  let floored: Int

  init(_ raw: [Double], floor: Double) {
    values = raw.map { Elementary.log($0 > 0 ? $0 : floor) }
    floored = raw.count(where: { $0 <= 0 })
  }

  /// 1 % of the median of the reference's values; of their mean where the median is 0; `nil` where all
  /// are 0.
  static func floor(from reference: [Double]) -> Double? {
    guard let median = Quantile.median(reference) else { return nil }
    if median > 0 { return 0.01 * median }
    let mean = reference.reduce(0, +) / Double(reference.count)
    return mean > 0 ? 0.01 * mean : nil
  }
}
