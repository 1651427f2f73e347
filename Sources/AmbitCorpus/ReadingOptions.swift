/// How to read files where detection needs help. Field names may be dotted to reach into objects
/// (`message.content`); a field that really has that name comes first.
public struct ReadingOptions: Sendable, Equatable {
  /// The field or column that holds the output.
  public var textField: String?
  /// The field or column that holds the prompt.
  public var promptField: String?
  /// The field or column that identifies the prompt.
  public var idField: String?
  /// The field or column that numbers the samples of a prompt.
  public var sampleField: String?
  /// The field or column that names the checkpoint.
  public var checkpointField: String?
  /// The field or column that holds a score.
  public var scoreField: String?
  /// The field or column that holds the stratum of the prompt, also in a file of prompts.
  public var stratumField: String?
  /// The field that holds the log-probs of the output; of a table, the column with their sum.
  public var logProbField: String?
  /// A file with prompts by id, for outputs that name their prompts only by id.
  public var promptsPath: String?
  /// A file with a prompt id per row, for vectors.
  public var idsPath: String?
  /// Whether `<think>…</think>` is removed from outputs.
  public var stripsThinking: Bool

  /// Everything left to detection.
  public init(
    textField: String? = nil, promptField: String? = nil, idField: String? = nil,
    sampleField: String? = nil, checkpointField: String? = nil, scoreField: String? = nil,
    stratumField: String? = nil, logProbField: String? = nil,
    promptsPath: String? = nil, idsPath: String? = nil, stripsThinking: Bool = false
  ) {
    self.textField = textField
    self.promptField = promptField
    self.idField = idField
    self.sampleField = sampleField
    self.checkpointField = checkpointField
    self.scoreField = scoreField
    self.stratumField = stratumField
    self.logProbField = logProbField
    self.promptsPath = promptsPath
    self.idsPath = idsPath
    self.stripsThinking = stripsThinking
  }
}
