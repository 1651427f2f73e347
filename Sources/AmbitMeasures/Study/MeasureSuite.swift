public import AmbitMatrix

/// A list of measures, taken together on one study.
public struct MeasureSuite: Sendable {
  /// In the order of the rows.
  public let measures: [any Measure]

  /// A suite of chosen measures; rows come in their order.
  public init(measures: [any Measure]) { self.measures = measures }

  /// Every measure of vectors and planes there is, by family.
  public static let families = [
    MeasureFamily(
      id: "spread", title: "How far outputs reach: spread in the embedding space",
      measures: spread),
    MeasureFamily(
      id: "sets", title: "What two checkpoints share: two sets of vectors", measures: sets),
    MeasureFamily(
      id: "clusters", title: "Kinds of outputs: clusters as species", measures: clusters),
    MeasureFamily(
      id: "plane", title: "The shape of the cloud: planes of a linear projection",
      measures: plane),
  ]

  /// Every measure of vectors and planes there is.
  public static let standard = MeasureSuite(measures: families.flatMap(\.measures))

  // To add a measure, add its line to its family.

  private static let spread: [any Measure] = [
    DispersionWithin(),
    DispersionAcross(),
    DispersionPooled(),
    DispersionBetween(),
    IntraclassCorrelation(),
    RKEWithin(),
    RKEOfPairs(scope: .across),
    RKEOfPairs(scope: .pooled),
    VendiWithin(),
    VendiPooled(),
    MeanCosineDistanceWithin(),
    MeanCosineDistanceOfPairs(scope: .across),
    MeanCosineDistanceOfPairs(scope: .pooled),
    CentredForm(RKEWithin()),
    CentredForm(RKEOfPairs(scope: .pooled)),
    CentredForm(VendiWithin()),
    CentredForm(MeanCosineDistanceWithin()),
    CentredForm(MeanCosineDistanceOfPairs(scope: .pooled)),
    MeanDistanceWithin(),
    MeanDistancePooled(),
    MedianDistanceWithin(),
    MedianDistancePooled(),
    LocalScale(),
    IntrinsicDimension(),
    LogVolume(),
    SplitHalfSpread(scope: .within),
    SplitHalfSpread(scope: .pooled),
    EffectiveRank(),
    ParticipationRatio(),
  ]

  private static let sets: [any Measure] = [
    Precision(),
    Recall(),
    Density(),
    Coverage(),
    EnergyDistance(),
    CentredForm(EnergyDistance()),
    MMD(),
    Frechet(),
    CentroidShift(),
    StyleShare(),
    ClassifierAUC(),
    JensenShannon(),
    Mauve(),
  ]

  private static let clusters: [any Measure] = [
    ClusterEntropy(scope: .within),
    ClusterEntropy(scope: .pooled),
    ClusterCount(.perPrompt),
    ClusterCount(.equalSize),
    ClusterCount(.equalCoverage),
    Chao1(),
    SampleCoverage(),
    ClusterOverlap(.kept),
    ClusterOverlap(.lost),
    ClusterOverlap(.gained),
    SupportDynamics(.retention),
    SupportDynamics(.discovery),
    SupportDynamics(.score),
  ]

  private static let plane: [any Measure] = [
    HullArea(),
    HullAreaWithin(),
    CorrectedHullArea(.uniformOnConvexSet),
    CorrectedHullArea(.gaussian),
    CorrectedHullArea(.uniformOnDisk),
    ProjectedHull(),
    HighestDensityArea(percentage: 50),
    HighestDensityArea(percentage: 95),
    AlphaShapeArea(.x1),
    AlphaShapeArea(.x1half),
    AlphaShapeArea(.x2),
    AlphaShapeArea(.x3),
    AlphaShapeArea(.x5),
    SpanningTreeLength(),
    TreeCrossings(),
    HullPerimeter(),
    HullVertices(),
    HullMass(),
    EllipseArea(),
    HullOverlap(.kept),
    HullOverlap(.lost),
    HullOverlap(.gained),
    HullOverlap(.jaccard),
    NeighbourEntropy(),
    NeighbourDivergence(),
  ]

