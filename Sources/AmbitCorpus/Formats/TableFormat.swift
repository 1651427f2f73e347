import AmbitFormats

/// CSV and TSV with a header: one row per output.
struct TableFormat: OutputFormat {
  let name = "CSV"

  func recognise(_ preview: ContentPreview) -> Recognition? {
    if case .table = preview.layout { Recognition(50, preview.why) } else { nil }
  }

  func read(_ content: PreviewedFile, options: ReadingOptions) throws -> OutputFile {
    guard case .table(let delimiter) = content.preview.layout else {
      preconditionFailure("a table was recognised where there is none")
    }
    let path = content.file.path
    let rows: [CSVReader.Row]
    do {
      rows = try CSVReader(delimiter: delimiter).rows(of: content.contents)
    } catch let error as InputError {
      throw error.located(path: path)
    }
    let kind = Self.kind(of: content.preview)
    var reader = TableReader(
      header: content.preview.header, plan: try plan(content.preview, kind: kind, options: options),
      options: options)
    for row in rows.dropFirst() {
      do {
        try reader.read(row, kind: kind)
      } catch let error as InputError {
        throw error.located(path: path, line: row.line)
      }
    }
    return reader.finished(
      content, kind: kind, format: content.preview.layoutName,
      why: recognise(content.preview)?.why ?? "as told", rowCount: rows.count - 1)
  }

  private static func kind(of preview: ContentPreview) -> OutputFile.Kind {
    JudgedPairsFormat.fields(among: preview.header) == nil ? .outputs : .judgedPairs
  }

  private func plan(
    _ preview: ContentPreview, kind: OutputFile.Kind, options: ReadingOptions
  ) throws -> FieldPlan {
    var plan = try FieldPlan(fields: preview.header, options: options, path: preview.path)
    if kind == .judgedPairs, let (a, b) = JudgedPairsFormat.fields(among: preview.header) {
      plan.text = FieldPath(a)
      plan.otherText = FieldPath(b)
      return plan
    }
    if plan.text == nil {
      plan.text = FieldNames.first(of: FieldNames.text, in: preview.header).map { FieldPath($0) }
    }
    guard plan.text == nil else { return plan }
    let used = Set(plan.paths.map { TextKey($0.root) })
    let candidates = Self.textColumns(preview).filter { !used.contains(TextKey($0)) }
    guard let first = candidates.first else {
      throw InputError(
        .missingField, path: preview.path, line: 1,
        "no column holds outputs; the columns are \(preview.header.joined(separator: ", "))",
        hint: "--text-field NAME names the column that holds the output")
    }
    throw InputError(
      .missingField, path: preview.path, line: 1,
      "no column is named as outputs are; those that hold text are "
        + candidates.map { "`\($0)`" }.joined(separator: ", "),
      hint: "--text-field \(ShellText.quoted(first)) takes that one")
  }

  /// The columns whose cells read like text: first those named a little as outputs are, in order, then
  /// the others, those with the most words first.
  private static func textColumns(_ preview: ContentPreview) -> [String] {
    var named: [String] = []
    var others: [(name: String, words: Double)] = []
    for (index, name) in preview.header.enumerated() {
      let cells = preview.tableRows.map { $0[index] }.filter { !$0.isEmpty }
      guard !cells.isEmpty else { continue }
      let words = Double(cells.reduce(0) { $0 + WordCount.of($1) }) / Double(cells.count)
      guard words >= 3 else { continue }
      let parts = FieldNames.normalised(name).split(separator: "_").map(String.init)
      if parts.contains(where: FieldNames.text.contains) {
        named.append(name)
      } else {
        others.append((name, words))
      }
    }
    let ordered = others.indices.sorted {
      (others[$1].words, $0) < (others[$0].words, $1)
    }
    return named + ordered.map { others[$0].name }
  }
}
