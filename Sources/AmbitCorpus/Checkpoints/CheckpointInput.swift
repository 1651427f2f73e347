import AmbitFormats

/// A file that the command line names, with the name it gives.
struct CheckpointInput: Sendable, Equatable {
  /// Nil where the name comes from the file.
  var name: String?
  var path: String
  /// Whether a folder or pattern brought it in, so that files without outputs are skipped.
  var isFromFolder = false
  /// Whether its place among the others is not the user's: given by a folder, a pattern or natural order.
  var isOrderedHere = false
  /// What the study file says of it, its gaps filled.
  var entry: CheckpointEntry?

  var nameFromFile: String {
    if path == "-" { return "stdin" }
    let name = PathText.lastComponent(path)
    let stem = FileName.stem(of: name)
    return stem.isEmpty ? name : stem
  }

  /// The files that arguments name, in order; notices say what was skipped and what was put in order.
  static func inputs(
    of arguments: [CheckpointArgument], notices: inout [CorpusNotice]
  ) throws -> [CheckpointInput] {
    let inputs = try arguments.flatMap { argument -> [CheckpointInput] in
      switch argument {
      case .word(let word): return try Self.inputs(of: word, notices: &notices)
      case .entry(let entry):
        do {
          return try Self.inputs(of: entry, notices: &notices)
        } catch let error as InputError {
          throw error.placed(in: entry)
        }
      }
    }
    if inputs.count(where: { $0.path == "-" }) > 1 {
      throw InputError(
        .selection, "standard input (`-`) is given twice", hint: "it can be read only once")
    }
    return inNaturalRuns(inputs, notices: &notices)
  }

  private static func inputs(
    of word: String, notices: inout [CorpusNotice]
  ) throws -> [CheckpointInput] {
    if word == "-" { return [CheckpointInput(path: "-")] }
    switch System.kind(of: word) {
    case .folder: return try FolderContents(word, notices: &notices).inputs
    case .some: return [CheckpointInput(path: word)]
    case nil: break
    }
    if PathPattern.hasGaps(word) {
      let parts = word.split(separator: "=", maxSplits: 1).map(String.init)
      return try inputs(
        of: CheckpointEntry(name: parts.count == 2 ? parts[0] : nil, path: parts.last!),
        notices: &notices)
    }
    let parts = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    if parts.count == 2 {
      let name = TextTrimming.trimmed(String(parts[0]))
      let path = String(parts[1])
      guard !name.isEmpty else {
        throw InputError(
          .selection, path: word, "expected a name before `=`, found none", hint: "write name=FILE")
      }
      guard !path.isEmpty else {
        throw InputError(
          .selection, path: word, "expected a path after `=`, found none", hint: "write name=FILE")
      }
      if System.kind(of: path) == .folder {
        throw InputError(
          .selection, path: path, "`\(name)` names a folder, but a checkpoint is one file",
          hint: "give the folder without a name for one checkpoint per file")
      }
      let matches = Glob.paths(path)
      if System.kind(of: path) == nil, matches.count > 1 {
        throw InputError(
          .selection, path: path, "`\(name)` names \(matches.count) files, but a checkpoint is one",
          hint: "give the pattern without a name for one checkpoint per file")
      }
      return [CheckpointInput(name: name, path: matches.first ?? path)]
    }
    if Glob.isPattern(word) {
      let matches = Glob.paths(word).filter { System.kind(of: $0) == .file }
      guard !matches.isEmpty else {
        throw InputError(
          .missing, path: word, "no file matches", hint: "check the pattern and the current folder")
      }
      return inOrder(
        matches.map { CheckpointInput(path: $0, isFromFolder: true, isOrderedHere: true) })
    }
    return [CheckpointInput(path: word)]
  }

  /// Whether the order of the files says something: files with names of the user's, or two, or more that no
  /// shell would have put into that order.
  static func isOrderGiven(_ inputs: [CheckpointInput]) -> Bool {
    guard inputs.count > 1, !inputs.contains(where: \.isOrderedHere) else { return false }
    return inputs.contains { $0.name != nil || $0.entry != nil } || inputs.count == 2
      || inOrder(inputs) != inputs
  }

