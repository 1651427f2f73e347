/// The engines of one space.
struct SpaceSession {
  private var engines: [any EngineSession]

  /// The engines for the kind of space. To add one, add its session here.
  init(context: StudyContext, space: MeasuredSpace, measures: [any Measure]) {
    switch space.kind {
    case .plane:
      engines = [PlaneSession(PlaneEngine(context: context, space: space, measures: measures))]
    case .embedding:
      engines = [
        PromptSession(
          prompts: PromptEngine(context: context, space: space, measures: measures),
          moments: MomentEngine(context: context, space: space, measures: measures)),
        CosinePairSession(CosinePairEngine(context: context, space: space, measures: measures)),
        SpectrumSession(SpectrumEngine(context: context, space: space, measures: measures)),
        TwoSetSession(TwoSetEngine(context: context, space: space, measures: measures)),
        FrechetSession(
          engine: FrechetEngine(context: context, space: space, measures: measures)),
        StyleEngine(context: context, space: space, measures: measures),
      ]
    case .other:
      engines = []
    }
  }

  func promptRows() -> [PromptMeasurement] { engines.flatMap { $0.promptRows() } }

  mutating func ownRows(of checkpoint: Int) -> [(order: Int, row: Measurement)] {
    engines.indices.flatMap { engines[$0].ownRows(of: checkpoint) }
  }

  mutating func comparedRows(checkpoint: Int, reference: Int) -> [(order: Int, row: Measurement)] {
    engines.indices.flatMap {
      engines[$0].comparedRows(checkpoint: checkpoint, reference: reference)
    }
  }
}
