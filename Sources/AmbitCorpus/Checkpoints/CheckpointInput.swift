import AmbitFormats

/// A file that the command line names, with the name it gives.
struct CheckpointInput: Sendable, Equatable {
  /// Nil where the name comes from the file.
  var name: String?
  var path: String
  /// Whether a folder or pattern brought it in, so that files without outputs are skipped.
  var isFromFolder = false

  var nameFromFile: String {
    if path == "-" { return "stdin" }
    let name = PathText.lastComponent(path)
    let stem = FileName.stem(of: name)
    return stem.isEmpty ? name : stem
  }

  /// The files that arguments name, in order.
  static func inputs(of arguments: [CheckpointArgument]) throws -> [CheckpointInput] {
    let inputs = try arguments.flatMap { argument -> [CheckpointInput] in
      switch argument {
      case .word(let word): return try Self.inputs(of: word)
      case .named(let name, let path): return [CheckpointInput(name: name, path: path)]
      }
    }
    if inputs.count(where: { $0.path == "-" }) > 1 {
      throw InputError(
        .selection, "standard input (`-`) is given twice", hint: "it can be read only once")
    }
    return inNaturalRuns(inputs)
  }

  private static func inputs(of word: String) throws -> [CheckpointInput] {
    if word == "-" { return [CheckpointInput(path: "-")] }
    switch System.kind(of: word) {
    case .folder: return try files(inFolder: word)
    case .some: return [CheckpointInput(path: word)]
    case nil: break
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
      return matches.sorted(by: NaturalOrder.precedes).map {
        CheckpointInput(path: $0, isFromFolder: true)
      }
    }
    return [CheckpointInput(path: word)]
  }

  private static func files(inFolder folder: String) throws -> [CheckpointInput] {
    let names = System.names(inFolder: folder).filter {
      !$0.hasPrefix(".") && FileName.isData($0) && !isAccessory($0)
        && System.kind(of: PathText.join(folder, $0)) == .file
    }
    guard !names.isEmpty else {
      throw InputError(
        .selection, path: folder, "the folder holds no files of outputs",
        hint: "their names end in .jsonl, .json, .csv, .tsv, .txt, .npy or .npz, also with .gz")
    }
    return names.sorted(by: NaturalOrder.precedes).map {
      CheckpointInput(path: PathText.join(folder, $0), isFromFolder: true)
    }
  }

  /// Ids files, readmes and licences.
  private static func isAccessory(_ name: String) -> Bool {
    let lowered = name.lowercased()
    return FileName.stem(of: lowered).hasSuffix(".ids")
      || ["readme", "license", "licence", "requirements"].contains { lowered.hasPrefix($0) }
  }

  /// Shells expand `step-*.jsonl` in byte order, `step-12000` before `step-900`: runs of unnamed files of
  /// one folder that stand in that order are put into natural order.
  private static func inNaturalRuns(_ inputs: [CheckpointInput]) -> [CheckpointInput] {
    var ordered: [CheckpointInput] = []
    var run: [CheckpointInput] = []
    func flush() {
      let paths = run.map { $0.path.lowercased() }
      let isInByteOrder = zip(paths, paths.dropFirst()).allSatisfy {
        !$1.utf8.lexicographicallyPrecedes($0.utf8)
      }
      ordered += isInByteOrder ? run.sorted { NaturalOrder.precedes($0.path, $1.path) } : run
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
    return ordered
  }
}
