internal import AmbitMatrix

/// Takes measures of log-probs: a number a prompt (an output where there are none), their mean with
/// Student's or BCa's interval, the sign-flip test over prompts as `PromptEngine` has it.
///
/// A prompt of which one output has no log-probs has no value.
struct LogProbEngine {
  let context: StudyContext
  let table: LogProbTable

  /// The word in the `space` column.
  static let space = "logprob"

  private var scope: Scope { context.design.hasPrompts ? .within : .pooled }

  /// The row that says that there are no log-probs.
  func absence(of checkpoint: Int, _ measure: any Measure) -> Measurement {
    var row = blank(measure, measure.variants[0], checkpoint, nil, kind: nil)
    row.flag(.noLogProbs)
    return row
  }

  /// The rows of one checkpoint alone.
  func ownRows(of checkpoint: Int) -> [Measurement] {
    SequenceEntropy().variants.map { variant in
      var row = blank(SequenceEntropy(), variant, checkpoint, nil, kind: nil)
      note(checkpoint, variant, &row)
      set(&row, unitValues(of: checkpoint, variant), checkpoint, hasTest: false)
      return row
    } + [correlationRow(checkpoint, nil)]
  }

  /// The rows of one checkpoint against another.
  func comparedRows(checkpoint: Int, reference: Int) -> [Measurement] {
    SequenceEntropy().variants.map { entropyRow($0, checkpoint, reference) }
      + divergenceRows(checkpoint, reference)
      + [gapRow(checkpoint, reference), correlationRow(checkpoint, reference)]
  }

  private func entropyRow(
    _ variant: String, _ checkpoint: Int, _ reference: Int
  ) -> Measurement {
    var row = blank(SequenceEntropy(), variant, checkpoint, reference, kind: .difference)
    for model in [checkpoint, reference] { note(model, variant, &row) }
    let after = unitValues(of: checkpoint, variant)
    let before = unitValues(of: reference, variant)
    let isPaired = context.design.hasSamePrompts(checkpoint, reference)
    let used = after.indices.filter { !after[$0].isNaN && (!isPaired || !before[$0].isNaN) }
    let usedBefore = isPaired ? used : before.indices.filter { !before[$0].isNaN }
    guard !used.isEmpty, !usedBefore.isEmpty else {
      row.flag(.noLogProbs)
      return row
    }
    let (tuned, base) = (used.map { after[$0] }, usedBefore.map { before[$0] })
    count(used, checkpoint, &row)
    row.value = SampleMoments(tuned).mean
    row.referenceValue = SampleMoments(base).mean
    let (band, isWithinUnits) = nullBand(of: reference, variant)
    if context.design.hasPrompts && !isWithinUnits { row.flag(.halvesByPrompt) }
    context.compare(tuned, base, isPaired: isPaired, band: .halves(band), &row)
    row.noteGaps(units: min(tuned.count, base.count))
    return row
  }

  private func divergenceRows(_ checkpoint: Int, _ reference: Int) -> [Measurement] {
    let toBase = divergences(from: checkpoint, to: reference)
    let fromBase = divergences(from: reference, to: checkpoint)
    let isPaired = context.design.hasSamePrompts(checkpoint, reference)
    let asymmetry = isPaired ? zip(fromBase, toBase).map(-) : []
    return zip(SequenceDivergence().variants, [toBase, fromBase, asymmetry]).map {
      variant, values in
      var row = blank(SequenceDivergence(), variant, checkpoint, reference, kind: nil)
      set(
        &row, values, variant == "from_base" ? reference : checkpoint,
        hasTest: variant == "asymmetry")
      return row
    }
  }

