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

  func promptRows(of checkpoint: Int) -> [PromptMeasurement] {
    prompts.promptRows(of: checkpoint)
  }

  mutating func ownRows(of checkpoint: Int) -> [(order: Int, row: Measurement)] {
    prompts.ownRows(of: checkpoint) + moments.ownRows(of: checkpoint, resample(checkpoint))
  }

  mutating func comparedRows(checkpoint: Int, reference: Int) -> [(order: Int, row: Measurement)] {
    let (prompts, moments) = (prompts, moments)
    let bands = bands.value(of: reference) {
      let grams = PromptGrams(of: reference, context: moments.context, space: moments.space)
      return (
        PromptNull(prompts, of: reference, samples: grams),
        MomentNull(moments, of: reference, grams: grams)
      )
    }
    return prompts.comparedRows(
      checkpoint: checkpoint, reference: reference, null: bands.prompts)
      + moments.comparedRows(
        checkpoint: checkpoint, reference: reference, resample(checkpoint), resample(reference),
        bands: bands.moments)
  }

  private mutating func resample(_ checkpoint: Int) -> MomentEngine.Resampled {
    let moments = moments
    return resampled.value(of: checkpoint) { moments.resampled(checkpoint) }
  }
}
