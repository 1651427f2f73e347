import AmbitFormats

/// How checkpoints are made comparable.
public enum MatchMode: String, Sendable, CaseIterable {
  /// The same prompts with the same number of samples each.
  case prompts
  /// The same number of records, whatever the prompts.
  case n
  /// All records.
  case none
}

/// Checkpoints made comparable: which prompts, and which records of each checkpoint.
///
/// Rows of a checkpoint are ordered by prompt, then by sample number. Prompts are in natural order of their
/// ids, or in byte order of their texts where they are matched by text; neither depends on the order of
/// the checkpoints.
public struct MatchedCorpus: Sendable {
  /// A prompt that is kept.
  public struct Prompt: Sendable, Equatable {
    /// Its id: the file's own where prompts match by id, else `text-` and 12 hexadecimal digits of the
    /// text's SHA-256; empty for the one unnamed prompt of files without prompts.
    public var id: String
    /// Its text as the baseline has it; nil where no file gives it.
    public var text: String?

    /// A prompt by id, with its text where it is known.
    public init(id: String, text: String?) {
      self.id = id
      self.text = text
    }

    /// The ids under which a record's prompt may stand in a matched corpus: its own, and that of its text.
    package static func names(of record: Record) -> [String] {
      [record.promptID, record.prompt.map { id(ofText: TextTrimming.trimmed($0)) }]
        .compactMap { $0 }
    }

    /// The id of a prompt that has none of its own, from its trimmed text.
    static func id(ofText text: String) -> String {
      "text-" + SHA256.hexadecimal(of: text).prefix(12)
    }
  }

  /// How it was matched.
  public var mode: MatchMode
  /// The checkpoints in the order given, with all their records.
  public var checkpoints: [Checkpoint]
  /// Which of them is the baseline.
  public var baselineIndex: Int
  /// The prompts kept; those of any checkpoint under `n` and `none`.
  public var prompts: [Prompt]
  /// Per checkpoint the kept records, as indices into its `records`.
  public var rows: [[Int]]
  /// Per checkpoint, where each prompt's rows begin in its `rows`: `prompts.count + 1` numbers. The same
  /// for all checkpoints under `prompts`.
  public var promptOffsets: [[Int]]
  /// Whether the files have prompts; else there is one unnamed prompt.
  public var hasPrompts: Bool
  /// What was kept, what was dropped and why.
  public var report: MatchingReport
  /// Chains of checkpoints; where there are none, all are compared with the one baseline.
  public var lineages: [CheckpointLineage] = []

  /// The checkpoints' names in order.
  public var checkpointNames: [String] { checkpoints.map(\.name) }

  /// The kept records of a checkpoint in row order.
  public func records(of checkpoint: Int) -> [Record] {
    rows[checkpoint].map { checkpoints[checkpoint].records[$0] }
  }

  /// The kept record of one row of a checkpoint.
  public func record(of checkpoint: Int, row: Int) -> Record {
    checkpoints[checkpoint].records[rows[checkpoint][row]]
  }
}

/// What matching kept and dropped.
public struct MatchingReport: Sendable, Equatable {
  /// The counts of one checkpoint.
  public struct CheckpointCounts: Sendable, Equatable {
    /// The checkpoint.
    public var name: String
    /// Records in its file.
    public var recordsRead: Int
    /// Prompts in its file.
    public var promptsRead: Int
    /// Records dropped because their output is empty.
    public var emptyDropped: Int
    /// Records kept.
    public var rowsKept: Int
    /// Prompts of which it keeps a record; may differ between checkpoints under `n` and `none`.
    public var promptsKept: Int
  }

  /// One entry a checkpoint, in order.
  public var checkpoints: [CheckpointCounts]
  /// Prompts that every checkpoint has, before any was dropped for having too few samples;
  /// 0 under `n` and `none`.
  public var promptsShared: Int
  /// Prompts kept.
  public var promptsKept: Int
  /// Prompts that some checkpoint lacks; 0 under `n` and `none`.
  public var promptsUnshared: Int
  /// Prompts dropped for having less than half the median number of samples.
  public var promptsWithFewSamples: Int
  /// The smallest and largest number of samples a prompt that are kept, over all checkpoints.
  public var samplesPerPrompt: ClosedRange<Int>
  /// What the user should know, in a fixed order.
  public var notices: [CorpusNotice]
}
