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
  /// A file with its name, both as they are.
  case named(String, path: String)
}

/// Turns the words of a command line into named checkpoints.
///
/// A word that exists as a path is a path; else the name ends at the first `=`. A folder or a pattern
/// (`*`, `?`, `[…]`) is one checkpoint per file in natural order; `-` is standard input. A file without a
/// given name that holds several generators or steps is several checkpoints.
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

  /// Checkpoints in the order given, and which is the baseline.
  public struct Resolved: Sendable {
    /// The checkpoints; their names are distinct.
    public var checkpoints: [Checkpoint]
    /// The index of the baseline.
    public var baselineIndex: Int
    /// Whether the user put them in this order: not a folder, a pattern, an alphabet or one file of many.
    public var isOrderGiven: Bool
    /// Files skipped, checkpoints left out.
    public var notices: [CorpusNotice]
  }

  /// Reads all files; linear in their size.
  ///
  /// Throws `InputError`: `selection` for `name=FOLDER`, an empty name or folder, two checkpoints of one
  /// name, fewer than two checkpoints (unless `allowsOne`), an unknown baseline or dropped name; and what
  /// `OutputFile` throws.
  public func resolve(allowsOne: Bool = false) throws -> Resolved {
    var notices: [CorpusNotice] = []
    var checkpoints: [Checkpoint] = []
    var orderedHere = Set<TextKey>()
    let inputs = try CheckpointInput.inputs(of: arguments, notices: &notices)
    for input in inputs {
      let file = try OutputFile(path: input.path, options: reading)
      guard file.kind == .outputs || file.kind == .vectors else {
        if input.isFromFolder {
          notices.append(
            CorpusNotice(
              .fileSkipped, subject: input.path, "skipped: it holds \(file.kind.rawValue)"))
          continue
        }
        throw InputError(
          .selection, path: input.path,
          "expected outputs of a model, found \(file.kind.rawValue) (\(file.why))",
          hint: file.kind == .promptsOnly
            ? "leave this file out; --prompts FILE takes questions"
            : "leave this file out; judged pairs calibrate a threshold, they are no checkpoint")
      }
      let found = named(file, input: input)
      if input.isOrderedHere { orderedHere.formUnion(found.map { TextKey($0.name) }) }
      checkpoints += found
    }
    try checkNames(checkpoints)
    for name in dropped {
      try checkExists(name, among: checkpoints, option: "--drop")
      checkpoints.removeAll { $0.name == name }
      notices.append(
        CorpusNotice(.checkpointDropped, subject: name, "left out by --drop"))
    }
    guard checkpoints.count > (allowsOne ? 0 : 1) else {
      throw InputError(
        .selection,
        checkpoints.isEmpty
          ? "no checkpoint is left"
          : "only one checkpoint, `\(checkpoints[0].name)`; a comparison needs two",
        hint: "name two files or more, e.g. base=base.jsonl sft=sft.jsonl")
    }
    try checkVectors(checkpoints)
    if let baseline { try checkExists(baseline, among: checkpoints, option: "--baseline") }
    let index = baseline.flatMap { name in checkpoints.firstIndex { $0.name == name } } ?? 0
    let chosen = checkpoints[index].name
    if baseline == nil, checkpoints.count > 1, orderedHere.contains(TextKey(chosen)) {
      notices.append(
        CorpusNotice(
          .baselineChosen, "the baseline is `\(chosen)`, the first in natural order",
          hint: "--baseline NAME takes another"))
    }
    notices += checkpoints.flatMap(\.source.notices)
    if let notice = Self.decodingNotice(checkpoints) { notices.append(notice) }
    return Resolved(
      checkpoints: checkpoints, baselineIndex: index,
      isOrderGiven: CheckpointInput.isOrderGiven(inputs), notices: Self.distinct(notices))
  }

  private func named(_ file: OutputFile, input: CheckpointInput) -> [Checkpoint] {
    if let name = input.name { return [Checkpoint(name: name, file: file)] }
    let labels = CheckpointLabels(file.records)
    return labels.giveNames(from: nameSource, isFieldGiven: reading.checkpointField != nil)
      ? labels.split(file, by: nameSource)
      : [Checkpoint(name: input.nameFromFile, file: file)]
  }

  private func checkNames(_ checkpoints: [Checkpoint]) throws {
    var seen: [TextKey: String] = [:]
    for checkpoint in checkpoints {
      let first = seen.updateValue(checkpoint.source.path, forKey: TextKey(checkpoint.name))
      guard let first else { continue }
      let hasGenerators = checkpoints.allSatisfy { CheckpointLabels($0.records).hasGenerators }
      throw InputError(
        .selection,
        "two checkpoints have the name `\(checkpoint.name)`: \(first) and \(checkpoint.source.path)",
        hint: hasGenerators && nameSource == nil
          ? "--name-from generator takes the names in the files, or give them: name=FILE"
          : "give each a name: name=FILE")
    }
  }

  private func checkExists(
    _ name: String, among checkpoints: [Checkpoint], option: String
  ) throws {
    let names = checkpoints.map(\.name)
    guard !names.contains(where: { TextKey($0) == TextKey(name) }) else { return }
    throw InputError(
      .selection, "\(option) names `\(name)`, but no checkpoint has that name",
      hint: NearestNames.hint(for: name, among: names)
        ?? "the checkpoints are \(names.joined(separator: ", "))")
  }

  private func checkVectors(_ checkpoints: [Checkpoint]) throws {
    guard let first = checkpoints.first(where: { $0.source.vectors != nil }) else { return }
    let width = first.source.vectors!.width
    for checkpoint in checkpoints {
      guard let vectors = checkpoint.source.vectors else {
        throw InputError(
          .unmatched, path: checkpoint.source.path,
          "expected vectors as in \(first.source.path), found texts",
          hint: "give vectors for all checkpoints or for none")
      }
      guard vectors.width == width else {
        throw InputError(
          .unmatched, path: checkpoint.source.path,
          "expected vectors of \(width) numbers as in \(first.source.path), found \(vectors.width)",
          hint: "embed all checkpoints with the same model")
      }
    }
  }

  /// Different decoding settings change diversity as much as training does.
  private static func decodingNotice(_ checkpoints: [Checkpoint]) -> CorpusNotice? {
    var names: [String] = []
    for setting in checkpoints.flatMap(\.source.decoding) where !names.contains(setting.name) {
      names.append(setting.name)
    }
    let differing = names.compactMap { name -> String? in
      let values = checkpoints.map { checkpoint in
        checkpoint.source.decoding.first { $0.name == name }?.values.joined(separator: "/")
      }
      guard Set(values.compactMap { $0 }).count > 1 else { return nil }
      let shown = zip(checkpoints, values).map { "\($0.name) \($1 ?? "unknown")" }
      return "\(name) (\(shown.joined(separator: ", ")))"
    }
    guard !differing.isEmpty else { return nil }
    return CorpusNotice(
      .decodingDiffers, "decoding settings differ: " + differing.joined(separator: "; "))
  }

  private static func distinct(_ notices: [CorpusNotice]) -> [CorpusNotice] {
    var kept: [CorpusNotice] = []
    for notice in notices where !kept.contains(notice) { kept.append(notice) }
    return kept
  }
}
