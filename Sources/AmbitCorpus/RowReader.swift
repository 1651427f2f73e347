import AmbitFormats

/// Reads the rows of a JSON layout by a plan.
struct RowReader {
  private let content: PreviewedFile
  private let plan: FieldPlan
  private let options: ReadingOptions
  private var layout: FieldLayout
  private var collector: RecordCollector
  private let parser = JSONParser()

  init(_ content: PreviewedFile, plan: FieldPlan, options: ReadingOptions) {
    self.content = content
    self.plan = plan
    self.options = options
    layout = FieldLayout(plan)
    collector = RecordCollector(options: options, capacity: content.rows.count)
  }

  /// Reads all rows; linear.
  mutating func read(kind: OutputFile.Kind, format: String, why: String) throws -> OutputFile {
    for row in content.rows {
      do {
        try read(try parser.parse(content.contents, in: row.range), line: row.line, kind: kind)
      } catch let error as InputError {
        throw error.located(path: content.file.path, line: row.line)
      }
    }
    collector.notices += content.notices
    if let notice = parser.repairs.notice(path: content.file.path) {
      collector.notices.append(notice)
    }
    let records = collector.finished(
      idIsCertain: plan.idIsCertain || kind != .outputs, path: content.file.path)
    return OutputFile(
      path: content.file.path, kind: kind, format: format, why: why, records: records,
      rowCount: content.rows.count, ignoredFields: layout.ignored(besides: plan.silent),
      decoding: layout.decoding, vectors: nil, notices: collector.notices,
      sha256: content.file.sha256, promptField: plan.prompt?.name)
  }

  private mutating func read(_ row: JSONValue, line: Int, kind: OutputFile.Kind) throws {
    if row.kind == .string, plan.text == nil, plan.messages == nil {
      return collector.add(Record(output: row.string!, line: line), sample: nil)
    }
    var slots = FieldLayout.Slots()
    if row.kind == .array, plan.messages != nil {
      slots.messages = row
    } else {
      guard row.kind == .object else {
        throw InputError(
          .wrongType, "expected an object, found \(row.kind.described)",
          hint: "every row must be an object such as {\"prompt\": …, \"output\": …}")
      }
      layout.fill(&slots, from: row)
    }
    var record = Record(output: "", line: line)
    if let value = slots.prompt {
      record.prompt = try TextExtraction.prompt(value, field: plan.prompt!.name)
      if let more = slots.promptAddition {
        let addition = try TextExtraction.prompt(more, field: plan.promptAddition!.name)
        if !TextTrimming.isBlank(addition) {
          record.prompt = TextTrimming.trimmed(record.prompt!) + "\n\n" + addition
        }
      }
    }
    if let value = slots.id {
      record.promptID = try TextExtraction.identifier(value, field: plan.id!.name)
    }
    if let value = slots.generator {
      record.generator = try TextExtraction.identifier(value, field: plan.generator!.name)
    }
    if let value = slots.step {
      record.step = try TextExtraction.identifier(value, field: plan.step!.name)
    }
    if let value = slots.stratum {
      record.stratum = try TextExtraction.identifier(value, field: plan.stratum!.name)
    }
    if let value = slots.score, value.kind != .array {
      record.score = try TextExtraction.score(value, field: plan.score!.name)
    }
    if !plan.textIsList { try addLogProbs(of: slots, to: &record) }
    let sample = try slots.sample.flatMap {
      try TextExtraction.sample($0, field: plan.sample!.name)
    }
    try addOutputs(of: slots, to: record, sample: sample, kind: kind)
  }

