import AmbitFormats

/// Something that the user should know: said on standard error and recorded in the manifest.
public struct CorpusNotice: Sendable, Equatable, CustomStringConvertible {
  /// What happened, as a stable word for programs.
  public enum Code: String, Sendable {
    /// Bytes that are not UTF-8 were replaced.
    case invalidUTF8 = "invalid_utf8"
    /// JSON beyond the standard was read.
    case mendedJSON = "mended_json"
    /// Sample numbers that repeat were given anew.
    case duplicateSamples = "duplicate_samples"
    /// Ids number the rows and were not used.
    case idsIgnored = "ids_ignored"
    /// Prompts or ids were taken from another file.
    case promptsJoined = "prompts_joined"
    /// Prompts are known only by id.
    case promptsMissing = "prompts_missing"
    /// Rows that repeat a document under another filter were left out.
    case filteredRows = "filtered_rows"
    /// A file of a folder holds no outputs.
    case fileSkipped = "file_skipped"
    /// Empty outputs were dropped.
    case emptyDropped = "empty_dropped"
    /// Empty outputs were kept.
    case emptyKept = "empty_kept"
    /// The same id has different texts.
    case idTextConflict = "id_text_conflict"
    /// Prompts that some checkpoint lacks were dropped.
    case promptsDropped = "prompts_dropped"
    /// Samples beyond the smallest count were dropped.
    case samplesDropped = "samples_dropped"
    /// Prompts with too few samples were dropped.
    case fewSamples = "few_samples"
    /// One checkpoint costs the others many prompts.
    case costlyCheckpoint = "costly_checkpoint"
    /// The files name no prompts.
    case noPrompts = "no_prompts"
    /// No baseline was named and the order of the checkpoints is not the user's own.
    case baselineChosen = "baseline_chosen"
    /// Files given one by one were put into natural order.
    case orderedNaturally = "natural_order"
    /// Outputs are JSON's null.
    case nullOutputs = "null_outputs"
    /// Log-probs have no known form and were left out.
    case logProbsUnread = "logprobs_unread"
    /// Decoding settings differ between checkpoints.
    case decodingDiffers = "decoding_differs"
    /// What was said of decoding contradicts what the file says.
    case decodingContradicts = "decoding_contradicts"
    /// The decoder could not write all that the model can.
    case decodingNarrowed = "decoding_narrowed"
    /// A file that cannot be used was left out, as asked.
    case badSkipped = "bad_skipped"
    /// A checkpoint was left out as asked.
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

  /// Creates a notice; control characters of names in the text and the hint become U+FFFD.
  public init(
    _ code: Code, subject: String? = nil, _ text: String, count: Int? = nil, hint: String? = nil
  ) {
    self.code = code
    self.subject = subject
    self.text = TerminalText.oneLine(text)
    self.count = count
    self.hint = hint.map(TerminalText.oneLine)
  }

  /// Subject and text in one line, without control characters.
  public var description: String {
    subject.map { "\(TerminalText.oneLine($0)): \(text)" } ?? text
  }
}
