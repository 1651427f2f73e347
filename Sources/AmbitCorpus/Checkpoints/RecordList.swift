import AmbitFormats

/// The records of some files in the order in which they stand there, for work on each record alone.
///
/// Nothing is matched and nothing put aside but empty outputs. Files are named on the command line as
/// checkpoints are: paths, folders, patterns, `name=path`, `-`.
public struct RecordList: Sendable {
  /// A record, and what it is.
  public struct Row: Sendable {
    /// The checkpoint: the name given, else the file's labels or name.
    public let checkpoint: String
    /// The prompt's id: the file's own, else `text-` and 12 digits of the prompt's SHA-256; empty
    /// without a prompt.
    public let promptID: String
    /// The record.
    public let record: Record
  }

  /// The records that are kept.
  public private(set) var rows: [Row] = []
  /// How many empty outputs were dropped.
  public private(set) var emptyDropped = 0
  /// What was mended, skipped or put in order.
  public private(set) var notices: [CorpusNotice] = []

  /// Reads all files; linear in their size.
  ///
  /// Throws `InputError`: for files of vectors or of prompts alone, where no record is left, and what
  /// `OutputFile` throws.
  public init(
    _ words: [String], reading: ReadingOptions = ReadingOptions(), nameSource: NameSource? = nil,
    keepsEmpty: Bool = false
  ) throws {
    let arguments = words.map { CheckpointArgument.word($0) }
    for input in try CheckpointInput.inputs(of: arguments, notices: &notices) {
      let file = try OutputFile(path: input.path, options: reading)
      guard file.kind == .outputs || file.kind == .judgedPairs else {
        throw InputError(
          .selection, path: input.path, "expected texts, found \(file.kind.rawValue) (\(file.why))",
          hint: file.kind == .vectors
            ? "these are vectors already" : "give files with what models wrote")
      }
      notices += file.notices
      let labels = CheckpointLabels(file.records)
      let isLabelled =
        input.name == nil
        && labels.giveNames(from: nameSource, isFieldGiven: reading.checkpointField != nil)
      let fileName = input.name ?? input.nameFromFile
      for record in file.records {
        if !keepsEmpty && record.isEmpty {
          emptyDropped += 1
          continue
        }
        rows.append(
          Row(
            checkpoint: isLabelled ? labels.name(of: record, by: nameSource) : fileName,
            promptID: Self.promptID(of: record), record: record))
      }
    }
    guard !rows.isEmpty else {
      throw InputError(
        .empty, path: words.count == 1 ? words[0] : nil,
        emptyDropped > 0 ? "every output is empty" : "no output is there",
        hint: emptyDropped > 0 ? "--keep-empty keeps empty outputs" : nil)
    }
  }

  private static func promptID(of record: Record) -> String {
    if let id = record.promptID { return id }
    return record.prompt.map { MatchedCorpus.Prompt.id(ofText: TextTrimming.trimmed($0)) } ?? ""
  }
}
