/// What one file holds, and how it was understood.
public struct OutputFile: Sendable {
  /// What kind of thing the file holds.
  public enum Kind: String, Sendable {
    /// Texts that models wrote.
    case outputs
    /// Vectors, one a record.
    case vectors
    /// Pairs of outputs with a judgement: to calibrate with, not to compare checkpoints.
    case judgedPairs = "judged pairs"
    /// Prompts without outputs.
    case promptsOnly = "prompts only"
  }

  /// The path as given; `-` for standard input.
  public var path: String
  /// What kind of thing the file holds.
  public var kind: Kind
  /// The format's name, e.g. `JSON Lines` or `AlpacaEval`.
  public var format: String
  /// Why it was taken for that format.
  public var why: String
  /// The records in the order of the file. Judged pairs give two a row; prompts only give one with an
  /// empty output.
  public var records: [Record]
  /// How many rows the file has: lines, array elements, table rows.
  public var rowCount: Int
  /// Fields that were not used, in the order in which they were first seen.
  public var ignoredFields: [String]
  /// Decoding settings found in the file, e.g. temperature, with each value seen as JSON text.
  public var decoding: [DecodingSetting]
  /// The vectors, for `Kind.vectors`: row *i* belongs to record *i*.
  public var vectors: Vectors?
  /// What was mended, joined or left out on reading.
  public var notices: [CorpusNotice]
  /// SHA-256 of the file as it lies on the disk, in hexadecimal.
  public var sha256: String
  /// The field that holds the prompts' texts; nil where the format has none that could be named.
  public var promptField: String?

  package init(
    path: String, kind: Kind, format: String, why: String, records: [Record], rowCount: Int,
    ignoredFields: [String] = [], decoding: [DecodingSetting] = [], vectors: Vectors? = nil,
    notices: [CorpusNotice] = [], sha256: String, promptField: String? = nil
  ) {
    self.path = path
    self.kind = kind
    self.format = format
    self.why = why
    self.records = records
    self.rowCount = rowCount
    self.ignoredFields = ignoredFields
    self.decoding = decoding
    self.vectors = vectors
    self.notices = notices
    self.sha256 = sha256
    self.promptField = promptField
  }

  /// Whether every record has a prompt, by text or by id.
  public var hasPrompts: Bool {
    !records.isEmpty && records.allSatisfy { $0.prompt != nil || $0.promptID != nil }
  }

  /// Whether every record has a prompt id.
  public var hasPromptIDs: Bool {
    !records.isEmpty && records.allSatisfy { $0.promptID != nil }
  }

  /// Vectors of one width, row-major.
  public struct Vectors: Sendable, Equatable {
    /// How many numbers a vector has.
    public var width: Int
    /// All vectors, one after the other.
    public var values: [Float]

    /// Creates vectors; `values` holds a whole number of rows.
    public init(width: Int, values: [Float]) {
      precondition(width > 0 && values.count % width == 0, "the values are no rows of that width")
      self.width = width
      self.values = values
    }
  }
}

/// One decoding setting and the values with which it occurs in a file, in order of appearance.
public struct DecodingSetting: Sendable, Equatable {
  /// The setting's name, e.g. `temperature`.
  public var name: String
  /// Its values as JSON text.
  public var values: [String]

  /// A setting and its values.
  public init(name: String, values: [String]) {
    self.name = name
    self.values = values
  }
}
