/// The engines of one space.
struct SpaceSession {
  private var engines: [any EngineSession]

  /// The engines for the kind of space that have a measure to take: one without would still do what its
  /// measures share. To add an engine, add its session here.
  init(context: StudyContext, space: MeasuredSpace, measures: [any Measure]) {
    func has(_ isOfItsKind: (any Measure) -> Bool) -> Bool {
      measures.contains(where: isOfItsKind)
    }
    engines = []
    switch space.kind {
    case .plane:
      for tier in [PlaneTier.hulls, .fields] {
        let plane = PlaneEngine(context: context, space: space, measures: measures, tier: tier)
        if !plane.isEmpty { engines.append(ComparingSession(plane)) }
      }
      if let tree = TreeEngine(context: context, space: space, measures: measures) {
        engines.append(ComparingSession(tree))
      }
      if space.id == "pca2" {
        engines.append(
          ComparingSession(PromptEngine(context: context, space: space, measures: measures)))
      }
      engines.append(
        ComparingSession(
          NeighbourEntropyEngine(context: context, space: space, measures: measures)))
    case .embedding:
      if has({ $0 is any PromptMeasure || $0 is any MomentMeasure }) {
        engines.append(
          PromptSession(
            prompts: PromptEngine(context: context, space: space, measures: measures),
            moments: MomentEngine(context: context, space: space, measures: measures)))
      }
      if let projected = ProjectedHullEngine(context: context, space: space, measures: measures) {
        engines.append(ComparingSession(projected))
      }
      engines += [
        ComparingSession(CosinePairEngine(context: context, space: space, measures: measures)),
        ComparingSession(
          DistanceSpreadEngine(context: context, space: space, measures: measures)),
        SplitHalfSession(context: context, space: space, measures: measures),
        CentredSession(context: context, space: space, measures: measures),
        ComparingSession(VolumeEngine(context: context, space: space, measures: measures)),
        ComparingSession(SpectrumEngine(context: context, space: space, measures: measures)),
        ComparingSession(TwoSetEngine(context: context, space: space, measures: measures)),
        ComponentSession(context: context, space: space, measures: measures),
        StyleEngine(context: context, space: space, measures: measures),
        ComparingSession(
          NeighbourEntropyEngine(context: context, space: space, measures: measures)),
        ClusterSession(context: context, space: space, measures: measures),
      ]
    case .other:
      break
    }
  }

  func promptRows() -> [PromptMeasurement] { engines.flatMap { $0.promptRows() } }

  var clustering: Clustering? { engines.lazy.compactMap(\.clustering).first }

  func clusterChanges(checkpoint: Int, reference: Int) -> [ClusterChange] {
    engines.flatMap { $0.clusterChanges(checkpoint: checkpoint, reference: reference) }
  }

  mutating func ownRows(of checkpoint: Int) -> [(order: Int, row: Measurement)] {
    engines.indices.flatMap { engines[$0].ownRows(of: checkpoint) }
  }

  mutating func comparedRows(checkpoint: Int, reference: Int) -> [(order: Int, row: Measurement)] {
    engines.indices.flatMap {
      engines[$0].comparedRows(checkpoint: checkpoint, reference: reference)
    }
  }
}
