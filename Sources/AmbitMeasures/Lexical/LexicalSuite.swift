public import AmbitMatrix

/// The lexical measures, taken together on the texts of one study.
public struct LexicalSuite: Sendable {
  private var lexicalMeasures: [any LexicalMeasure]

  /// Every lexical measure there is. To add one, add its line here.
  ///
  /// - Parameter compressedSize: the bytes of a text after DEFLATE, without any header; the same text
  ///   gives the same number on every call.
  public init(compressedSize: @escaping @Sendable ([UInt8]) -> Int) {
    lexicalMeasures =
      (1...5).map { Distinct(order: $0) } + [
        ExpectationAdjustedDistinct(),
        SelfBLEU(),
        CompressionRatio(compressedSize: compressedSize),
        SelfRepetition(),
        SelfRepetitionInside(),
        NgramEntropy(order: 1),
        NgramEntropy(order: 2),
        UniqueFraction(),
        SharedOpenings(),
        LengthWords(),
      ] + FormatShare.all
  }

  /// In the order of the rows.
  public var measures: [any Measure] { lexicalMeasures }

  /// The measures that are chosen, in the same order.
  public func keeping(_ isChosen: (any Measure) -> Bool) -> LexicalSuite {
    var suite = self
    suite.lexicalMeasures = lexicalMeasures.filter { isChosen($0) }
    return suite
  }

  /// The measures as a family.
  public var family: MeasureFamily {
    MeasureFamily(
      id: "lexical", title: "What outputs are made of: words, repetition, form",
      measures: measures)
  }

  /// Measures every checkpoint alone or against its references.
  ///
  /// The same design, texts and settings give the same rows for any number of workers. `p_adjusted` is
  /// empty: it belongs to the study's whole table, see `MeasureSuite.Result.append`.
  ///
  /// - Parameter memory: what was taken before; the result is the same with it and without.
  /// - Precondition: the texts of each checkpoint are as many as the design's rows.
  public func run(
    design: Design, texts: LexicalTexts, settings: InferenceSettings, workers: Workers,
    remembering memory: (any RememberedRows)? = nil
  ) -> MeasureSuite.Result {
    precondition(
      texts.checkpoints.map(\.texts.count) == design.checkpoints.indices.map(design.rowCount),
      "rows follow the design")
    let context = StudyContext(design: design, settings: settings, workers: workers)
    var session = LexicalSession(
      context: context, texts: texts, measures: lexicalMeasures, memory: memory)
    var prompts = PromptMeasurements()
    for checkpoint in design.checkpoints.indices {
      prompts += session.rows(for: .prompts(checkpoint)).promptRows
    }
    let rows = settings.rows(in: design) { checkpoint in
      session.rows(for: .alone(checkpoint)).rows.map(\.row)
    } compared: { checkpoint, reference in
      session.rows(for: .compared(checkpoint, reference: reference)).rows.map(\.row)
    }
    return MeasureSuite.Result(measurements: rows, promptMeasurements: prompts)
  }
}

extension MeasureSuite.Result {
  /// Adds the rows of other measures of the same study, each behind the rows of its checkpoint and
  /// reference, and adjusts all p values anew.
  public mutating func append(_ other: MeasureSuite.Result) {
    var places: [[String]: Int] = [:]
    for row in measurements + other.measurements {
      let key = [row.checkpoint, row.reference]
      if places[key] == nil { places[key] = places.count }
    }
    let all = measurements + other.measurements
    let ranks = all.map { places[[$0.checkpoint, $0.reference]]! }
    measurements = all.indices.sorted { (ranks[$0], $0) < (ranks[$1], $1) }.map { all[$0] }
    promptMeasurements += other.promptMeasurements
    PrimaryEndpoints.adjust(&measurements)
  }
}
