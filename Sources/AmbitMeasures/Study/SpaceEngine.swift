/// A kind of engine: which measures it takes, and on what its rows depend.
struct SpaceEngine: Sendable {
  /// Its name among what is remembered.
  let name: String
  /// Whether its rows depend on all checkpoints of a study: on joint clusters, components or means.
  /// If not, they depend on the checkpoints that they are about and on the baseline.
  var isJoint = false
  /// Whether it clusters outputs.
  var makesClusters = false
  /// Whether it takes a measure.
  let takes: @Sendable (any Measure) -> Bool
  /// The engine at work.
  let session: @Sendable (StudyContext, MeasuredSpace, [any Measure]) -> (any EngineSession)?

  /// The engines for a kind of space that have a measure to take: one without would still do what its
  /// measures share. To add an engine, add its line here.
  static func all(for space: MeasuredSpace, taking measures: [any Measure]) -> [SpaceEngine] {
    let engines =
      switch space.kind {
      case .plane: planar.filter { space.id == "pca2" || $0.name != "prompts" }
      case .embedding: embedding
      case .other: [SpaceEngine]()
      }
    return engines.filter { engine in measures.contains { engine.takes($0) } }
  }

  private static let planar = [
    SpaceEngine(name: "hulls") {
      ($0 as? any PlaneMeasure)?.tier == .hulls || $0 is any PlanePairMeasure
    } session: {
      ComparingSession(PlaneEngine(context: $0, space: $1, measures: $2, tier: .hulls))
    },
    SpaceEngine(name: "fields") {
      ($0 as? any PlaneMeasure)?.tier == .fields
    } session: {
      ComparingSession(PlaneEngine(context: $0, space: $1, measures: $2, tier: .fields))
    },
    SpaceEngine(name: "tree") {
      $0 is TreeCrossings
    } session: {
      TreeEngine(context: $0, space: $1, measures: $2).map { ComparingSession($0) }
    },
    SpaceEngine(name: "prompts") {
      ($0 as? any PromptMeasure)?.isPlanar == true
    } session: {
      ComparingSession(PromptEngine(context: $0, space: $1, measures: $2))
    },
    neighbours,
  ]

  private static let neighbours = SpaceEngine(name: "neighbours") {
    $0 is NeighbourEntropy || $0 is NeighbourDivergence
  } session: {
    ComparingSession(NeighbourEntropyEngine(context: $0, space: $1, measures: $2))
  }

  private static let embedding = [
    SpaceEngine(name: "prompts") {
      ($0 as? any PromptMeasure)?.isPlanar == false
        || ($0 as? any MomentMeasure)?.isOfHalves == false
    } session: {
      PromptSession(
        prompts: PromptEngine(context: $0, space: $1, measures: $2),
        moments: MomentEngine(context: $0, space: $1, measures: $2))
    },
    SpaceEngine(name: "projections") {
      $0 is ProjectedHull
    } session: {
      ProjectedHullEngine(context: $0, space: $1, measures: $2).map { ComparingSession($0) }
    },
    SpaceEngine(name: "cosines") {
      $0 is any CosinePairMeasure
    } session: {
      ComparingSession(CosinePairEngine(context: $0, space: $1, measures: $2))
    },
    SpaceEngine(name: "distances") {
      $0 is any DistanceMeasure || $0 is any NeighbourSpreadMeasure
    } session: {
      ComparingSession(DistanceSpreadEngine(context: $0, space: $1, measures: $2))
    },
    SpaceEngine(name: "halves") {
      $0 is SplitHalfSpread
    } session: {
      SplitHalfSession(context: $0, space: $1, measures: $2)
    },
    // About the mean of all checkpoints.
    SpaceEngine(name: "centred", isJoint: true) {
      $0 is CentredForm
    } session: {
      CentredSession(context: $0, space: $1, measures: $2)
    },
    // In the leading components of all checkpoints.
    SpaceEngine(name: "volume", isJoint: true) {
      $0 is LogVolume
    } session: {
      ComparingSession(VolumeEngine(context: $0, space: $1, measures: $2))
    },
    SpaceEngine(name: "spectrum") {
      $0 is any SpectrumMeasure
    } session: {
      ComparingSession(SpectrumEngine(context: $0, space: $1, measures: $2))
    },
    SpaceEngine(name: "sets") {
      $0 is any NeighbourMeasure || $0 is any DissimilarityMeasure
    } session: {
      ComparingSession(TwoSetEngine(context: $0, space: $1, measures: $2))
    },
    SpaceEngine(name: "components") {
      $0 is Frechet || $0 is ClassifierAUC || $0 is JensenShannon || $0 is Mauve
    } session: {
      ComponentSession(context: $0, space: $1, measures: $2)
    },
    SpaceEngine(name: "style") {
      $0 is StyleShare
    } session: {
      StyleEngine(context: $0, space: $1, measures: $2)
    },
    neighbours,
    // Clusters of the outputs of all checkpoints.
    SpaceEngine(name: "clusters", isJoint: true, makesClusters: true) {
      $0 is any ClusterMeasure || $0 is any ClusterPairMeasure
    } session: {
      ClusterSession(context: $0, space: $1, measures: $2)
    },
  ]
}
