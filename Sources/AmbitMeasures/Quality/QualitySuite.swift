public import AmbitMatrix

/// Diversity of the outputs that pass a quality condition, and what part of a loss is theirs.
///
/// For each measure of spread within prompts, with D its value for a prompt's outputs:
///
///     ln D_c(all)/D_r(all) = ln D_r(passing)/D_r(all)      quality control   (split_quality)
///                          + ln D_c(passing)/D_r(passing)  narrowing         (passing)
///                          + ln D_c(all)/D_c(passing)      the rest          (split_rest)
///
/// for checkpoint c and reference r, exactly and prompt by prompt, over the prompts of which both have two
/// passing outputs; `split_total` is the left side over these prompts. A logarithm's expectation depends on
/// the number of outputs, so each of the four sets of a prompt is rarefied to the number of the smallest:
/// `ln D` is the mean over its subsets of that size, all of them where they are no more than 200, else 200
/// drawn without replacement. Source: the scheme of Karouzos, Tan & Aletras 2026.
public struct QualitySuite: Sendable {
  /// In the order of the rows.
  public let measures: [any Measure]

  /// Every measure that is split.
  public init() {
    self.init(measures: [PassRate()] + PairStatistic.allCases.map(SplitMeasure.init))
  }

  private init(measures: [any Measure]) { self.measures = measures }

  /// The measures as a family of their own.
  public var family: MeasureFamily {
    MeasureFamily(
      id: "quality", title: "Passing outputs, and what a loss is made of: with --pass-if",
      measures: measures)
  }

  /// The measures that are chosen, in the same order.
  public func keeping(_ isChosen: (any Measure) -> Bool) -> QualitySuite {
    QualitySuite(measures: measures.filter(isChosen))
  }

  /// Measures every checkpoint alone or against its references.
  ///
  /// `p_adjusted` is empty: it belongs to the study's whole table, see `MeasureSuite.Result.append`.
  ///
  /// - Parameters:
  ///   - coordinates: one matrix a checkpoint in the embedding space, rows in the design's order.
  ///   - passes: per checkpoint and row, whether it passes; nil where it has no score.
  /// - Precondition: both follow the design.
  public func run(
    design: Design, coordinates: [Matrix], passes: [[Bool?]], settings: InferenceSettings,
    workers: Workers
  ) -> MeasureSuite.Result {
    for checkpoint in design.checkpoints.indices {
      precondition(
        coordinates[checkpoint].rowCount == design.rowCount(of: checkpoint)
          && passes[checkpoint].count == design.rowCount(of: checkpoint), "rows follow the design")
    }
    let engine = QualityEngine(
      context: StudyContext(design: design, settings: settings, workers: workers),
      coordinates: coordinates, passes: passes)
    let rows = settings.rows(in: design) {
      engine.ownRows(of: $0)
    } compared: {
      engine.comparedRows(checkpoint: $0, reference: $1)
    }
    let ids = Set(measures.map(\.id))
    return MeasureSuite.Result(
      measurements: rows.filter { ids.contains($0.metric) },
      promptMeasurements: PromptMeasurements(
        engine.promptRows().filter { ids.contains($0.metric) }))
  }
}
