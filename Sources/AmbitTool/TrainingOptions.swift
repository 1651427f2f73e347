import AmbitCorpus
import AmbitStudy
import ArgumentParser

/// How checkpoints were trained and decoded, what their prompts are, and what happens to files that cannot
/// be read.
struct TrainingOptions: ParsableArguments {
  @Option(
    name: .customLong("lineage"),
    help: ArgumentHelp(
      """
      Checkpoints in the order of training, the first being what the others are compared with: \
      base,sft,dpo or NAME=base,sft,dpo, also with *; may be given again.
      """, valueName: "names"), transform: { try LineageArgument(parsing: $0) })
  var lineages: [LineageArgument] = []

  @Option(
    name: .customLong("stratum"),
    help: ArgumentHelp(
      """
      A kind of prompts by their ids, measured by itself too: code=humaneval/*,mbpp/*; may be given \
      again.
      """, valueName: "name=ids"), transform: { try StratumArgument(parsing: $0) })
  var strata: [StratumArgument] = []

  @Option(
    help: ArgumentHelp(
      "How outputs were decoded, where files do not say: temperature=1,top_p=0.95.",
      valueName: "settings"), transform: { try [DecodingSetting](parsing: $0) })
  var decoding: [DecodingSetting]?

  @Flag(
    help: """
      Go on without files that cannot be read; every number is then flagged. A baseline must be \
      readable.
      """)
  var skipBad = false

  func apply(to options: inout StudyOptions) {
    if !lineages.isEmpty { options.lineages = lineages }
    if !strata.isEmpty { options.strata = strata }
    options.decoding = decoding
    if skipBad { options.skipBad = true }
  }
}

extension LineageArgument {
  fileprivate init(parsing text: String) throws {
    guard let lineage = LineageArgument(text) else {
      throw UsageError(
        "expected two checkpoints or more", hint: "for example --lineage base,sft,dpo")
    }
    self = lineage
  }
}

extension StratumArgument {
  fileprivate init(parsing text: String) throws {
    guard let stratum = StratumArgument(text) else {
      throw UsageError(
        "expected a name with ids of prompts, found `\(text)`",
        hint: "for example --stratum 'code=humaneval/*'")
    }
    self = stratum
  }
}

extension [DecodingSetting] {
  fileprivate init(parsing text: String) throws {
    self = try text.split(separator: ",").map { part in
      let sides = part.split(separator: "=", maxSplits: 1).map(String.init)
      guard sides.count == 2, let setting = DecodingSetting(name: sides[0], stated: sides[1]) else {
        throw UsageError(
          "expected a setting with its value, found `\(part)`",
          hint: "for example temperature=1,top_p=0.95; the settings are "
            + DecodingSetting.knownNames.joined(separator: ", "))
      }
      return setting
    }
  }
}
