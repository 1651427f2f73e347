internal import AmbitMatrix

/// The engines of one space, and what comparisons in it share.
struct SpaceSession {
  private let plane: PlaneEngine?
  private let moments: MomentEngine?
  private let prompts: PromptEngine?
  private let sets: TwoSetEngine?
  private let pairs: CosinePairEngine?
  private let spectra: SpectrumEngine?
  private let frechet: FrechetEngine?
  private let grams: GramSource
  private var planeBands: [Int: PlaneEngine.NullBands] = [:]
  private var momentBands: [Int: MomentNull] = [:]
  private var promptBands: [Int: PromptNull] = [:]
  private var pairBands: [Int: CosinePairNull] = [:]
  private var spectrumBands: [Int: SpectrumNull] = [:]
  private var setBands: [Int: TwoSetNull] = [:]
  private var resampled: [Int: MomentEngine.Resampled] = [:]

  init(context: StudyContext, space: MeasuredSpace, measures: [any Measure]) {
    let isPlane = space.kind == .plane
    let isEmbedding = space.kind == .embedding
    plane = isPlane ? PlaneEngine(context: context, space: space, measures: measures) : nil
    moments = isEmbedding ? MomentEngine(context: context, space: space, measures: measures) : nil
    prompts = isEmbedding ? PromptEngine(context: context, space: space, measures: measures) : nil
    sets = isEmbedding ? TwoSetEngine(context: context, space: space, measures: measures) : nil
    pairs = isEmbedding ? CosinePairEngine(context: context, space: space, measures: measures) : nil
    spectra = isEmbedding ? SpectrumEngine(context: context, space: space, measures: measures) : nil
    frechet = isEmbedding ? FrechetEngine(context: context, space: space, measures: measures) : nil
    grams = GramSource(context: context, space: space)
  }

  func promptRows() -> [PromptMeasurement] { prompts?.promptRows() ?? [] }

  mutating func ownRows(of checkpoint: Int) -> [(Int, Measurement)] {
    var rows: [(Int, Measurement)] = []
    if let plane { rows += plane.ownRows(of: checkpoint) }
    if let prompts { rows += prompts.ownRows(of: checkpoint) }
    if let pairs { rows += pairs.ownRows(of: checkpoint) }
    if let spectra { rows += spectra.ownRows(of: checkpoint) }
    if let moments { rows += moments.ownRows(of: checkpoint, resample(moments, checkpoint)) }
    return rows
  }

  mutating func comparedRows(checkpoint: Int, reference: Int) -> [(Int, Measurement)] {
    var rows: [(Int, Measurement)] = []
    if let plane {
      if !plane.isRefused && planeBands[reference] == nil {
        planeBands[reference] = plane.nullBands(of: reference)
      }
      rows += plane.comparedRows(
        checkpoint: checkpoint, reference: reference, bands: planeBands[reference])
    }
    if let sets, !sets.isEmpty {
      let fits = sets.fits(checkpoint, reference)
      if fits && setBands[reference] == nil {
        setBands[reference] = TwoSetNull(sets, of: reference)
      }
      rows += sets.comparedRows(
        checkpoint: checkpoint, reference: reference, null: fits ? setBands[reference] : nil)
    }
    if let pairs, !pairs.isEmpty {
      let fits = sets?.fits(checkpoint, reference) ?? false
      if fits && pairBands[reference] == nil {
        pairBands[reference] = CosinePairNull(pairs, of: reference)
      }
      rows += pairs.comparedRows(
        checkpoint: checkpoint, reference: reference, null: fits ? pairBands[reference] : nil)
    }
    if let frechet {
      rows += frechet.comparedRows(checkpoint: checkpoint, reference: reference)
    }
    if let spectra, !spectra.isEmpty {
      let null = spectrumBands[reference] ?? SpectrumNull(spectra, of: reference)
      spectrumBands[reference] = null
      rows += spectra.comparedRows(checkpoint: checkpoint, reference: reference, null: null)
    }
    if prompts == nil && moments == nil { return rows }
    if momentBands[reference] == nil {
      let products = grams.products(of: reference)
      if let prompts {
        promptBands[reference] = PromptNull(prompts, of: reference, grams: products)
      }
      if let moments {
        momentBands[reference] = MomentNull(moments, of: reference, grams: products)
      }
    }
    if let prompts, let bands = promptBands[reference] {
      rows += prompts.comparedRows(checkpoint: checkpoint, reference: reference, bands: bands)
    }
    if let moments, let bands = momentBands[reference] {
      rows += moments.comparedRows(
        checkpoint: checkpoint, reference: reference, resample(moments, checkpoint),
        resample(moments, reference), bands: bands)
    }
    return rows
  }

  private mutating func resample(_ engine: MomentEngine, _ checkpoint: Int)
    -> MomentEngine.Resampled
  {
    if let known = resampled[checkpoint] { return known }
    let new = engine.resampled(checkpoint)
    resampled[checkpoint] = new
    return new
  }
}

/// Where inner products of prompts come from: computed for each reference, when they can be of use.
private struct GramSource {
  let context: StudyContext
  let space: MeasuredSpace

  /// `nil` where prompts have too few samples to be split, or so many that products would not fit.
  func products(of checkpoint: Int) -> PromptGrams? {
    let offsets = context.design.promptOffsets[checkpoint]
    let fewest = zip(offsets, offsets.dropFirst()).map { $1 - $0 }.min() ?? 0
    guard context.design.hasPrompts, fewest >= 4, PromptGrams.fit(offsets) else { return nil }
    return PromptGrams(
      space.coordinates[checkpoint], offsets: offsets, workers: context.workers)
  }
}