  private func gapRow(_ checkpoint: Int, _ reference: Int) -> Measurement {
    var row = blank(OverconfidenceGap(), "", checkpoint, reference, kind: nil)
    var isWhole = true
    let values = units(of: reference).map { rows -> Double in
      guard let entries = table.complete(of: reference, by: checkpoint, rows) else { return .nan }
      var (gap, tokens) = (0.0, 0.0)
      for entry in entries {
        gap += -entry.total - (entry.entropy ?? .nan)
        tokens += entry.tokenCount.map(Double.init) ?? .nan
        isWhole = isWhole && (entry.entropy == nil || entry.isEntropyWhole)
      }
      return tokens > 0 ? gap / tokens : .nan
    }
    if !isWhole { row.flag(.topTokensOnly) }
    set(&row, values, reference, hasTest: true)
    return row
  }

  private func correlationRow(_ checkpoint: Int, _ reference: Int?) -> Measurement {
    var row = blank(ScoreCorrelation(), "", checkpoint, reference, kind: nil)
    guard context.design.hasPrompts else {
      row.flag(.fewSamples)
      return row
    }
    let fewest = ScoreCorrelation.fewestSamples
    if !units(of: checkpoint).contains(where: { $0.count >= fewest }) { row.flag(.fewSamples) }
    if table.scores[checkpoint].allSatisfy({ $0 == nil }) {
      row.flag(.noScores)
      return row
    }
    let values = correlations(of: checkpoint)
    let lacksEntries = table.entries[checkpoint][checkpoint].contains { $0 == nil }
    set(&row, values, checkpoint, hasTest: true, missing: lacksEntries ? .noLogProbs : .degenerate)
    if let reference {
      let before = correlations(of: reference).filter { !$0.isNaN }
      row.referenceValue = before.isEmpty ? nil : SampleMoments(before).mean
    }
    return row
  }

  private func correlations(of checkpoint: Int) -> [Double] {
    units(of: checkpoint).map { rows in
      let scores = table.scores[checkpoint][rows].compactMap { $0 }
      guard rows.count >= ScoreCorrelation.fewestSamples, scores.count == rows.count,
        let entries = table.complete(of: checkpoint, by: checkpoint, rows)
      else { return .nan }
      return ScoreCorrelation.spearman(scores, entries.map(\.total))
    }
  }

  /// Puts the mean of one number a unit into a row, with its interval, and its test where 0 is the null.
  private func set(
    _ row: inout Measurement, _ values: [Double], _ checkpoint: Int, hasTest: Bool,
    missing: MeasurementFlag = .noLogProbs
  ) {
    let used = values.indices.filter { !values[$0].isNaN }
    guard !used.isEmpty else {
      if row.flags.isEmpty || missing == .noLogProbs { row.flag(missing) }
      return
    }
    let known = used.map { values[$0] }
    count(used, checkpoint, &row)
    row.value = SampleMoments(known).mean
    row.interval = context.interval(of: known)
    if hasTest { row.p = context.signFlipP(of: known) }
    if row.interval == nil {
      row.flag(known.count < StudyContext.fewestUnits ? .fewPrompts : .degenerate)
    }
  }

  /// The numbers of prompts and outputs behind a value.
  private func count(_ used: [Int], _ checkpoint: Int, _ row: inout Measurement) {
    let units = units(of: checkpoint)
    if context.design.hasPrompts { row.prompts = used.count }
    row.samples = used.reduce(0) { $0 + units[$1].count }
  }

  /// Flags an entropy that is a bound.
  private func note(_ checkpoint: Int, _ variant: String, _ row: inout Measurement) {
    guard variant.hasPrefix("rb") else { return }
    let isBound = table.entries[checkpoint][checkpoint].contains {
      $0?.entropy != nil && $0?.isEntropyWhole == false
    }
    if isBound { row.flag(.topTokensOnly) }
  }

  private func units(of checkpoint: Int) -> [Range<Int>] {
    let offsets = context.design.unitOffsets(of: checkpoint)
    return zip(offsets, offsets.dropFirst()).map { $0..<$1 }
  }

  /// The entropy of every unit, NaN where an output lacks what it needs.
  private func unitValues(of checkpoint: Int, _ variant: String) -> [Double] {
    units(of: checkpoint).map { rows in
      guard let entries = table.complete(of: checkpoint, by: checkpoint, rows) else { return .nan }
      return Self.ratio(entries.map { SequenceEntropy.parts($0, variant: variant) })
    }
  }

