import AmbitCorpus
import AmbitFormats

/// Which matched prompts are in which stratum.
struct PromptStrata {
  /// A stratum with places in the corpus's `prompts`, ascending.
  struct Stratum {
    let name: String
    let prompts: [Int]
  }

  let strata: [Stratum]
  /// How many prompts are in none.
  let outside: Int

  /// The strata that were asked for; nil where none were.
  ///
  /// - Throws: `InputError` where there are no prompts, no file has the field, a prompt is in two strata,
  ///   or a stratum has no prompt.
  init?(_ corpus: MatchedCorpus, settings: StudySettings) throws {
    let field = settings.reading.stratumField
    guard field != nil || !settings.strata.isEmpty else { return nil }
    guard corpus.hasPrompts else {
      throw InputError(
        .unmatched, field: "strata", "strata are of prompts, and the files have none",
        hint: "leave strata out, or give files with prompts")
    }
    if let field, !settings.strata.isEmpty {
      throw InputError(
        .selection, field: "strata",
        "strata are listed, and `stratum_field: \(field)` names them as well",
        hint: "give one of the two")
    }
    let names =
      try field.map { try Self.names($0, in: corpus) }
      ?? Self.names(settings.strata, in: corpus)
    let order =
      field == nil
      ? settings.strata.map(\.name)
      : Set(names.compactMap { $0 }).sorted(by: NaturalOrder.precedes)
    strata = order.map { name in
      Stratum(name: name, prompts: names.indices.filter { names[$0] == name })
    }
    outside = names.count { $0 == nil }
  }

  /// The stratum of each prompt by what its outputs' records say.
  private static func names(_ field: String, in corpus: MatchedCorpus) throws -> [String?] {
    var names = [String?](repeating: nil, count: corpus.prompts.count)
    for (index, checkpoint) in corpus.checkpoints.enumerated() {
      let (rows, offsets) = (corpus.rows[index], corpus.promptOffsets[index])
      for prompt in names.indices {
        for row in rows[offsets[prompt]..<offsets[prompt + 1]] {
          let record = checkpoint.records[row]
          guard let name = record.stratum else { continue }
          guard let known = names[prompt], known != name else {
            names[prompt] = name
            continue
          }
          throw InputError(
            .unmatched, path: checkpoint.source.path, line: record.line, field: field,
            "prompt `\(corpus.prompts[prompt].id)` is in `\(name)` here, and in `\(known)` before",
            hint: "a prompt has one stratum in all files")
        }
      }
    }
    guard names.contains(where: { $0 != nil }) else {
      throw InputError(
        .missingField, path: corpus.checkpoints[corpus.baselineIndex].source.path, field: field,
        "no output has it, and no file of prompts",
        hint: "`stratum_field` names the field that holds the kind of the prompt")
    }
    return names
  }

  /// The stratum of each prompt by its id.
  private static func names(
    _ arguments: [StratumArgument], in corpus: MatchedCorpus
  ) throws -> [String?] {
    var names = [String?](repeating: nil, count: corpus.prompts.count)
    for argument in arguments {
      func fault(_ message: String, hint: String) -> InputError {
        InputError(.selection, line: argument.line, field: "strata", message, hint: hint)
      }
      let patterns = argument.prompts.map { PathPattern($0) }
      var isEmpty = true
      for (prompt, named) in corpus.prompts.enumerated()
      where patterns.contains(where: { $0.values(of: named.id) != nil }) {
        if let other = names[prompt], other != argument.name {
          throw fault(
            "prompt `\(named.id)` is in `\(other)` and in `\(argument.name)`",
            hint: "a prompt has one stratum")
        }
        names[prompt] = argument.name
        isEmpty = false
      }
      if isEmpty {
        let some = corpus.prompts.prefix(3).map { "`\($0.id)`" }.joined(separator: ", ")
        throw fault(
          "stratum `\(argument.name)` has no prompt: no id is like "
            + argument.prompts.map { "`\($0)`" }.joined(separator: ", "),
          hint: "ids are such as \(some)")
      }
    }
    return names
  }
}
