import AmbitFormats

/// lm-evaluation-harness's `samples_*.jsonl`: `resps` holds the outputs, `arguments` the prompt as it was
/// sent. Rows of one document that differ only in `filter` say the same again and are read once.
struct LMEvalFormat: OutputFormat {
  let name = "lm-eval samples"

  func recognise(_ preview: ContentPreview) -> Recognition? {
    guard preview.isJSON, preview.allHave("doc_id"), preview.allHave("resps") else { return nil }
    return Recognition(90, "\(preview.why) with `doc_id` and `resps`")
  }

  func read(_ content: PreviewedFile, options: ReadingOptions) throws -> OutputFile {
    let path = content.file.path
    var plan = try FieldPlan(fields: content.preview.fields, options: options, path: path)
    plan.prompt = options.promptField == nil ? nil : plan.prompt
    plan.id = options.idField == nil ? FieldPath("doc_id") : plan.id
    plan.text = plan.text ?? FieldPath("resps")
    plan.messages = FieldPath("arguments")
    plan.silent = [
      "doc", "doc_hash", "prompt_hash", "target_hash", "filter", "filtered_resps", "target",
    ]
    var layout = FieldLayout(plan)
    var settings = DecodingSettings()
    var collector = RecordCollector(options: options, capacity: content.rows.count)
    var seen = Set<TextKey>()
    var repeated = 0
    let parser = JSONParser()
    for row in content.rows {
      do {
        let value = try parser.parse(content.contents, in: row.range)
        var slots = FieldLayout.Slots()
        layout.fill(&slots, from: value)
        let id = try slots.id.flatMap { try TextExtraction.identifier($0, field: plan.id!.name) }
        if let id, value.member("filter") != nil, !seen.insert(TextKey(id)).inserted {
          repeated += 1
          continue
        }
        let arguments = slots.messages.map(Self.arguments)
        if let generation = arguments?.settings {
          settings.note(generation, name: "arguments", role: .container)
        }
        var record = Record(promptID: id, output: "", line: row.line)
        record.prompt =
          try slots.prompt.map {
            try TextExtraction.prompt($0, field: plan.prompt!.name)
          } ?? arguments?.prompt ?? Self.prompt(inDocument: value.member("doc"))
        record.score = try slots.score.flatMap {
          try TextExtraction.score($0, field: plan.score!.name)
        }
        if let (text, total) = Self.likelihood(slots.text, arguments: slots.messages) {
          record.output = text
          record.logProbs = LogProbs(total: total)
          collector.add(record, sample: nil)
          continue
        }
        for output in try Self.outputs(slots.text, field: plan.text!.name) {
          record.output = output
          collector.add(record, sample: nil)
        }
      } catch let error as InputError {
        throw error.located(path: path, line: row.line)
      }
    }
    collector.notices += content.notices
    if let notice = parser.repairs.notice(path: path) { collector.notices.append(notice) }
    if repeated > 0 {
      collector.notices.append(
        CorpusNotice(
          .filteredRows, subject: path,
          repeated == 1
            ? "1 row repeats a document under another filter and was read once"
            : "\(repeated) rows repeat a document under another filter and were read once",
          count: repeated))
    }
    return OutputFile(
      path: path, kind: .outputs, format: name, why: recognise(content.preview)?.why ?? "as told",
      records: collector.finished(idIsCertain: true, path: path), rowCount: content.rows.count,
      ignoredFields: layout.ignored(besides: plan.silent),
      decoding: layout.decoding + settings.found, vectors: nil, notices: collector.notices,
      sha256: content.file.sha256)
  }

  /// The texts of `resps`: a list a request, of repeats.
  private static func outputs(_ value: JSONValue?, field: String) throws -> [String] {
    guard let value, value.kind == .array else {
      throw InputError(
        .wrongType, field: field,
        "expected a list of lists of strings, found \(value?.kind.described ?? "nothing")")
    }
    return try value.elements.flatMap { request -> [String] in
      if request.kind == .string { return [request.string!] }
      return try request.elements.map { response in
        guard let text = response.string else {
          throw InputError(
            .wrongType, field: field,
            "expected generated text, found \(response.kind.described)",
            hint: "a task of type generate_until has outputs; log-likelihoods are none")
        }
        return text
      }
    }
  }

  /// The text that was scored and its log-likelihood, where a document has one such request.
  private static func likelihood(
    _ value: JSONValue?, arguments: JSONValue?
  ) -> (text: String, total: Double)? {
    guard let value, value.kind == .array, value.childCount == 1, let arguments,
      let request = value.elements.first(where: { _ in true }), request.kind == .array
    else { return nil }
    let pair =
      LogProbReader.likelihood(request) == nil && request.childCount == 1
      ? request.elements.first { _ in true } : request
    guard let total = pair.flatMap(LogProbReader.likelihood), total.isFinite,
      let text = Self.arguments(arguments).settings?.string
    else { return nil }
    return (text, total)
  }

  /// Prompt and generation settings: `[[prompt, settings]]` or `{"gen_args_0": {"arg_0": prompt, …}}`.
  private static func arguments(
    _ value: JSONValue
  ) -> (prompt: String?, settings: JSONValue?) {
    if let first = value.member("gen_args_0") {
      return (first.member("arg_0")?.string, first.member("arg_1"))
    }
    let parts = value.elements.first { _ in true }.map { Array($0.elements) } ?? []
    return (parts.first?.string, parts.dropFirst().first)
  }

  private static func prompt(inDocument document: JSONValue?) -> String? {
    for name in FieldNames.prompt {
      if let text = document?.member(name)?.string { return text }
    }
    return nil
  }
}
