/// Something a reader of the results must know: what was dropped, found or assumed.
public struct StudyNote: Sendable, Equatable {
  /// A stable word for programs, for example `prompts_dropped`.
  public let code: String
  /// One plain sentence.
  public let text: String

  /// Joins a word with its sentence.
  public init(code: String, text: String) {
    self.code = code
    self.text = text
  }
}
