internal import AmbitMatrix

/// Takes measures of a prompt's passing outputs beside those of all.
struct QualityEngine {
  let context: StudyContext
  private let passes: [[Bool?]]
  /// Per checkpoint and prompt.
  private let terms: [[PairTerms]]
  /// Per checkpoint and prompt, the outputs that pass, counted within the prompt.
  private let passing: [[[Int]]]

  /// The parts of a split, each the logarithm of one set's spread less that of another.
  static let parts: [(variant: String, over: QualitySplit.Part, under: QualitySplit.Part)] =
    [
      ("passing", .init(isTuned: true, passes: true), .init(isTuned: false, passes: true)),
      ("split_total", .init(isTuned: true, passes: false), .init(isTuned: false, passes: false)),
      ("split_quality", .init(isTuned: false, passes: true), .init(isTuned: false, passes: false)),
      ("split_rest", .init(isTuned: true, passes: false), .init(isTuned: true, passes: true)),
    ]
  private static let space = "embedding"

  init(context: StudyContext, coordinates: [Matrix], passes: [[Bool?]]) {
    self.context = context
    self.passes = passes
    let design = context.design
    // Without prompts there is nothing to take within them.
    let checkpoints = design.hasPrompts ? Array(design.checkpoints.indices) : []
    terms = checkpoints.map { checkpoint in
      let offsets = design.promptOffsets[checkpoint]
      return context.workers.map(offsets.count - 1) { prompt in
        PairTerms(coordinates[checkpoint].rows(Array(offsets[prompt]..<offsets[prompt + 1])))
      }
    }
    passing = checkpoints.map { checkpoint in
      let offsets = design.promptOffsets[checkpoint]
      return zip(offsets, offsets.dropFirst()).map { start, end in
        (start..<end).filter { passes[checkpoint][$0] == true }.map { $0 - start }
      }
    }
  }

  /// The share of each prompt's outputs that pass.
  private func rates(of checkpoint: Int) -> [Double] {
    zip(passing[checkpoint], context.design.sampleCounts(of: checkpoint)).map {
      Double($0.count) / Double($1)
    }
  }

  /// Of each statistic, its value for every prompt with two passing outputs, NaN for others.
  private func passingValues(of checkpoint: Int) -> [[Double]] {
    let perPrompt = zip(terms[checkpoint], passing[checkpoint]).map { terms, outputs in
      outputs.count >= 2
        ? terms.values(of: outputs)
        : [Double](repeating: .nan, count: PairStatistic.allCases.count)
    }
    return PairStatistic.allCases.indices.map { index in perPrompt.map { $0[index] } }
  }

  /// The rows of one checkpoint alone: its pass rate, and the spread of its passing outputs.
  func ownRows(of checkpoint: Int) -> [Measurement] {
    var rate = blank(PassRate(), "", checkpoint, nil, kind: nil)
    let blanks = PairStatistic.allCases.map {
      blank($0.measure, "passing", checkpoint, nil, kind: nil)
    }
    guard context.design.hasPrompts else { return ([rate] + blanks).map(refused) }
    rate.value = SampleMoments(rates(of: checkpoint)).mean
    finish(&rate, rates(of: checkpoint))
    return [rate]
      + zip(blanks, passingValues(of: checkpoint)).map { blank, values in
        var row = blank
        let used = values.indices.filter { !values[$0].isNaN }
        guard !used.isEmpty else { return refused(row) }
        row.prompts = used.count
        row.samples = used.reduce(0) { $0 + passing[checkpoint][$1].count }
        row.value = SampleMoments(used.map { values[$0] }).mean
        finish(&row, used.map { values[$0] })
        return row
      }
  }