  /// The measures that are chosen, in the same order.
  ///
  /// The rows of a measure do not depend on which others are taken, `p_adjusted` apart.
  public func keeping(_ isChosen: (any Measure) -> Bool) -> MeasureSuite {
    MeasureSuite(measures: measures.filter(isChosen))
  }

  /// What a run yields.
  public struct Result: Equatable, Sendable {
    /// The rows of `metrics.csv`: by checkpoint, reference, space and measure.
    public var measurements: [Measurement]
    /// The rows of `per_prompt.csv`: by space, checkpoint, measure and prompt.
    public var promptMeasurements: PromptMeasurements
    /// The clusters lost and gained, with outputs that show them: by checkpoint and reference, lost ones
    /// first, by p value.
    public var clusterChanges: [ClusterChange] = []
    /// How the outputs were clustered; `nil` where no measure asked for it.
    public var clustering: Clustering?
  }

  /// Measures every checkpoint alone or against its references, in every space.
  ///
  /// The same design, coordinates and settings give the same result for any number of workers.
  /// A number that must not be given is a row with an empty value and the reason in its flags.
  ///
  /// - Parameters:
  ///   - memory: what was taken before; the result is the same with it and without.
  ///   - progress: called with the share of the work done, from 0 to 1, from one thread.
  /// - Precondition: every space has one matrix a checkpoint, with the design's row counts; all
  ///   coordinates are finite.
  public func run(
    design: Design, spaces: [MeasuredSpace], settings: InferenceSettings, workers: Workers,
    remembering memory: (any RememberedRows)? = nil, progress: (Double) -> Void = { _ in }
  ) -> Result {
    for space in spaces {
      precondition(
        space.coordinates.count == design.checkpoints.count,
        "one matrix a checkpoint in \(space.id)")
      for (index, matrix) in space.coordinates.enumerated() {
        precondition(matrix.rowCount == design.rowCount(of: index), "rows follow the design")
      }
    }
    let context = StudyContext(design: design, settings: settings, workers: workers)
    let requests = RowsRequest.all(in: design, settings: settings)
    let prompts = requests.filter(\.isOfPrompts)
    let wanted = requests.filter { !$0.isOfPrompts }
    var done = 0
    let engineCount = spaces.reduce(0) {
      $0 + SpaceEngine.all(for: $1, taking: measures).count
    }
    let steps = Double(max(1, engineCount * wanted.count))
    func step() {
      done += 1
      progress(Double(done) / steps)
    }
    progress(0)
    var rows: [PlacedRow] = []
    var promptRows = PromptMeasurements()
    var changes: [ClusterChange] = []
    var clustering: Clustering?
    for (spaceIndex, space) in spaces.enumerated() {
      var session = SpaceSession(
        context: context, space: space, measures: measures, requests: requests,
        memory: memory)
      // One engine after the other, so that what each remembers of all checkpoints is not held at once.
      for engine in session.indices {
        for request in prompts {
          promptRows += session.rows(for: request, of: engine).promptRows
        }
        clustering = clustering ?? session.clustering(of: engine)
        for request in wanted {
          let checkpoint = request.checkpoints[0]
          let reference = request.checkpoints.dropFirst().first ?? -1
          let taken = session.rows(for: request, of: engine)
          changes += taken.changes
          rows += taken.rows.map {
            PlacedRow(
              checkpoint: checkpoint, reference: reference, space: spaceIndex, order: $0.order,
              row: $0.row)
          }
          step()
        }
        session.finish(engine)
      }
    }
    let order = rows.indices.sorted {
      rows[$0].place != rows[$1].place
        ? rows[$0].place.lexicographicallyPrecedes(rows[$1].place) : $0 < $1
    }
    var measurements = order.map { rows[$0].row }
    PrimaryEndpoints.mark(&measurements, design: design, spaces: spaces.map(\.id))
    PrimaryEndpoints.adjust(&measurements)
    return Result(
      measurements: measurements, promptMeasurements: promptRows, clusterChanges: changes,
      clustering: clustering)
  }
}

private struct PlacedRow {
  let checkpoint: Int
  let reference: Int
  let space: Int
  let order: Int
  let row: Measurement

  var place: [Int] { [checkpoint, reference, space, order] }
}
