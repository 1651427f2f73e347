/// Something that the user should know: said on standard error and recorded in the manifest.
public struct CorpusNotice: Sendable, Equatable, CustomStringConvertible {
  /// What happened, as a stable word for programs.
  public enum Code: String, Sendable {
    case invalidUTF8 = "invalid_utf8"
    case mendedJSON = "mended_json"
    case duplicateSamples = "duplicate_samples"
    case idsIgnored = "ids_ignored"
    case promptsJoined = "prompts_joined"
    case promptsMissing = "prompts_missing"
    case filteredRows = "filtered_rows"
    case fileSkipped = "file_skipped"
    case emptyDropped = "empty_dropped"
    case emptyKept = "empty_kept"
    case idTextConflict = "id_text_conflict"
    case promptsDropped = "prompts_dropped"
    case samplesDropped = "samples_dropped"
    case fewSamples = "few_samples"
    case costlyCheckpoint = "costly_checkpoint"
    case noPrompts = "no_prompts"
    case decodingDiffers = "decoding_differs"
    case checkpointDropped = "checkpoint_dropped"
  }

  /// What happened.
  public var code: Code
  /// The file or checkpoint it is about; nil where it is about all.
  public var subject: String?
  /// One sentence with its counts.
  public var text: String
  /// How many records or prompts it is about, where that is a number.
  public var count: Int?
  /// What can be done about it.
  public var hint: String?

  /// Creates a notice.
  public init(
    _ code: Code, subject: String? = nil, _ text: String, count: Int? = nil, hint: String? = nil
  ) {
    self.code = code
    self.subject = subject
    self.text = text
    self.count = count
    self.hint = hint
  }

  /// Subject and text in one line.
  public var description: String { subject.map { "\($0): \(text)" } ?? text }
}