  /// The rows of one checkpoint against another: the difference in pass rates, then every part of every
  /// split.
  func comparedRows(checkpoint: Int, reference: Int) -> [Measurement] {
    var rate = blank(PassRate(), "", checkpoint, reference, kind: .difference)
    let blanks = PairStatistic.allCases.map { statistic in
      Self.parts.map {
        blank(statistic.measure, $0.variant, checkpoint, reference, kind: .meanLogRatio)
      }
    }
    let all = Array(blanks.joined())
    guard context.design.hasPrompts else { return ([rate] + all).map(refused) }
    let (after, before) = (rates(of: checkpoint), rates(of: reference))
    rate.value = SampleMoments(after).mean
    rate.referenceValue = SampleMoments(before).mean
    // Parts that are to add up need the same prompts on both sides.
    guard context.design.hasSamePrompts(checkpoint, reference) else {
      context.setUnpaired(after, before, band: .test, &rate)
      return [rate] + all.map(refused)
    }
    setPaired(&rate, zip(after, before).map(-))
    let used = after.indices.filter {
      min(passing[checkpoint][$0].count, passing[reference][$0].count) >= 2
    }
    let sizes = (
      context.design.sampleCounts(of: reference), context.design.sampleCounts(of: checkpoint)
    )
    let wholes = used.map { prompt in
      terms[reference][prompt].values(of: Array(0..<sizes.0[prompt]))
    }
    let floors = PairStatistic.allCases.indices.map { index in
      PromptLogs.floor(from: wholes.map { $0[index] }.filter { !$0.isNaN })
    }
    let splits = context.workers.map(used.count) { position in
      let prompt = used[position]
      return QualitySplit(
        base: terms[reference][prompt], tuned: terms[checkpoint][prompt],
        sizes: (sizes.0[prompt], sizes.1[prompt]),
        passing: (passing[reference][prompt], passing[checkpoint][prompt]),
        floors: floors.map { $0 ?? .nan }, prompt: prompt)
    }
    return [rate]
      + PairStatistic.allCases.indices.flatMap { index in
        zip(blanks[index], Self.parts).map { blank, part in
          guard !used.isEmpty else { return refused(blank) }
          var row = blank
          row.prompts = used.count
          // Every set is taken at the number of the smallest.
          row.samples = used.reduce(0) {
            $0 + min(passing[checkpoint][$1].count, passing[reference][$1].count)
          }
          let effects = splits.map { $0.log(part.over, index) - $0.log(part.under, index) }
          guard floors[index] != nil, effects.allSatisfy(\.isFinite) else {
            row.flag(.degenerate)
            return row
          }
          row.value = SampleMoments(splits.map { $0.value(part.over, index) }).mean
          row.referenceValue = SampleMoments(splits.map { $0.value(part.under, index) }).mean
          let floored = splits.count { $0.isFloored[index] }
          if floored > 0 { row.flag(.floored(floored)) }
          setPaired(&row, effects)
          return row
        }
      }
  }

  private func setPaired(_ row: inout Measurement, _ effects: [Double]) {
    context.setPaired(effects, band: .test, &row)
    if effects.count < StudyContext.fewestUnits { row.flag(.fewPrompts) }
  }

  private func finish(_ row: inout Measurement, _ values: [Double]) {
    row.interval = context.interval(of: values)
    row.noteGaps(units: values.count)
  }

  private func refused(_ row: Measurement) -> Measurement {
    var row = row
    if !row.flags.contains(where: { $0 == .noPrompts || $0 == .unpaired }) {
      row.flag(.fewSamples)
    }
    return row
  }

  /// The spread of every prompt's passing outputs.
  func promptRows() -> [PromptMeasurement] {
    let design = context.design
    guard design.hasPrompts else { return [] }
    return design.checkpoints.indices.flatMap { checkpoint in
      zip(PairStatistic.allCases, passingValues(of: checkpoint)).flatMap { statistic, values in
        values.indices.map { prompt in
          PromptMeasurement(
            checkpoint: design.checkpoints[checkpoint],
            promptID: design.promptIDs[checkpoint][prompt], metric: statistic.measure.id,
            variant: "passing", space: Self.space, samples: passing[checkpoint][prompt].count,
            value: values[prompt].isNaN ? nil : values[prompt],
            flags: values[prompt].isNaN ? [.fewSamples] : [])
        }
      }
    }
  }

  private func blank(
    _ measure: any Measure, _ variant: String, _ checkpoint: Int, _ reference: Int?,
    kind: EffectKind?
  ) -> Measurement {
    var row = context.row(
      measure, scope: .within, space: Self.space, variant: variant, checkpoint: checkpoint,
      reference: reference, kind: kind,
      isPaired: reference.map { context.design.hasSamePrompts(checkpoint, $0) } ?? true)
    for own in [checkpoint] + (reference.map { [$0] } ?? []) where passes[own].contains(nil) {
      row.flag(.noScores)
    }
    return row
  }
}
