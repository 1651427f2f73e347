/// Distances between all outputs of a checkpoint, and to the nearest.
struct DistanceSpreadSession: EngineSession {
  let engine: DistanceSpreadEngine
  private var nulls = PerCheckpoint<DistanceSpreadNull>()

  init(_ engine: DistanceSpreadEngine) { self.engine = engine }

  func ownRows(of checkpoint: Int) -> [(order: Int, row: Measurement)] {
    engine.ownRows(of: checkpoint)
  }

  mutating func comparedRows(checkpoint: Int, reference: Int) -> [(order: Int, row: Measurement)] {
    guard !engine.isEmpty else { return [] }
    let engine = engine
    return engine.comparedRows(
      checkpoint: checkpoint, reference: reference,
      null: engine.context.fitsAllPairs(checkpoint, reference)
        ? nulls.value(of: reference) { engine.null(of: reference) } : nil)
  }
}
