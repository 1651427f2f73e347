/// What `ambit inspect` says about a file.
///
/// Words, empties, duplicates and scripts are those of the outputs; of the prompts where the file holds
/// prompts only. Vectors have none of these.
public struct Inspection: Sendable {
  /// The path as given.
  public var path: String
  /// The format's name.
  public var format: String
  /// Why it was recognised.
  public var why: String
  /// Outputs, vectors or prompts, empty ones included; of judged pairs the pairs.
  public var records: Int
  /// Distinct prompts, by id or else by trimmed text; 0 where the file has none.
  public var prompts: Int
  /// Whether prompts are told apart by id.
  public var promptsHaveIDs: Bool
  /// The smallest and largest number of records a prompt (and checkpoint label); nil without prompts.
  public var samplesPerPrompt: ClosedRange<Int>?
  /// The mean number of words; nil for vectors.
  public var meanWords: Double?
  /// The median number of words; nil for vectors.
  public var medianWords: Double?
  /// Records of white space alone.
  public var empty: Int
  /// Records less distinct texts, after trimming.
  public var duplicates: Int
  /// The share of each script among the letters, largest first.
  public var scripts: [(script: String, share: Double)]
  /// Fields that were not used.
  public var ignoredFields: [String]
  /// The labels in the file: generators, else steps.
  public var labels: [String]
  /// Decoding settings found.
  public var decoding: [DecodingSetting]
  /// What was mended, joined or left out.
  public var notices: [CorpusNotice]

  /// Looks at a file that was read; linear in its text.
  public init(_ file: OutputFile) {
    path = file.path
    format = file.format
    why = file.why
    ignoredFields = file.ignoredFields
    decoding = file.decoding
    notices = file.notices
    records = file.kind == .judgedPairs ? file.rowCount : file.records.count
    promptsHaveIDs = file.hasPromptIDs

    var samples: [TextKey: Int] = [:]
    var keys = Set<TextKey>()
    if file.hasPrompts {
      for record in file.records {
        let key = PromptGroups.key(of: record, byID: file.hasPromptIDs, hasPrompts: true)
        keys.insert(key)
        let label = "\(record.generator ?? "")\u{0}\(record.step ?? "")\u{0}\(key.text)"
        samples[TextKey(label), default: 0] += 1
      }
    }
    prompts = keys.count
    samplesPerPrompt = samples.values.min().map { $0...samples.values.max()! }
    labels = Self.distinct(file.records.map { $0.generator ?? $0.step.map { "step-\($0)" } })

    guard file.kind != .vectors else {
      (empty, duplicates, scripts) = (0, 0, [])
      return
    }
    let texts = file.records.map { file.kind == .promptsOnly ? $0.prompt ?? "" : $0.output }
    let words = texts.map(WordCount.of).sorted()
    let count = words.count
    if count > 0 {
      meanWords = Double(words.reduce(0, +)) / Double(count)
      medianWords = Double(words[(count - 1) / 2] + words[count / 2]) / 2
    }
    empty = texts.count(where: TextTrimming.isBlank)
    duplicates = count - Set(texts.map { TextKey(TextTrimming.trimmed($0)) }).count
    scripts = Script.shares(texts)
  }

  private static func distinct(_ labels: [String?]) -> [String] {
    var seen = Set<TextKey>()
    return labels.compactMap { $0 }.filter { seen.insert(TextKey($0)).inserted }
  }
}
