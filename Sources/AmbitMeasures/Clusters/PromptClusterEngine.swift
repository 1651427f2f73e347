internal import AmbitMatrix

/// Takes measures of the kinds of outputs within prompts.
///
/// Kinds are made once, over all checkpoints jointly, and held fixed in every resample: intervals and
/// nulls say what other outputs and prompts would do, not what another clustering would. Effects are
/// means over prompts, with Student's or BCa's interval and the sign-flip test (Test A), as
/// `PromptEngine` has them. The null band is that of sign flips about the mean effect: half of a prompt's samples see
/// fewer kinds and vary less in how many, so a band of halves held 81 % of effects where nothing
/// differed.
struct PromptClusterEngine: Sendable {
  let context: StudyContext
  let space: MeasuredSpace
  let measures: [(measure: any ClusterMeasure, order: Int)]
  /// `nil` where there is nothing to measure.
  let radius: ClusterRadius?
  let clusters: PromptClusters?
  /// Per measure, per checkpoint, per prompt; NaN where a prompt has no value.
  let values: [[[Double]]]

  /// The fewest samples of a prompt that have kinds to compare.
  static let samplesNeeded = 2

  init(context: StudyContext, space: MeasuredSpace, measures: [any Measure]) {
    self.context = context
    self.space = space
    let design = context.design
    let chosen: [(measure: any ClusterMeasure, order: Int)] = measures.enumerated().compactMap {
      guard design.hasPrompts, let measure = $0.element as? any ClusterMeasure,
        measure.scope == .within
      else { return nil }
      return (measure, $0.offset)
    }
    self.measures = chosen
    let mostSamples = design.checkpoints.indices.map { design.sampleCounts(of: $0).max() ?? 0 }
    guard !chosen.isEmpty, (mostSamples.max() ?? 0) >= Self.samplesNeeded else {
      (radius, clusters) = (nil, nil)
      values = chosen.map { _ in
        design.promptIDs.map { [Double](repeating: .nan, count: $0.count) }
      }
      return
    }
    let radius =
      space.calibratedRadius.map(ClusterRadius.init(calibrated:))
      ?? ClusterRadius(
        of: space.coordinates[design.baseline],
        offsets: design.promptOffsets[design.baseline], seed: context.settings.seed)
    let clusters =
      radius.value.isNaN
      ? nil
      : PromptClusters(
        Array(space.coordinates), design: design, radius: radius.value, workers: context.workers)
    self.radius = radius
    self.clusters = clusters
    let counts = design.checkpoints.indices.map { checkpoint in
      Self.counts(of: checkpoint, design, clusters)
    }
    values = chosen.map { entry in
      counts.map { prompts in
        prompts.map { $0.map { entry.measure.value(of: $0, at: .none) } ?? .nan }
      }
    }
  }

  var isEmpty: Bool { measures.isEmpty }

  /// The counts of each prompt; nil where it has too few samples or no clusters.
  private static func counts(
    of checkpoint: Int, _ design: Design, _ clusters: PromptClusters?
  ) -> [AbundanceCounts?] {
    let offsets = design.promptOffsets[checkpoint]
    return zip(offsets, offsets.dropFirst()).map { low, high in
      guard high - low >= samplesNeeded, let clusters, clusters.labels[checkpoint][low] >= 0
      else { return nil }
      return clusters.counts(of: checkpoint, low..<high)
    }
  }

  /// The rows of one checkpoint alone.
  func ownRows(of checkpoint: Int) -> [(order: Int, row: Measurement)] {
    measures.indices.map { index in
      let order = measures[index].order
      var row = blank(index, checkpoint, nil)
      let own = values[index][checkpoint]
      let used = own.indices.filter { !own[$0].isNaN }
      guard note(checkpoint, nil, [used.count], &row) else { return (order, row) }
      let known = used.map { own[$0] }
      row.prompts = used.count
      row.samples = sampleCounts(checkpoint, used).reduce(0, +)
      row.value = SampleMoments(known).mean
      row.interval = context.interval(of: known)
      row.noteGaps(units: known.count)
      return (order, row)
    }
  }

