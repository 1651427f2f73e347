/// The stages of a run, in order.
public enum StudyStage: String, Sendable, CaseIterable {
  case reading, embedding, projecting, measuring, drawing, writing

  /// What a person is told.
  public var title: String {
    switch self {
    case .reading: "Reading"
    case .embedding: "Embedding"
    case .projecting: "Projecting"
    case .measuring: "Measuring"
    case .drawing: "Drawing"
    case .writing: "Writing"
    }
  }
}

/// How far a stage is. `total` is 0 where it is not known.
public struct StudyProgress: Sendable {
  public let stage: StudyStage
  public let completed: Int
  public let total: Int

  public init(stage: StudyStage, completed: Int = 0, total: Int = 0) {
    self.stage = stage
    self.completed = completed
    self.total = total
  }
}