  private static func ratio(_ parts: [(Double, Double)]) -> Double {
    let sums = parts.reduce((0.0, 0.0)) { ($0.0 + $1.0, $0.1 + $1.1) }
    return sums.1 > 0 ? sums.0 / sums.1 : .nan
  }

  /// Per unit of `checkpoint`, the mean over its outputs of what it gives them less what `other` does.
  private func divergences(from checkpoint: Int, to other: Int) -> [Double] {
    units(of: checkpoint).map { rows in
      guard let own = table.complete(of: checkpoint, by: checkpoint, rows),
        let theirs = table.complete(of: checkpoint, by: other, rows)
      else { return .nan }
      return Self.ratio(zip(own, theirs).map { ($0.total - $1.total, 1) })
    }
  }

  /// The band of the difference between random halves of one checkpoint's outputs.
  private func nullBand(of checkpoint: Int, _ variant: String) -> (Interval?, Bool) {
    let offsets = context.design.unitOffsets(of: checkpoint)
    let splits = SplitHalves(
      offsets: offsets, samplesNeeded: 1, count: context.settings.splits,
      seed: context.settings.seed)
    let parts = table.entries[checkpoint][checkpoint].map { entry in
      entry.map { SequenceEntropy.parts($0, variant: variant) } ?? (.nan, .nan)
    }
    let values = unitValues(of: checkpoint, variant)
    let units = units(of: checkpoint)
    let replicates = context.workers.map(splits.count) { split in
      var groups = [UInt8](repeating: 2, count: parts.count)
      splits.write(split, to: &groups)
      var sums = (0.0, 0.0)
      var counts = (0.0, 0.0)
      for (unit, rows) in units.enumerated() where !values[unit].isNaN {
        if splits.isWithinUnits {
          func half(_ group: UInt8) -> Double {
            Self.ratio(rows.filter { groups[$0] == group }.map { parts[$0] })
          }
          sums.0 += half(1) - half(0)
          counts.0 += 1
        } else if groups[rows.lowerBound] == 0 {
          (sums.0, counts.0) = (sums.0 + values[unit], counts.0 + 1)
        } else if groups[rows.lowerBound] == 1 {
          (sums.1, counts.1) = (sums.1 + values[unit], counts.1 + 1)
        }
      }
      return splits.isWithinUnits
        ? sums.0 / counts.0 : sums.1 / counts.1 - sums.0 / counts.0
    }
    return (.percentile(replicates), splits.isWithinUnits)
  }

  /// The entropy of every prompt, where there are log-probs.
  func promptRows() -> [PromptMeasurement] {
    let design = context.design
    guard design.hasPrompts else { return [] }
    return design.checkpoints.indices.flatMap { checkpoint in
      SequenceEntropy().variants.flatMap { variant -> [PromptMeasurement] in
        let values = unitValues(of: checkpoint, variant)
        guard values.contains(where: { !$0.isNaN }) else { return [] }
        let counts = design.sampleCounts(of: checkpoint)
        return values.indices.map { prompt in
          PromptMeasurement(
            checkpoint: design.checkpoints[checkpoint],
            promptID: design.promptIDs[checkpoint][prompt], metric: SequenceEntropy().id,
            variant: variant, space: Self.space, samples: counts[prompt],
            value: values[prompt].isNaN ? nil : values[prompt],
            flags: values[prompt].isNaN ? [.noLogProbs] : [])
        }
      }
    }
  }

  private func blank(
    _ measure: any Measure, _ variant: String, _ checkpoint: Int, _ reference: Int?,
    kind: EffectKind?
  ) -> Measurement {
    context.row(
      measure, scope: scope, space: Self.space, variant: variant, checkpoint: checkpoint,
      reference: reference, kind: kind,
      isPaired: reference.map { context.design.hasSamePrompts(checkpoint, $0) } ?? true)
  }
}
