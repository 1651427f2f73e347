/// One output of a model: what it wrote, to which prompt, as which sample.
public struct Record: Sendable, Equatable {
  /// The prompt's identifier, where the file has one.
  public var promptID: String?
  /// The prompt's text, where the file has one.
  public var prompt: String?
  /// What the model wrote, untrimmed; empty for vectors.
  public var output: String
  /// Which output to this prompt it is, from 0 where the file does not count itself. (Prompt, sample) is
  /// unique within a checkpoint.
  public var sample: Int
  /// Who wrote it, as the file says: its `generator`, `model` or `model_id`.
  public var generator: String?
  /// The training step, as the file says.
  public var step: String?
  /// A quality score, where the file has one.
  public var score: Double?
  /// The stratum of its prompt, where a field for it was named and the file has it.
  public var stratum: String?
  /// What the model that wrote the output gives it, where the file has it.
  public var logProbs: LogProbs?
  /// What other models give the output, by their checkpoints' names.
  public var logProbsBy: [String: LogProbs] = [:]
  /// The line of the file on which it stands, from 1; of an NPY or Parquet file the row, from 1.
  public var line: Int

  /// Creates a record; what is not known stays nil.
  public init(
    promptID: String? = nil, prompt: String? = nil, output: String, sample: Int = 0,
    generator: String? = nil, step: String? = nil, score: Double? = nil, line: Int = 0
  ) {
    self.promptID = promptID
    self.prompt = prompt
    self.output = output
    self.sample = sample
    self.generator = generator
    self.step = step
    self.score = score
    self.line = line
  }

  /// Whether the output holds nothing but white space.
  public var isEmpty: Bool { TextTrimming.isBlank(output) }
}
