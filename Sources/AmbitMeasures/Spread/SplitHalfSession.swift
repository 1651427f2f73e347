internal import AmbitMatrix

/// Measures of what the halves of outputs share: moments of the halves' mean less those of half their
/// difference.
///
/// Outputs that cannot be cut are left out; where all checkpoints answer the same prompts with as many
/// samples, the outputs in the same places of the others are too, so that pairs stay pairs.
struct SplitHalfSession: EngineSession {
  private let engine: MomentEngine?
  private let refused: (context: StudyContext, space: MeasuredSpace, measures: [any Measure])
  private var nulls = PerCheckpoint<MomentNull>()
  private var resampled = PerCheckpoint<MomentEngine.Resampled>()

  init(context: StudyContext, space: MeasuredSpace, measures: [any Measure]) {
    let halves = space.halves ?? []
    let kept = HalvedOutputs(halves, context.design)
    let hasMeasures = !halves.isEmpty && measures.contains { $0 is SplitHalfSpread }
    refused = (context, space, hasMeasures && kept == nil ? measures : [])
    guard hasMeasures, let kept else {
      engine = nil
      return
    }
    func mixed(_ sign: Float) -> MeasuredSpace {
      MeasuredSpace(
        id: space.id,
        coordinates: zip(halves, kept.rows).map { halved, rows in
          let (first, second) = (halved.first.rows(rows), halved.second.rows(rows))
          return Matrix(
            rowCount: first.rowCount, columnCount: first.columnCount,
            values: zip(first.values, second.values).map { ($0 + sign * $1) / 2 })
        })
    }
    engine = MomentEngine(
      context: StudyContext(
        design: kept.design, settings: context.settings, workers: context.workers),
      space: mixed(1), measures: measures, less: mixed(-1))
  }

  mutating func ownRows(of checkpoint: Int) -> [(order: Int, row: Measurement)] {
    guard let engine else { return refusedRows(checkpoint, nil) }
    return engine.ownRows(of: checkpoint, resample(engine, checkpoint))
  }

  mutating func comparedRows(checkpoint: Int, reference: Int) -> [(order: Int, row: Measurement)] {
    guard let engine else { return refusedRows(checkpoint, reference) }
    let null = nulls.value(of: reference) {
      MomentNull(
        engine, of: reference,
        grams: PromptGrams(
          of: reference, context: engine.context, space: engine.space),
        less: engine.subtracted.flatMap {
          PromptGrams(of: reference, context: engine.context, space: $0.space)
        })
    }
    return engine.comparedRows(
      checkpoint: checkpoint, reference: reference, resample(engine, checkpoint),
      resample(engine, reference), bands: null)
  }

  private mutating func resample(
    _ engine: MomentEngine, _ checkpoint: Int
  ) -> MomentEngine.Resampled {
    resampled.value(of: checkpoint) { engine.resampled(checkpoint) }
  }

  private func refusedRows(
    _ checkpoint: Int, _ reference: Int?
  ) -> [(order: Int, row: Measurement)] {
    refused.measures.enumerated().compactMap { order, measure in
      guard let measure = measure as? SplitHalfSpread,
        refused.context.design.hasPrompts || !measure.needsPrompts
      else { return nil }
      var row = refused.context.row(
        measure, scope: measure.scope, space: refused.space.id, variant: measure.variant,
        checkpoint: checkpoint, reference: reference, kind: measure.effectKind,
        isPaired: refused.context.design.isPaired)
      row.flag(.fewOutputs)
      if refused.context.unitCount(checkpoint, reference) < StudyContext.fewestUnits {
        row.flag(.fewPrompts)
      }
      return (order, row)
    }
  }
}

extension MeasuredSpace {
  /// The space without the halves of outputs that cannot be compared in pairs: in a matched design those
  /// in whose place some checkpoint has an output that cannot be cut. So the halves of a checkpoint say
  /// all that its rows depend on.
  func withSharedHalves(in design: Design) -> MeasuredSpace {
    guard let halves, design.isMatched, let first = halves.first else { return self }
    let lost = (0..<first.second.rowCount).filter { row in
      halves.contains { Reductions.squaredNorm($0.second.row(row)) == 0 }
    }
    guard !lost.isEmpty else { return self }
    return MeasuredSpace(
      id: id, coordinates: coordinates, calibratedRadius: calibratedRadius,
      halves: halves.map { halved in
        var second = halved.second
        for row in lost {
          for column in 0..<second.columnCount { second[row, column] = 0 }
        }
        return HalvedRows(first: halved.first, second: second)
      })
  }
}

/// The outputs that can be cut in halves, as a design of their own.
private struct HalvedOutputs {
  let design: Design
  /// Per checkpoint, the rows kept.
  let rows: [[Int]]

  /// `nil` where a checkpoint keeps fewer than two outputs.
  init?(_ halves: [HalvedRows], _ design: Design) {
    var isKept = halves.map { halved in
      (0..<halved.second.rowCount).map { Reductions.squaredNorm(halved.second.row($0)) > 0 }
    }
    if design.isMatched {
      let inAll = (isKept.first ?? []).indices.map { row in isKept.allSatisfy { $0[row] } }
      isKept = isKept.map { _ in inAll }
    }
    let needed = design.hasPrompts && design.fewestSamples >= 2 ? 2 : 1
    var (ids, offsets, rows): ([[String]], [[Int]], [[Int]]) = ([], [], [])
    for checkpoint in isKept.indices {
      var (ownIDs, ownOffsets, ownRows): ([String], [Int], [Int]) = ([], [0], [])
      for (unit, id) in design.promptIDs[checkpoint].enumerated() {
        let range =
          design.promptOffsets[checkpoint][unit]..<design.promptOffsets[checkpoint][unit + 1]
        let kept = range.filter { isKept[checkpoint][$0] }
        guard kept.count >= needed else { continue }
        ownIDs.append(id)
        ownRows += kept
        ownOffsets.append(ownRows.count)
      }
      guard ownRows.count >= 2 else { return nil }
      ids.append(ownIDs)
      offsets.append(ownOffsets)
      rows.append(ownRows)
    }
    guard !rows.isEmpty else { return nil }
    self.design = Design(
      checkpoints: design.checkpoints, baseline: design.baseline, promptIDs: ids,
      promptOffsets: offsets, hasPrompts: design.hasPrompts)
    self.rows = rows
  }
}
