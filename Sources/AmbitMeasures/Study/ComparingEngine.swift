/// An engine that compares two checkpoints in the light of a null of the reference: what chance alone
/// does to it.
///
/// The null costs about as much as a comparison and serves every checkpoint with that reference, so a
/// `ComparingSession` keeps it.
protocol ComparingEngine {
  /// What random halves of a reference give.
  associatedtype Null

  var context: StudyContext { get }
  /// Whether there is nothing to take.
  var isEmpty: Bool { get }
  /// The null of one reference.
  func null(of reference: Int) -> Null
  /// Whether a comparison may have a null: not where it is to be refused.
  func allowsNull(checkpoint: Int, reference: Int) -> Bool
  /// The rows of `per_prompt.csv` of one checkpoint.
  func promptRows(of checkpoint: Int) -> [PromptMeasurement]
  /// The rows of one checkpoint alone, each with its measure's place in the suite.
  func ownRows(of checkpoint: Int) -> [(order: Int, row: Measurement)]
  /// The rows of one checkpoint against another, each with its measure's place in the suite.
  ///
  /// - Parameter null: of the reference; `nil` where `allowsNull` says no.
  func comparedRows(
    checkpoint: Int, reference: Int, null: Null?
  ) -> [(order: Int, row: Measurement)]
}

extension ComparingEngine {
  func allowsNull(checkpoint: Int, reference: Int) -> Bool { true }
  func promptRows(of checkpoint: Int) -> [PromptMeasurement] { [] }
  func ownRows(of checkpoint: Int) -> [(order: Int, row: Measurement)] { [] }
}

/// An engine at work, with the nulls of the references seen so far.
struct ComparingSession<Engine: ComparingEngine>: EngineSession {
  private let engine: Engine
  private var nulls = PerCheckpoint<Engine.Null>()

  init(_ engine: Engine) { self.engine = engine }

  func promptRows(of checkpoint: Int) -> [PromptMeasurement] {
    engine.promptRows(of: checkpoint)
  }

  func ownRows(of checkpoint: Int) -> [(order: Int, row: Measurement)] {
    engine.ownRows(of: checkpoint)
  }

  mutating func comparedRows(checkpoint: Int, reference: Int) -> [(order: Int, row: Measurement)] {
    guard !engine.isEmpty else { return [] }
    let engine = engine
    let isAllowed = engine.allowsNull(checkpoint: checkpoint, reference: reference)
    return engine.comparedRows(
      checkpoint: checkpoint, reference: reference,
      null: isAllowed ? nulls.value(of: reference) { engine.null(of: reference) } : nil)
  }
}
