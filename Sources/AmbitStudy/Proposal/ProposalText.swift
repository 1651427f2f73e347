import AmbitCorpus
import AmbitFormats

/// The words of a proposed study file.
struct ProposalText {
  let baseline: String
  let baselineReason: String
  let checkpointCount: Int
  let notes: [StudyNote]
  private let families: [FileFamily]
  private let others: [FoundFile]
  private let folder: String
  private let schema: String?

  /// - Throws: `InputError` for fewer than two checkpoints.
  init(_ files: [FoundFile], folder: String, schema: String?) throws {
    self.folder = folder
    self.schema = schema
    others = files.filter { $0.inspection == nil }
    let good = files.filter { $0.inspection != nil }
    families = FileFamily.all(good)
    let names = families.flatMap(\.names)
    checkpointCount = names.count
    let bad = others.compactMap { file -> StudyNote? in
      guard case .bad(let error) = file.content else { return nil }
      return StudyNote(
        code: "unreadable", text: "\(error.description)\(error.hint.map { " (\($0))" } ?? "")")
    }
    notes = bad
    guard names.count > 1 else {
      throw InputError(
        .selection, path: folder,
        names.isEmpty
          ? "no outputs of a model were found below the folder"
          : "only one checkpoint was found, `\(names[0])`; a study compares two",
        hint: bad.first?.text
          ?? "outputs lie in .jsonl, .json, .csv, .tsv, .txt, .parquet, .npy or .npz files")
    }
    let guess = BaselineGuess.index(among: names)
    baseline = names[guess.index]
    baselineReason = guess.why
  }

  var yaml: String {
    var text = schema.map { "# yaml-language-server: $schema=\($0)\n" } ?? ""
    text += """
      # A study for `ambit run`, proposed by `ambit init`. Paths are relative to this file. Every flag of
      # `ambit run` is a key here with underscores for hyphens; flags win over this file.

      name: \(Self.quoted(studyName))

      # The checkpoint that the others are compared with (\(baselineReason)).
      baseline: \(Self.quoted(baseline))

      checkpoints:

      """
    for family in ordered { text += entry(family) }
    for file in others {
      switch file.content {
      case .other(let kind):
        text += "  # \(Self.plain(file.path)) holds \(kind), so it is left out\n"
      case .bad(let error):
        text += "  # \(Self.plain(file.path)) cannot be read: \(Self.plain(error.message))\n"
      case .checkpoints: break
      }
    }
    return text + lineages + decoding + rest
  }

  private var studyName: String {
    let name = PathText.lastComponent(folder)
    return ["", ".", ".."].contains(name) ? "study" : name
  }

  /// The family of the baseline first.
  private var ordered: [FileFamily] {
    let first = families.firstIndex { $0.names.contains(baseline) }
    guard let first else { return families }
    return [families[first]] + families.indices.filter { $0 != first }.map { families[$0] }
  }

  private func entry(_ family: FileFamily) -> String {
    let file = family.files[0]
    guard family.isPattern else {
      let labels = file.inspection!.labels
      if labels.count > 1 {
        return """
            # \(file.summary); holds \(labels.count) checkpoints: \
          \(labels.prefix(6).map(Self.plain).joined(separator: ", "))\(labels.count > 6 ? ", …" : "")
            - \(Self.quoted(file.path))

          """
      }
      return """
          # \(file.summary)
          - { name: \(Self.quoted(family.names[0])), path: \(Self.quoted(file.path)) }

        """
    }
    let summaries = Set(family.files.map(\.summary))
    let facts =
      "\(family.files.count) files; " + (summaries.count == 1 ? "each " : "the first ")
      + file.summary
    var text = "  # \(facts)\n"
    if let run = family.run {
      text += "  # Each \(run) is a lineage of its own, which begins at the baseline.\n"
    } else {
      text += "  # The number that differs is taken for the training step.\n"
    }
    text += "  - path: \(Self.quoted(family.pattern))\n"
    if let name = family.nameTemplate { text += "    name: \(Self.quoted(name))\n" }
    if let run = family.run { text += "    lineage: \(Self.quoted("\(run)-{\(run)}"))\n" }
    return text
  }

  /// What follows what: nothing that names could tell, so it is asked for.
  private var lineages: String {
    guard families.allSatisfy({ $0.run == nil }) else { return "" }
    let single = families.filter { !$0.isPattern }.flatMap(\.names).filter { $0 != baseline }
    let patterns = families.filter(\.isPattern).map(Self.namePattern)
    let later = TrainingStage.ordered(single + patterns).prefix(4).map(Self.quoted)
    return """

      # Which checkpoint was trained from which, the start first; trends are read along it.
      # lineages:
      #   main: [\(([Self.quoted(baseline)] + later).joined(separator: ", "))]

      """
  }

  /// `step-*` for a family of `step-{step}.jsonl`.
  private static func namePattern(_ family: FileFamily) -> String {
    (family.nameTemplate ?? FileName.stem(of: PathText.lastComponent(family.pattern)))
      .replacing("{step}", with: "*")
  }

  private var decoding: String {
    let found = families.flatMap(\.files).flatMap { $0.inspection!.decoding }
    var names: [String] = []
    for setting in found where !names.contains(setting.name) { names.append(setting.name) }
    guard names.isEmpty else {
      return
        "\n# How outputs were decoded was found in the files: \(names.joined(separator: ", ")).\n"
    }
    return """

      # How outputs were decoded. The files do not say, and it changes diversity as much as training does:
      # please fill in. A checkpoint that differs takes a `decoding` of its own.
      # decoding: { temperature: 1, top_p: 1, max_tokens: 256 }

      """
  }

  private var rest: String {
    let files = families.flatMap(\.files)
    let scored = files.contains(where: \.hasScores)
    let vectors = files.allSatisfy { $0.inspection!.meanWords == nil }
    let scores =
      scored
      ? "# pass_if: \">= 0.5\"      # outputs have scores: measure those that pass as well\n" : ""
    let embedder =
      vectors ? "" : "# embedder: minilm       # or static, lexical, or a model's folder\n"
    return """

      # More, with the defaults:
      \(scores)\(embedder)# match: prompts         # the same prompts and number of samples everywhere; or n, none
      # compare: base          # or consecutive, all
      # resamples: 2000
      # permutations: 9999
      # seed: 0
      # width: 6.75in
      # format: png            # or svg, pdf, or several: [png, pdf]
      # skip_bad: true         # go on without files that cannot be read, and flag every number

      """
  }

  /// As YAML reads it back: in quotes unless it is letters, digits and a few signs.
  static func quoted(_ text: String) -> String {
    let isPlain =
      text.first.map { $0.isASCII && $0.isLetter } == true
      && text.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "-_./".contains($0)) }
      && !["true", "false", "yes", "no", "on", "off", "null", "y", "n"].contains(text.lowercased())
    if isPlain { return text }
    return JSONWriter().string(.string(text))
  }

  /// In a comment: on one line.
  private static func plain(_ text: String) -> String { TerminalText.oneLine(text) }
}
