import AmbitFormats

/// Where a checkpoint's name comes from when none is given.
public enum NameSource: String, Sendable, CaseIterable {
  /// The file's name without known suffixes.
  case file
  /// The training step in the file.
  case step
  /// The generator or model in the file.
  case generator
}

/// One checkpoint, or several, as a user gives them.
public enum CheckpointArgument: Sendable, Equatable {
  /// A word of a command line: a path, folder, pattern, `name=path` or `-`.
  case word(String)
  /// An entry of a study file.
  case entry(CheckpointEntry)
}

/// Turns the words of a command line into named checkpoints.
///
/// A word that exists as a path is a path; else the name ends at the first `=`. A folder or a pattern
/// (`*`, `?`, `[…]`) is one checkpoint per file in natural order; `-` is standard input. So is a path with
/// gaps, `gens/{run}/step-{step}.jsonl`: `{step}` stands for digits, which are the training step, any other
/// gap for text, and a name before the `=` may hold the same gaps. A file without a given name that holds
/// several generators or steps is several checkpoints.
public struct CheckpointArguments: Sendable {
  /// What was given, in order.
  public var arguments: [CheckpointArgument]
  /// The name of the baseline; the first checkpoint where nil.
  public var baseline: String?
  /// Names of checkpoints to leave out.
  public var dropped: [String]
  /// Where names come from; where nil, from the file, or from the labels of a file that holds several.
  public var nameSource: NameSource?
  /// How files are read.
  public var reading: ReadingOptions
  /// Chains of checkpoints, by name.
  public var lineages: [LineageArgument] = []
  /// How outputs were decoded, where a file and its entry do not say.
  public var decoding: [DecodingSetting] = []
  /// Whether files that cannot be read are left out, all but a baseline.
  public var skipsBad = false
  /// The lines of the study file at which `baseline` and `drop` stand, for messages.
  public var places: [String: Int] = [:]

  /// Creates the arguments; nothing is read yet.
  public init(
    arguments: [CheckpointArgument], baseline: String? = nil, dropped: [String] = [],
    nameSource: NameSource? = nil, reading: ReadingOptions = ReadingOptions()
  ) {
    self.arguments = arguments
    self.baseline = baseline
    self.dropped = dropped
    self.nameSource = nameSource
    self.reading = reading
  }

  /// Creates the arguments from the words of a command line; nothing is read yet.
  public init(
    _ words: [String], baseline: String? = nil, dropped: [String] = [],
    nameSource: NameSource? = nil, reading: ReadingOptions = ReadingOptions()
  ) {
    self.init(
      arguments: words.map { .word($0) }, baseline: baseline, dropped: dropped,
      nameSource: nameSource, reading: reading)
  }
}
