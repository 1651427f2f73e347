import AmbitFormats

extension OutputFile {
  /// Gives records that know their prompt only by id its text, and its stratum: from the file the user named, else from a
  /// question file found in the same folder or the one above it. The file the user named is read even
  /// where nothing needs it, so that a mistake in it is told.
  mutating func joinPrompts(_ options: ReadingOptions) throws {
    let named = try options.promptsPath.map { try Self.prompts($0, options: options) }
    let lacksStrata = options.stratumField != nil && records.allSatisfy { $0.stratum == nil }
    let lacksPrompts = records.contains { $0.prompt == nil }
    guard kind == .outputs || kind == .vectors, hasPromptIDs, lacksPrompts || lacksStrata
    else { return }
    guard let source = options.promptsPath ?? questionFile() else {
      guard kind == .outputs, lacksPrompts else { return }
      notices.append(
        CorpusNotice(
          .promptsMissing, subject: path, "the file names its prompts only by id",
          hint: "--prompts FILE joins their texts"))
      return
    }
    let prompts = try named ?? Self.prompts(source, options: options)
    var texts: [TextKey: String] = [:]
    var strata: [TextKey: String] = [:]
    for record in prompts.records {
      guard let id = record.promptID.map({ TextKey($0) }) else { continue }
      if let text = record.prompt { texts[id] = text }
      strata[id] = record.stratum
    }
    if lacksStrata {
      for index in records.indices {
        records[index].stratum = strata[TextKey(records[index].promptID!)]
      }
    }
    var joined = 0
    for index in records.indices where records[index].prompt == nil {
      records[index].prompt = texts[TextKey(records[index].promptID!)]
      if records[index].prompt != nil { joined += 1 }
    }
    if joined == 0, lacksPrompts, options.promptsPath != nil {
      throw InputError(
        .unmatched, path: source, "it has none of the prompt ids of \(path)",
        hint: "the file must give each prompt with the id that the outputs use")
    }
    if joined > 0 {
      notices.append(
        CorpusNotice(
          .promptsJoined, subject: path,
          "prompts of \(joined) of \(Wording.count(records.count, "record")) taken from \(source)",
          count: joined))
    }
  }

  private static func prompts(_ path: String, options: ReadingOptions) throws -> OutputFile {
    var plain = options
    (plain.textField, plain.promptsPath, plain.checkpointField) = (nil, nil, nil)
    (plain.sampleField, plain.scoreField, plain.idsPath) = (nil, nil, nil)
    plain.logProbField = nil
    if options.promptsPath == nil { (plain.promptField, plain.idField) = (nil, nil) }
    return try OutputFile(path: path, options: plain)
  }

  private func questionFile() -> String? {
    guard path != "-" else { return nil }
    let folder = PathText.folder(path)
    for folder in [folder, PathText.join(folder, "..")] {
      for name in ["question.jsonl", "questions.jsonl"] {
        let candidate = PathText.join(folder, name)
        if System.kind(of: candidate) == .file, candidate != path { return candidate }
      }
    }
    return nil
  }
}
