/// The stages of a run, in order.
public enum StudyStage: String, Sendable, CaseIterable {
  case reading, embedding, projecting, mapping, measuring, drawing, writing

  /// What a person is told.
  public var title: String {
    switch self {
    case .reading: "Reading"
    case .embedding: "Embedding"
    case .projecting: "Projecting"
    case .mapping: "Mapping"
    case .measuring: "Measuring"
    case .drawing: "Drawing"
    case .writing: "Writing"
    }
  }

  /// What its work is counted in; nil where it is not counted.
  public var unit: String? {
    switch self {
    case .reading: "files"
    case .embedding: "texts"
    case .projecting, .mapping, .measuring, .drawing, .writing: nil
    }
  }
}

/// How far a stage is.
public struct StudyProgress: Sendable {
  /// The stage at work.
  public let stage: StudyStage
  /// The share of the stage's work that is done, from 0 to 1; nil where it is not known.
  public let share: Double?
  /// How many units of the stage's work are done, and how many there are: files, texts; nil where the
  /// work has no units.
  public let done: Int?
  /// See `done`.
  public let total: Int?
  /// What else there is to see, such as a divergence that falls.
  public let detail: String?

  /// A stage, and how much of it is done.
  public init(
    stage: StudyStage, share: Double? = nil, detail: String? = nil, done: Int? = nil,
    total: Int? = nil
  ) {
    self.stage = stage
    self.share = share
    self.done = done
    self.total = total
    self.detail = detail
  }

  /// How many units of the stage's work are done, parts of one included.
  init(stage: StudyStage, doneShare done: Double, of total: Int) {
    self.init(
      stage: stage, share: done / Double(max(1, total)), done: Int(done.rounded()), total: total)
  }
}
