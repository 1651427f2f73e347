internal import AmbitMatrix

/// The engines of one space, each asked only for what is not remembered.
struct SpaceSession {
  private let context: StudyContext
  private let space: MeasuredSpace
  private let measures: [any Measure]
  private let kinds: [SpaceEngine]
  private var engines: [RememberedEngine]

  /// - Parameters:
  ///   - requests: all that the session will be asked for, `clustering` apart.
  ///   - takesJoint: whether what depends on all checkpoints is taken too.
  init(
    context: StudyContext, space: MeasuredSpace, measures: [any Measure], requests: [RowsRequest],
    memory: (any RememberedRows)?, takesJoint: Bool = true
  ) {
    self.context = context
    let space = space.withSharedHalves(in: context.design)
    self.space = space
    self.measures = measures
    kinds = SpaceEngine.all(for: space, taking: measures).filter { takesJoint || !$0.isJoint }
    let keys = memory.map { StudyKeys($0, context: context, space: space, measures: measures) }
    engines = kinds.map { kind in
      RememberedEngine(
        (kind.name, space.id, kind.isJoint, false),
        requests: requests + (kind.makesClusters ? [.clustering] : []), design: context.design,
        keys: keys, memory: memory)
    }
  }

  /// The engines, in their order.
  var indices: Range<Int> { engines.indices }

  /// Lets go of what an engine holds.
  mutating func finish(_ engine: Int) { engines[engine].finish() }

  /// How the outputs were clustered, where they were by this engine.
  mutating func clustering(of engine: Int) -> Clustering? {
    kinds[engine].makesClusters ? rows(for: .clustering, of: engine).clustering : nil
  }

  /// The answer of one engine.
  mutating func rows(for request: RowsRequest, of engine: Int) -> TakenRows {
    let (context, space, measures, kind) = (context, space, measures, kinds[engine])
    return engines[engine].rows(for: request) { kept in
      kind.session(
        StudyContext(
          design: context.design.keeping(kept), settings: context.settings,
          workers: context.workers), space.keeping(kept), measures) ?? NoSession()
    }
  }
}

/// An engine that turned out to have nothing to take.
private struct NoSession: EngineSession {
  func comparedRows(checkpoint: Int, reference: Int) -> [(order: Int, row: Measurement)] { [] }
}
