/// One checkpoint: a name and what it wrote.
public struct Checkpoint: Sendable {
  /// The name under which it is shown; it may hold any character. See `fileNameStem`.
  public var name: String
  /// Its records; (prompt, sample) is unique.
  public var records: [Record]
  /// The file they come from: format, decoding settings, notices. Its own `records` are empty.
  public var source: OutputFile
  /// Which vector of `source.vectors` belongs to each record; empty where there are none.
  public var vectorRows: [Int]
  /// The training step, where it was given or all records name the same one.
  public var step: Double?

  /// Takes all records of a file for one checkpoint, whatever its labels say; samples that repeat are
  /// numbered anew and a notice says how many.
  public init(name: String, file: OutputFile) {
    self.init(name: name, file: file, rows: Array(file.records.indices))
  }

  /// Takes the records at `rows` of a file.
  init(name: String, file: OutputFile, rows: [Int]) {
    self.name = name
    source = file
    source.records = []
    records = rows.map { file.records[$0] }
    vectorRows = file.vectors == nil ? [] : rows
    let first = records.first?.step
    step = first.flatMap { label in
      records.allSatisfy { $0.step == label } ? Double(label) : nil
    }
    let labels = records.map { ($0.generator, $0.step) }
    for index in records.indices {
      records[index].generator = nil
      records[index].step = nil
    }
    let renumbered = SampleNumbers.settle(
      &records, isGiven: Array(repeating: true, count: records.count))
    for index in records.indices { (records[index].generator, records[index].step) = labels[index] }
    if renumbered > 0 {
      source.notices.append(
        CorpusNotice(
          .duplicateSamples, subject: name,
          SampleNumbers.notice(renumbered),
          count: renumbered))
    }
  }

  /// Whether every record has a prompt, by text or by id.
  public var hasPrompts: Bool {
    !records.isEmpty && records.allSatisfy { $0.prompt != nil || $0.promptID != nil }
  }

  /// Whether every record has a prompt id.
  public var hasPromptIDs: Bool {
    !records.isEmpty && records.allSatisfy { $0.promptID != nil }
  }
}
