import AmbitFormats

/// Reads the rows of a table by a plan.
struct TableReader {
  private let header: [String]
  private let plan: FieldPlan
  private var collector: RecordCollector
  private var settings = DecodingSettings()
  private let columns: [TextKey: Int]
  private let settingColumns: [(name: String, column: Int)]

  init(header: [String], plan: FieldPlan, options: ReadingOptions) {
    self.header = header
    self.plan = plan
    collector = RecordCollector(options: options, capacity: 1_024)
    columns = Dictionary(
      header.enumerated().map { (TextKey($1), $0) }, uniquingKeysWith: { first, _ in first })
    settingColumns = header.enumerated().filter { DecodingSettings.role(of: $1) == .setting }
      .map { (FieldNames.normalised($1), $0) }
  }

  mutating func read(_ row: CSVReader.Row, kind: OutputFile.Kind) throws {
    guard row.cells.count == header.count else {
      throw InputError(
        .malformed, "expected \(header.count) cells as in the header, found \(row.cells.count)",
        hint: "a cell that holds a comma or a line break must stand in quotes")
    }
    func cell(_ path: FieldPath?) -> String? {
      path.flatMap { columns[TextKey($0.root)] }.map { row.cells[$0] }
    }
    func filled(_ path: FieldPath?) -> String? { cell(path).flatMap { $0.isEmpty ? nil : $0 } }

    var record = Record(output: cell(plan.text) ?? "", line: row.line)
    record.prompt = cell(plan.prompt)
    if let addition = filled(plan.promptAddition) {
      record.prompt = TextTrimming.trimmed(record.prompt ?? "") + "\n\n" + addition
    }
    record.promptID = filled(plan.id)
    record.generator = filled(plan.generator)
    record.step = filled(plan.step)
    record.stratum = filled(plan.stratum)
    if let text = filled(plan.score) {
      guard let score = Double(text) else {
        throw InputError(
          .wrongType, field: plan.score!.name, "expected a number, found `\(text.prefix(40))`",
          hint: "--score-field NAME names the column that holds the score")
      }
      record.score = score.isFinite ? score : nil
    }
    if let text = filled(plan.logProbs) {
      let total = Double(text)
      if total == nil && plan.logProbsAreNamed {
        throw InputError(
          .wrongType, field: plan.logProbs!.name,
          "expected the sum of log-probs, found `\(text.prefix(40))`",
          hint: "--logprob-field NAME names the column that holds it")
      }
      record.logProbs = total.flatMap { $0.isFinite ? LogProbs(total: $0) : nil }
    }
    var sample: Int?
    if let text = filled(plan.sample) {
      guard let number = Int(text) else {
        throw InputError(
          .wrongType, field: plan.sample!.name,
          "expected a whole number, found `\(text.prefix(40))`",
          hint: "--sample-field NAME names the column that numbers the samples")
      }
      sample = number
    }
    collector.add(record, sample: sample)
    if kind == .judgedPairs {
      record.output = cell(plan.otherText) ?? ""
      record.logProbs = nil
      collector.add(record, sample: nil)
    }
    for (name, column) in settingColumns where !row.cells[column].isEmpty {
      settings.note(row.cells[column], name: name)
    }
  }

  mutating func finished(
    _ content: PreviewedFile, kind: OutputFile.Kind, format: String, why: String, rowCount: Int
  ) -> OutputFile {
    let used = Set(plan.paths.map { TextKey($0.root) })
    let records = collector.finished(
      idIsCertain: plan.idIsCertain || kind != .outputs, path: content.file.path)
    return OutputFile(
      path: content.file.path, kind: kind, format: kind == .judgedPairs ? "judged pairs" : format,
      why: why, records: records, rowCount: rowCount,
      ignoredFields: header.filter {
        !used.contains(TextKey($0)) && DecodingSettings.role(of: $0) != .setting
      },
      decoding: settings.found, vectors: nil, notices: content.notices + collector.notices,
      sha256: content.file.sha256, promptField: plan.prompt?.name)
  }
}
