import AmbitFormats

/// The files of a study as they are read, one after another, with what is wrong with some of them.
struct CheckpointReading {
  /// A checkpoint and what was said of it.
  struct Found {
    var checkpoint: Checkpoint
    let entry: CheckpointEntry?
    let isOrderedHere: Bool
    var lineage: String? { entry?.lineage }
  }

  private(set) var checkpoints: [Found] = []
  private(set) var skipped: [CheckpointArguments.SkippedFile] = []
  /// Names of files that cannot be used and were to be dropped anyway.
  private(set) var droppedUnread: [String] = []
  var notices: [CorpusNotice]
  /// Whether the order of the files is the user's.
  let isOrderGiven: Bool
  private let arguments: CheckpointArguments
  /// Whether the first file, the baseline where none is named, is among the skipped.
  private var hasLostFirst = false

  /// Reads every file, also behind one that cannot be used.
  init(
    _ arguments: CheckpointArguments, progress: (_ done: Int, _ total: Int) -> Void
  ) throws {
    self.arguments = arguments
    var notices: [CorpusNotice] = []
    let inputs = try CheckpointInput.inputs(of: arguments.arguments, notices: &notices)
    self.notices = notices
    isOrderGiven = CheckpointInput.isOrderGiven(inputs)
    for (index, input) in inputs.enumerated() {
      progress(index, inputs.count)
      do {
        try read(input)
      } catch let error as InputError {
        skip(input.name ?? input.nameFromFile, error.placed(in: input.entry), isFirst: index == 0)
      }
    }
  }

  private mutating func read(_ input: CheckpointInput) throws {
    let file = try OutputFile(path: input.path, options: arguments.reading)
    guard file.kind == .outputs || file.kind == .vectors else {
      if input.isFromFolder {
        notices.append(
          CorpusNotice(.fileSkipped, subject: input.path, "skipped: it holds \(file.kind.rawValue)")
        )
        return
      }
      throw InputError(
        .selection, path: input.path,
        "expected outputs of a model, found \(file.kind.rawValue) (\(file.why))",
        hint: file.kind == .promptsOnly
          ? "leave this file out; --prompts FILE takes questions"
          : "leave this file out; judged pairs calibrate a threshold, they are no checkpoint")
    }
    for var checkpoint in named(file, input: input) {
      checkpoint.step = input.entry?.step ?? checkpoint.step
      for setting in arguments.decoding
      where !(input.entry?.decoding ?? []).contains(where: {
        $0.name == setting.name
      }) {
        checkpoint.state(setting)
      }
      for setting in input.entry?.decoding ?? [] { checkpoint.state(setting) }
      checkpoints.append(
        Found(checkpoint: checkpoint, entry: input.entry, isOrderedHere: input.isOrderedHere))
    }
  }

  private func named(_ file: OutputFile, input: CheckpointInput) -> [Checkpoint] {
    if let name = input.name { return [Checkpoint(name: name, file: file)] }
    let labels = CheckpointLabels(file.records)
    let source = arguments.nameSource
    return labels.giveNames(from: source, isFieldGiven: arguments.reading.checkpointField != nil)
      ? labels.split(file, by: source) : [Checkpoint(name: input.nameFromFile, file: file)]
  }

  private mutating func skip(_ name: String, _ error: InputError, isFirst: Bool) {
    // What is to be left out need not be readable.
    guard !arguments.dropped.contains(where: { TextKey($0) == TextKey(name) }) else {
      return droppedUnread.append(name)
    }
    skipped.append(.init(name: name, error: error))
    if isFirst { hasLostFirst = true }
  }

  /// Vectors for all or for none, of one width: that of the baseline, or of the first with vectors.
  mutating func checkVectors() throws {
    let base = arguments.baseline.flatMap { name in
      checkpoints.first { TextKey($0.checkpoint.name) == TextKey(name) }
    }
    guard checkpoints.contains(where: { $0.checkpoint.source.vectors != nil }),
      let first = (base ?? checkpoints.first)?.checkpoint.source
    else { return }
    var kept: [Found] = []
    for found in checkpoints {
      let source = found.checkpoint.source
      if let error = Self.mismatch(source, with: first) {
        skip(found.checkpoint.name, error, isFirst: false)
      } else {
        kept.append(found)
      }
    }
    checkpoints = kept
  }

  private static func mismatch(_ file: OutputFile, with first: OutputFile) -> InputError? {
    switch (file.vectors?.width, first.vectors?.width) {
    case (nil, nil): nil
    case (nil, _?):
      InputError(
        .unmatched, path: file.path, "expected vectors as in \(first.path), found texts",
        hint: "give vectors for all checkpoints or for none")
    case (_?, nil):
      InputError(
        .unmatched, path: file.path, "expected texts as in \(first.path), found vectors",
        hint: "give vectors for all checkpoints or for none")
    case (let own?, let others?):
      own == others
        ? nil
        : InputError(
          .unmatched, path: file.path,
          "expected vectors of \(others) numbers as in \(first.path), found \(own)",
          hint: "embed all checkpoints with the same model")
    }
  }

  /// Decides what becomes of files that cannot be used.
  ///
  /// - Throws: the first fault, which names the others too, unless they are to be skipped; always that of
  ///   a baseline.
  mutating func settle() throws {
    guard let first = skipped.first else { return }
    let baselines =
      (arguments.baseline.map { [$0] } ?? []) + arguments.lineages.compactMap(\.members.first)
    let lost =
      arguments.baseline == nil && hasLostFirst
      ? first
      : skipped.first { file in baselines.contains { TextKey($0) == TextKey(file.name) } }
    if var error = lost?.error {
      if arguments.skipsBad {
        let hint = "a baseline cannot be left out"
        error.hint = error.hint.map { "\($0); \(hint)" } ?? hint
      }
      throw error
    }
    guard arguments.skipsBad else {
      var error = first.error
      let others = skipped.dropFirst().map { $0.error.path ?? $0.name }
      var hints = [error.hint].compactMap { $0 }
      if !others.isEmpty {
        hints.append(
          "\(Wording.count(others.count, "more file")) cannot be used: "
            + others.prefix(8).joined(separator: ", ") + (others.count > 8 ? " …" : ""))
      }
      if checkpoints.count > 1 {
        hints.append("--skip-bad goes on without \(others.isEmpty ? "it" : "them")")
      }
      error.hint = hints.joined(separator: "; ")
      throw error
    }
    notices += skipped.map { file in
      CorpusNotice(
        .badSkipped, subject: file.name,
        "left out by --skip-bad: \(file.error)")
    }
  }
}