  private static func inputs(
    of entry: CheckpointEntry, notices: inout [CorpusNotice]
  ) throws -> [CheckpointInput] {
    if System.kind(of: entry.path) == .file || !PathPattern.hasGaps(entry.path) {
      if !PathPattern.hasGaps(entry.path),
        let gap = [entry.name, entry.lineage].lazy.compactMap({ $0.map(PathPattern.gaps) })
          .joined()
          .first
      {
        throw InputError(
          .selection, "the gap `{\(gap)}` stands in the name or lineage, but not in the path",
          hint: "for example `path: gens/{\(gap)}.jsonl`")
      }
      if let name = entry.name, System.kind(of: entry.path) == .folder {
        throw InputError(
          .selection, "`\(name)` names the folder \(entry.path), but a checkpoint is one file",
          hint: "leave the name out for one checkpoint per file")
      }
      if let name = entry.name, System.kind(of: entry.path) == nil, Glob.isPattern(entry.path) {
        throw InputError(
          .selection, "`\(name)` is the name of one checkpoint, but \(entry.path) is a pattern",
          hint: "leave the name out, or put a gap into both: `name: step-{step}`")
      }
      var found =
        try entry.name.map { [CheckpointInput(name: $0, path: entry.path)] }
        ?? inputs(ofPath: entry.path, notices: &notices)
      for index in found.indices { found[index].entry = entry }
      return found
    }
    let pattern = PathPattern(entry.path)
    for text in [entry.name, entry.lineage].compactMap({ $0 }) {
      if let gap = PathPattern.gaps(in: text).first(where: { !pattern.gaps.contains($0) }) {
        throw InputError(
          .selection, "the gap `{\(gap)}` of `\(text)` does not stand in the path \(entry.path)",
          hint: "the gaps of the path are \(pattern.gaps.map { "{\($0)}" }.joined(separator: ", "))"
        )
      }
    }
    let matches = pattern.matches()
    guard !matches.isEmpty else {
      throw InputError(
        .missing, path: entry.path, "no file matches",
        hint: pattern.gaps.contains("step")
          ? "{step} stands for digits, any other gap for text without a slash"
          : "check the pattern and the current folder")
    }
    return matches.map { match in
      var own = entry
      own.path = match.path
      own.name = entry.name.map { PathPattern.filled($0, with: match.values) }
      own.lineage = entry.lineage.map { PathPattern.filled($0, with: match.values) }
      own.step = entry.step ?? match.values["step"].flatMap(Double.init)
      return CheckpointInput(
        name: own.name, path: match.path, isFromFolder: own.name == nil, isOrderedHere: true,
        entry: own)
    }
  }

  /// A path without a name: a file, the files of a folder, or those that match a shell's pattern.
  private static func inputs(
    ofPath path: String, notices: inout [CorpusNotice]
  ) throws -> [CheckpointInput] {
    System.kind(of: path) != nil || Glob.isPattern(path) || path == "-"
      ? try inputs(of: path, notices: &notices) : [CheckpointInput(path: path)]
  }

  /// Natural order of the paths, part by part, without the suffixes of the files: with them `phi-2-dpo.json`
  /// would come before `phi-2.json`.
  static func inOrder(_ inputs: [CheckpointInput]) -> [CheckpointInput] {
    let keyed = inputs.map { input in
      (PathText.folder(input.path).split(separator: "/").map(String.init), input)
    }
    return keyed.sorted { a, b in
      for (left, right) in zip(a.0, b.0) where left != right {
        return NaturalOrder.precedes(left, right)
      }
      if a.0.count != b.0.count { return a.0.count < b.0.count }
      let (left, right) = (a.1.nameFromFile, b.1.nameFromFile)
      return left == right
        ? NaturalOrder.precedes(a.1.path, b.1.path) : NaturalOrder.precedes(left, right)
    }.map(\.1)
  }

  /// Shells expand `step-*.jsonl` in byte order, `step-12000` before `step-900`: runs of unnamed files of
  /// one folder that stand in that order are put into natural order.
  private static func inNaturalRuns(
    _ inputs: [CheckpointInput], notices: inout [CorpusNotice]
  ) -> [CheckpointInput] {
    var moved: [CheckpointInput] = []
    var ordered: [CheckpointInput] = []
    var run: [CheckpointInput] = []
    func flush() {
      let paths = run.map { $0.path.lowercased() }
      let isInByteOrder = zip(paths, paths.dropFirst()).allSatisfy {
        !$1.utf8.lexicographicallyPrecedes($0.utf8)
      }
      var sorted = isInByteOrder ? inOrder(run) : run
      if sorted != run {
        for index in sorted.indices { sorted[index].isOrderedHere = true }
        moved += sorted.filter { !$0.isFromFolder }
      }
      ordered += sorted
      run = []
    }
    for input in inputs {
      let continues =
        input.name == nil && input.path != "-"
        && run.last.map { PathText.folder($0.path) == PathText.folder(input.path) } ?? true
      if !continues { flush() }
      if input.name == nil && input.path != "-" { run.append(input) } else { ordered.append(input) }
    }
    flush()
    if !moved.isEmpty {
      notices.append(
        CorpusNotice(
          .orderedNaturally,
          "the files were put into natural order: "
            + moved.map(\.nameFromFile).joined(separator: ", "), count: moved.count,
          hint: "name=FILE keeps the order given"))
    }
    return ordered
  }
}

extension InputError {
  /// The fault where the study file has it: a file that is missing, or names that do not fit.
  func placed(in entry: CheckpointEntry?) -> InputError {
    guard let entry, entry.line != nil, line == nil, code == .missing || code == .selection else {
      return self
    }
    return InputError(
      code, line: entry.line, field: "checkpoints",
      path.map { "\($0): \(message)" } ?? message, hint: hint)
  }
}
