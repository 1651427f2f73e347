import AmbitFormats

/// Plain text: one output a line, no prompts. Blank lines are no outputs.
struct PlainTextFormat: OutputFormat {
  let name = "plain text"

  func recognise(_ preview: ContentPreview) -> Recognition? {
    preview.layout == .text ? Recognition(20, "\(preview.why), one output each") : nil
  }

  func read(_ content: PreviewedFile, options: ReadingOptions) throws -> OutputFile {
    if let field = options.textField {
      throw InputError(
        .missingField, path: content.file.path, field: field,
        "the file is plain text and has no fields",
        hint: "a table needs a header and the same number of cells in every row")
    }
    var collector = RecordCollector(options: options, capacity: 1_024)
    for (index, range) in content.contents.lineRanges.enumerated()
    where !content.contents.isBlank(range) {
      collector.add(
        Record(output: content.contents.text(in: range), line: index + 1), sample: nil)
    }
    let records = collector.finished(idIsCertain: true, path: content.file.path)
    return OutputFile(
      path: content.file.path, kind: .outputs, format: name,
      why: recognise(content.preview)?.why ?? "as told", records: records,
      rowCount: records.count, ignoredFields: [], decoding: [], vectors: nil,
      notices: content.notices + collector.notices, sha256: content.file.sha256)
  }
}
