internal import AmbitMatrix

/// Measures of directions and distances once more, with what all checkpoints have in common taken away.
///
/// Vectors of texts share a direction of their own making, which compresses every cosine. Here the mean
/// of all checkpoints, each weighing the same, is taken from every row, the same for all, and rows are
/// divided by their lengths again. The rows carry `centred` in their variant.
struct CentredSession: EngineSession {
  private var sessions: [any EngineSession]
  private let settings: InferenceSettings

  /// A second opinion is worth this many relabellings, and random halves.
  static let mostPermutations = 199
  static let mostSplits = 400

  init(context: StudyContext, space: MeasuredSpace, measures: [any Measure]) {
    settings = context.settings
    let taken = measures.map { ($0 as? CentredForm)?.measure ?? Placeholder() }
    guard measures.contains(where: { $0 is CentredForm }) else {
      sessions = []
      return
    }
    let centred = MeasuredSpace(id: space.id, coordinates: Self.centred(space.coordinates))
    var quick = context.settings
    quick.permutations = min(quick.permutations, Self.mostPermutations)
    quick.resamples = min(quick.resamples, Self.mostSplits)
    let brief = StudyContext(design: context.design, settings: quick, workers: context.workers)
    sessions = [
      ComparingSession(PromptEngine(context: context, space: centred, measures: taken)),
      ComparingSession(CosinePairEngine(context: brief, space: centred, measures: taken)),
      ComparingSession(TwoSetEngine(context: brief, space: centred, measures: taken)),
    ]
  }

  func promptRows(of checkpoint: Int) -> [PromptMeasurement] {
    sessions.flatMap { $0.promptRows(of: checkpoint) }.map { row in
      var row = row
      row.variant = CentredForm.variant(row.variant)
      return row
    }
  }

  mutating func ownRows(of checkpoint: Int) -> [(order: Int, row: Measurement)] {
    sessions.indices.flatMap { sessions[$0].ownRows(of: checkpoint) }.map(marked)
  }

  mutating func comparedRows(checkpoint: Int, reference: Int) -> [(order: Int, row: Measurement)] {
    sessions.indices.flatMap {
      sessions[$0].comparedRows(checkpoint: checkpoint, reference: reference)
    }.map(marked)
  }

  private func marked(_ placed: (order: Int, row: Measurement)) -> (order: Int, row: Measurement) {
    var row = placed.row
    row.variant = CentredForm.variant(row.variant)
    let hasFewer = row.flags.contains { if case .fewerPermutations = $0 { true } else { false } }
    if row.p != nil, row.scope != .within, !hasFewer,
      settings.permutations > Self.mostPermutations
    {
      row.flag(.fewerPermutations(Self.mostPermutations))
    }
    return (placed.order, row)
  }

  /// The rows less the mean of all checkpoints' means, divided by their lengths; made when they are
  /// looked at, for together they are as large as the study.
  static func centred(_ sets: CheckpointRows) -> CheckpointRows {
    let means = sets.map { $0.columnMeans() }
    let mean = means[0].indices.map { column in
      Float(means.reduce(0) { $0 + $1[column] } / Double(means.count))
    }
    return CheckpointRows(count: sets.count) { checkpoint in
      let set = sets[checkpoint]
      return CosineKernel.unitRows(PromptGrams.centred(set, 0..<set.rowCount, about: mean))
    }
  }
}

/// Keeps the place of a measure that an engine is not to take.
private struct Placeholder: Measure {
  let id = ""
  let polarity = Polarity.neither
  let summary = ""
  let source = ""
}
