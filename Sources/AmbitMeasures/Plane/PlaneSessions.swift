/// The share of a joint tree's edges that join two models.
struct TreeSession: EngineSession {
  let engine: TreeEngine
  private var bands = PerCheckpoint<TreeEngine.Band>()

  init(_ engine: TreeEngine) { self.engine = engine }

  mutating func comparedRows(checkpoint: Int, reference: Int) -> [(order: Int, row: Measurement)] {
    let engine = engine
    return [
      engine.comparedRow(
        checkpoint: checkpoint, reference: reference,
        band: engine.isRefused ? nil : bands.value(of: reference) { engine.band(of: reference) })
    ]
  }
}

/// Hulls averaged over random planes.
struct ProjectedHullSession: EngineSession {
  let engine: ProjectedHullEngine
  private var bands = PerCheckpoint<ProjectedHullEngine.Band>()

  init(_ engine: ProjectedHullEngine) { self.engine = engine }

  func ownRows(of checkpoint: Int) -> [(order: Int, row: Measurement)] {
    engine.ownRows(of: checkpoint)
  }

  mutating func comparedRows(checkpoint: Int, reference: Int) -> [(order: Int, row: Measurement)] {
    let engine = engine
    return engine.comparedRows(
      checkpoint: checkpoint, reference: reference,
      band: bands.value(of: reference) { engine.band(of: reference) })
  }
}

/// Values of every prompt in the raw plane.
struct PlanePromptSession: EngineSession {
  let engine: PromptEngine
  private var nulls = PerCheckpoint<PromptNull>()

  init(_ engine: PromptEngine) { self.engine = engine }

  func promptRows() -> [PromptMeasurement] { engine.promptRows() }

  func ownRows(of checkpoint: Int) -> [(order: Int, row: Measurement)] {
    engine.ownRows(of: checkpoint)
  }

  mutating func comparedRows(checkpoint: Int, reference: Int) -> [(order: Int, row: Measurement)] {
    let engine = engine
    guard !engine.measures.isEmpty else { return [] }
    let null = nulls.value(of: reference) {
      PromptNull(
        engine, of: reference,
        samples: PromptPlaces(
          coordinates: engine.space.coordinates[reference],
          offsets: engine.context.design.promptOffsets[reference]))
    }
    return engine.comparedRows(checkpoint: checkpoint, reference: reference, bands: null)
  }
}
