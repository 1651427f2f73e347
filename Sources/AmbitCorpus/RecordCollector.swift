import AmbitFormats

/// Gathers the records of a file and settles what only the whole file tells: sample numbers, whether
/// ids are prompt ids.
struct RecordCollector {
  private(set) var records: [Record] = []
  private var hasSample: [Bool] = []
  private let stripsThinking: Bool
  private var nullOutputs = 0
  private var unreadLogProbs = 0
  var notices: [CorpusNotice] = []

  init(options: ReadingOptions, capacity: Int) {
    stripsThinking = options.stripsThinking
    records.reserveCapacity(capacity)
    hasSample.reserveCapacity(capacity)
  }

  /// Adds a record; `sample` nil means that the file does not number it.
  mutating func add(_ record: Record, sample: Int?) {
    var record = record
    if stripsThinking { record.output = Thinking.stripped(record.output) }
    record.sample = sample ?? 0
    records.append(record)
    hasSample.append(sample != nil)
  }

  /// Counts an output where it is null, which is read as an empty one.
  mutating func noteOutput(_ value: JSONValue) {
    if value.kind == .null { nullOutputs += 1 }
  }

  /// Counts log-probs that were found and could not be read.
  mutating func noteUnreadLogProbs() { unreadLogProbs += 1 }

  /// The records with their ids and sample numbers settled.
  mutating func finished(idIsCertain: Bool, path: String) -> [Record] {
    if nullOutputs > 0 {
      notices.append(
        CorpusNotice(
          .nullOutputs, subject: path,
          nullOutputs == 1
            ? "1 output is null and counts as empty"
            : "\(nullOutputs) outputs are null and count as empty", count: nullOutputs))
    }
    if unreadLogProbs > 0 {
      notices.append(
        CorpusNotice(
          .logProbsUnread, subject: path,
          "the log-probs of \(Wording.count(unreadLogProbs, "output")) have no known form and were "
            + "left out", count: unreadLogProbs,
          hint: "--logprob-field NAME names the field that holds them"))
    }
    if !idIsCertain { dropRowNumbers(path: path) }
    let renumbered = SampleNumbers.settle(&records, isGiven: hasSample)
    if renumbered > 0 {
      notices.append(
        CorpusNotice(
          .duplicateSamples, subject: path,
          SampleNumbers.notice(renumbered),
          count: renumbered))
    }
    return records
  }

  /// A field such as `id` may number the rows: then prompts repeat while ids do not.
  private mutating func dropRowNumbers(path: String) {
    guard records.allSatisfy({ $0.promptID != nil && $0.prompt != nil }) else { return }
    let ids = Set(records.map { TextKey($0.promptID!) }).count
    let texts = Set(records.map { TextKey(TextTrimming.trimmed($0.prompt!)) }).count
    guard Double(texts) <= 0.75 * Double(ids) else { return }
    for index in records.indices { records[index].promptID = nil }
    notices.append(
      CorpusNotice(
        .idsIgnored, subject: path,
        "the \(ids) ids belong to \(Wording.count(texts, "prompt")), so they number the rows; "
          + "prompts are told apart by their text",
        hint: "--id-field NAME names the field that identifies the prompt"))
  }
}

/// Numbers the samples of each prompt.
enum SampleNumbers {
  /// Gives every record whose number is not given, or given before in the same prompt and checkpoint
  /// label, the smallest free number. Returns how many given ones were changed.
  static func settle(_ records: inout [Record], isGiven: [Bool]) -> Int {
    var taken: [PromptOfLabel: Set<Int>] = [:]
    var next: [PromptOfLabel: Int] = [:]
    var unsettled: [Int] = []
    for (index, record) in records.enumerated() {
      if isGiven[index],
        taken[PromptOfLabel(record), default: []].insert(record.sample).inserted
      {
        continue
      }
      unsettled.append(index)
    }
    var changed = 0
    for index in unsettled {
      let prompt = PromptOfLabel(records[index])
      var number = next[prompt] ?? 0
      while taken[prompt]?.contains(number) == true { number += 1 }
      next[prompt] = number + 1
      if isGiven[index] { changed += 1 }
      records[index].sample = number
    }
    return changed
  }

  /// What `settle` changed, in a sentence.
  static func notice(_ changed: Int) -> String {
    changed == 1
      ? "1 record repeats a sample number of its prompt and was numbered anew"
      : "\(changed) records repeat a sample number of their prompt and were numbered anew"
  }

  private struct PromptOfLabel: Hashable {
    let key: TextKey
    let generator: String?
    let step: String?

    init(_ record: Record) {
      key = TextKey(record.promptID ?? TextTrimming.trimmed(record.prompt ?? ""))
      generator = record.generator
      step = record.step
    }
  }
}
