internal import AmbitMatrix

/// Hulls, peels and their overlaps in a plane.
struct PlaneSession: EngineSession {
  let engine: PlaneEngine
  private var bands = PerCheckpoint<PlaneEngine.NullBands>()

  init(_ engine: PlaneEngine) { self.engine = engine }

  func ownRows(of checkpoint: Int) -> [(order: Int, row: Measurement)] {
    engine.ownRows(of: checkpoint)
  }

  mutating func comparedRows(checkpoint: Int, reference: Int) -> [(order: Int, row: Measurement)] {
    let engine = engine
    return engine.comparedRows(
      checkpoint: checkpoint, reference: reference,
      bands: engine.isRefused
        ? nil : bands.value(of: reference) { engine.nullBands(of: reference) })
  }
}

/// Neighbours and distances between two sets.
struct TwoSetSession: EngineSession {
  let engine: TwoSetEngine
  private var nulls = PerCheckpoint<TwoSetNull>()

  init(_ engine: TwoSetEngine) { self.engine = engine }

  mutating func comparedRows(checkpoint: Int, reference: Int) -> [(order: Int, row: Measurement)] {
    guard !engine.isEmpty else { return [] }
    let engine = engine
    return engine.comparedRows(
      checkpoint: checkpoint, reference: reference,
      null: engine.context.fitsAllPairs(checkpoint, reference)
        ? nulls.value(of: reference) { TwoSetNull(engine, of: reference) } : nil)
  }
}

/// Means over pairs of rows.
struct CosinePairSession: EngineSession {
  let engine: CosinePairEngine
  private var nulls = PerCheckpoint<CosinePairNull>()

  init(_ engine: CosinePairEngine) { self.engine = engine }

  func ownRows(of checkpoint: Int) -> [(order: Int, row: Measurement)] {
    engine.ownRows(of: checkpoint)
  }

  mutating func comparedRows(checkpoint: Int, reference: Int) -> [(order: Int, row: Measurement)] {
    guard !engine.isEmpty else { return [] }
    let engine = engine
    return engine.comparedRows(
      checkpoint: checkpoint, reference: reference,
      null: engine.context.fitsAllPairs(checkpoint, reference)
        ? nulls.value(of: reference) { CosinePairNull(engine, of: reference) } : nil)
  }
}

/// Functions of a checkpoint's spectrum.
struct SpectrumSession: EngineSession {
  let engine: SpectrumEngine
  private var nulls = PerCheckpoint<SpectrumNull>()

  init(_ engine: SpectrumEngine) { self.engine = engine }

  func ownRows(of checkpoint: Int) -> [(order: Int, row: Measurement)] {
    engine.ownRows(of: checkpoint)
  }

  mutating func comparedRows(checkpoint: Int, reference: Int) -> [(order: Int, row: Measurement)] {
    guard !engine.isEmpty else { return [] }
    let engine = engine
    return engine.comparedRows(
      checkpoint: checkpoint, reference: reference,
      null: nulls.value(of: reference) { SpectrumNull(engine, of: reference) })
  }
}

/// Statistics of each prompt, and functions of the prompts' moments; both take their null bands from
/// the same inner products.
struct PromptSession: EngineSession {
  let prompts: PromptEngine
  let moments: MomentEngine
  private var bands = PerCheckpoint<(prompts: PromptNull, moments: MomentNull)>()
  private var resampled = PerCheckpoint<MomentEngine.Resampled>()

  init(prompts: PromptEngine, moments: MomentEngine) {
    self.prompts = prompts
    self.moments = moments
  }

  func promptRows() -> [PromptMeasurement] { prompts.promptRows() }

  mutating func ownRows(of checkpoint: Int) -> [(order: Int, row: Measurement)] {
    prompts.ownRows(of: checkpoint) + moments.ownRows(of: checkpoint, resample(checkpoint))
  }

  mutating func comparedRows(checkpoint: Int, reference: Int) -> [(order: Int, row: Measurement)] {
    let (prompts, moments) = (prompts, moments)
    let bands = bands.value(of: reference) {
      let grams = Self.grams(of: reference, context: moments.context, space: moments.space)
      return (
        PromptNull(prompts, of: reference, samples: grams),
        MomentNull(moments, of: reference, grams: grams)
      )
    }
    return prompts.comparedRows(
      checkpoint: checkpoint, reference: reference, bands: bands.prompts)
      + moments.comparedRows(
        checkpoint: checkpoint, reference: reference, resample(checkpoint), resample(reference),
        bands: bands.moments)
  }

  private mutating func resample(_ checkpoint: Int) -> MomentEngine.Resampled {
    let moments = moments
    return resampled.value(of: checkpoint) { moments.resampled(checkpoint) }
  }

  /// `nil` where prompts have too few samples to be split, or so many that products would not fit.
  static func grams(of checkpoint: Int, context: StudyContext, space: MeasuredSpace)
    -> PromptGrams?
  {
    let offsets = context.design.promptOffsets[checkpoint]
    let fewest = zip(offsets, offsets.dropFirst()).map { $1 - $0 }.min() ?? 0
    guard context.design.hasPrompts, fewest >= 4, PromptGrams.fit(offsets) else { return nil }
    return PromptGrams(
      space.coordinates[checkpoint], offsets: offsets, workers: context.workers)
  }
}