  private mutating func addOutputs(
    of slots: FieldLayout.Slots, to record: Record, sample: Int?, kind: OutputFile.Kind
  ) throws {
    var record = record
    if kind == .promptsOnly { return collector.add(record, sample: sample) }
    if let value = slots.messages {
      guard let messages = ChatMessages(value) else {
        throw InputError(
          .wrongType, field: plan.messages!.name,
          "expected a list of messages with `role` and `content`")
      }
      guard let output = messages.output else {
        throw InputError(
          .missingField, field: plan.messages!.name, "no message of the assistant")
      }
      record.prompt = record.prompt ?? messages.prompt
      record.output = output
      return collector.add(record, sample: sample)
    }
    let field = (plan.messages ?? plan.text)!.name
    let hint = "--text-field NAME names the field that holds the output"
    guard let value = slots.text else {
      throw InputError(.missingField, field: field, "the row has no such field", hint: hint)
    }
    guard plan.textIsList else {
      collector.noteOutput(value)
      record.output = try TextExtraction.text(value, field: field, hint: hint)
      if record.logProbs == nil {
        record.logProbs = try logProbs(inOutput: value, field: field)
      }
      collector.add(record, sample: sample)
      if let other = slots.otherText {
        collector.noteOutput(other)
        record.output = try TextExtraction.text(other, field: plan.otherText!.name)
        (record.logProbs, record.logProbsBy) = (nil, [:])
        collector.add(record, sample: nil)
      }
      return
    }
    guard value.kind == .array else {
      throw InputError(
        .wrongType, field: field, "expected a list of outputs, found \(value.kind.described)",
        hint: hint)
    }
    let scores = slots.score.map { $0.elements.map(\.number) } ?? []
    for (index, element) in value.elements.enumerated() {
      collector.noteOutput(element)
      record.output = try TextExtraction.text(element, field: "\(field)[\(index)]", hint: hint)
      if index < scores.count { record.score = scores[index] }
      try addLogProbs(of: slots, element: index, to: &record)
      if record.logProbs == nil {
        record.logProbs = try logProbs(inOutput: element, field: "\(field)[\(index)]")
      }
      collector.add(record, sample: nil)
    }
  }
}

extension RowReader {
  /// The log-probs of a row's own fields, of one output where the row holds a list of them.
  private mutating func addLogProbs(
    of slots: FieldLayout.Slots, element: Int? = nil, to record: inout Record
  ) throws {
    func part(_ value: JSONValue) -> JSONValue? {
      guard let element else { return value }
      return value.kind == .array ? value.elements.dropFirst(element).first { _ in true } : nil
    }
    record.logProbs = try slots.logProbs.flatMap(part).flatMap {
      try logProbs($0, field: plan.logProbs!.name)
    }
    record.logProbsBy = [:]
    guard let others = slots.logProbsBy, others.kind == .object else { return }
    var members: [(name: String, value: JSONValue)] = []
    others.forEachMember { members.append((String(decoding: $0, as: UTF8.self), $1)) }
    for (name, value) in members {
      record.logProbsBy[name] = try part(value).flatMap {
        try logProbs($0, field: "\(plan.logProbsBy!.name).\(name)")
      }
    }
  }

  private mutating func logProbs(inOutput value: JSONValue, field: String) throws -> LogProbs? {
    guard value.kind == .object else { return nil }
    return try noting { try LogProbReader.ofOutput(value, field: field) }
  }

  private mutating func logProbs(_ value: JSONValue, field: String) throws -> LogProbs? {
    try noting { try LogProbReader.read(value, field: field) }
  }

  /// What was found without being asked for and cannot be read is left out and counted.
  private mutating func noting(_ read: () throws -> LogProbs?) throws -> LogProbs? {
    do {
      return try read()
    } catch {
      if plan.logProbsAreNamed { throw error }
      collector.noteUnreadLogProbs()
      return nil
    }
  }
}

extension JSONRepairs {
  /// One sentence on what was mended; nil where nothing was.
  func notice(path: String) -> CorpusNotice? {
    let parts = [
      (invalidBytes, "byte that is not UTF-8", "bytes that are not UTF-8"),
      (loneSurrogates, "lone surrogate", "lone surrogates"),
      (nonFiniteNumbers, "NaN or infinite number", "NaN or infinite numbers"),
      (largeIntegers, "integer beyond 64 bits", "integers beyond 64 bits"),
      (controlCharacters, "raw control character", "raw control characters"),
    ].filter { $0.0 > 0 }
    guard !parts.isEmpty else { return nil }
    let code: CorpusNotice.Code = invalidBytes > 0 ? .invalidUTF8 : .mendedJSON
    return CorpusNotice(
      code, subject: path,
      "read although not strict JSON: "
        + parts.map { Wording.count($0.0, $0.1, plural: $0.2) }.joined(separator: ", "),
      count: parts.reduce(0) { $0 + $1.0 })
  }
}
