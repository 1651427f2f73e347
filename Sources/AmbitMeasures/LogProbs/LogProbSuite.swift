public import AmbitMatrix

/// The measures of log-probs, taken together on one study.
public struct LogProbSuite: Sendable {
  /// In the order of the rows.
  public let measures: [any Measure]

  /// Every measure of log-probs there is.
  public init() {
    self.init(
      measures: [SequenceEntropy(), SequenceDivergence(), OverconfidenceGap(), ScoreCorrelation()])
  }

  private init(measures: [any Measure]) { self.measures = measures }

  /// The measures as a family of their own.
  public var family: MeasureFamily {
    MeasureFamily(
      id: "logprobs", title: "What models give outputs: log-probs, where the input has them",
      measures: measures)
  }

  /// The measures that are chosen, in the same order.
  public func keeping(_ isChosen: (any Measure) -> Bool) -> LogProbSuite {
    LogProbSuite(measures: measures.filter(isChosen))
  }

  /// Measures every checkpoint alone or against its references. Where no model's log-probs of its own
  /// outputs are known, one row that says so.
  ///
  /// The same design, table and settings give the same rows for any number of workers. `p_adjusted` is
  /// empty: it belongs to the study's whole table, see `MeasureSuite.Result.append`.
  ///
  /// - Precondition: the table has one entry a pair of checkpoints and row of the design.
  public func run(
    design: Design, table: LogProbTable, settings: InferenceSettings, workers: Workers
  ) -> MeasureSuite.Result {
    for (checkpoint, models) in table.entries.enumerated() {
      precondition(
        models.count == design.checkpoints.count
          && models.allSatisfy { $0.count == design.rowCount(of: checkpoint) },
        "rows follow the design")
    }
    let context = StudyContext(design: design, settings: settings, workers: workers)
    let engine = LogProbEngine(context: context, table: table)
    guard let first = measures.first else {
      return MeasureSuite.Result(measurements: [], promptMeasurements: [])
    }
    if table.isEmpty {
      return MeasureSuite.Result(
        measurements: [engine.absence(of: design.baseline, first)], promptMeasurements: [])
    }
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