  /// The rows of one checkpoint against another.
  func comparedRows(checkpoint: Int, reference: Int) -> [(order: Int, row: Measurement)] {
    measures.indices.map { index in
      let order = measures[index].order
      var row = blank(index, checkpoint, reference)
      let (after, before) = (values[index][checkpoint], values[index][reference])
      let isPaired = context.design.hasSamePrompts(checkpoint, reference)
      let used = after.indices.filter { !after[$0].isNaN && (!isPaired || !before[$0].isNaN) }
      let usedBefore = isPaired ? used : before.indices.filter { !before[$0].isNaN }
      guard note(checkpoint, reference, [used.count, usedBefore.count], &row) else {
        return (order, row)
      }
      let counts = sampleCounts(checkpoint, used)
      row.prompts = used.count
      row.samples = counts.reduce(0, +)
      row.value = SampleMoments(used.map { after[$0] }).mean
      row.referenceValue = SampleMoments(usedBefore.map { before[$0] }).mean
      if !Design.areEqual(counts, sampleCounts(reference, usedBefore), isPaired: isPaired) {
        row.flag(.unmatchedCounts)
        guard context.settings.force else { return (order, row) }
        row.flag(.forced)
      }
      let measure = measures[index].measure
      let tuned = used.map { measure.scaled(after[$0]) }
      let base = usedBefore.map { measure.scaled(before[$0]) }
      context.compare(tuned, base, isPaired: isPaired, band: .test, &row)
      row.noteGaps(units: min(used.count, usedBefore.count))
      return (order, row)
    }
  }

  /// The value of every prompt of a checkpoint.
  func promptRows(of checkpoint: Int) -> [PromptMeasurement] {
    let design = context.design
    let counts = design.sampleCounts(of: checkpoint)
    let offsets = design.promptOffsets[checkpoint]
    return measures.indices.flatMap { index in
      design.promptIDs[checkpoint].indices.map { prompt in
        let value = values[index][checkpoint][prompt]
        let measure = measures[index].measure
        return PromptMeasurement(
          checkpoint: design.checkpoints[checkpoint],
          promptID: design.promptIDs[checkpoint][prompt], metric: measure.id,
          variant: measure.variant, space: space.id, samples: counts[prompt],
          value: value.isNaN ? nil : value,
          flags: !value.isNaN
            ? radiusFlags
            : [refusal(samples: counts[prompt], firstRow: offsets[prompt], checkpoint)])
      }
    }
  }

  private func blank(_ index: Int, _ checkpoint: Int, _ reference: Int?) -> Measurement {
    let measure = measures[index].measure
    return context.row(
      measure, scope: .within, space: space.id, variant: measure.variant, checkpoint: checkpoint,
      reference: reference, kind: measure.effectKind,
      isPaired: reference.map { context.design.hasSamePrompts(checkpoint, $0) } ?? true)
  }

  private var radiusFlags: [MeasurementFlag] {
    radius.map { $0.isCalibrated ? [] : [.radiusByRule] } ?? []
  }

  /// Why a prompt has no value.
  private func refusal(samples: Int, firstRow: Int, _ checkpoint: Int) -> MeasurementFlag {
    if samples < Self.samplesNeeded { return .fewSamples }
    guard let clusters else { return .degenerate }
    return clusters.labels[checkpoint][firstRow] < 0 ? .tooManyRows : .degenerate
  }

  /// Flags what the sizes do; `false` where no prompt has a value.
  private func note(
    _ checkpoint: Int, _ reference: Int?, _ counts: [Int], _ row: inout Measurement
  ) -> Bool {
    if context.design.fewestSamples < 4 { row.flag(.fewSamples) }
    for flag in radiusFlags { row.flag(flag) }
    let fewest = counts.min() ?? 0
    if fewest > 0 {
      if fewest < StudyContext.fewestUnits { row.flag(.fewPrompts) }
      return true
    }
    for one in [checkpoint, reference].compactMap({ $0 }) {
      if values[0][one].count < StudyContext.fewestUnits { row.flag(.fewPrompts) }
      let offsets = context.design.promptOffsets[one]
      for (prompt, samples) in context.design.sampleCounts(of: one).enumerated()
      where values[0][one][prompt].isNaN {
        row.flag(refusal(samples: samples, firstRow: offsets[prompt], one))
      }
    }
    return false
  }

  private func sampleCounts(_ checkpoint: Int, _ prompts: [Int]) -> [Int] {
    let counts = context.design.sampleCounts(of: checkpoint)
    return prompts.map { counts[$0] }
  }
}
