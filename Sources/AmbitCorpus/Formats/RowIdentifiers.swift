import AmbitFormats

/// Which prompt and sample each vector belongs to, from a file beside the vectors.
struct RowIdentifiers {
  let path: String
  /// One record a vector; its output is empty.
  let rows: [Record]
  let hasSamples: Bool

  /// The file the user named, or the one found beside the vectors; nil where there is none.
  init?(for vectors: String, options: ReadingOptions) throws {
    guard let path = options.idsPath ?? Self.beside(vectors) else { return nil }
    self.path = path
    var content = try PreviewedFile(InputFile(path: path))
    try content.loadRows()
    switch content.preview.layout {
    case .text:
      rows = content.contents.lineRanges.filter { !content.contents.isBlank($0) }.map {
        Record(promptID: TextTrimming.trimmed(content.contents.text(in: $0)), output: "")
      }
      hasSamples = false
    case .table(let delimiter):
      let plan = try FieldPlan(fields: content.preview.header, options: options, path: path)
      guard plan.id != nil || plan.prompt != nil else { throw Self.noIdentifier(path) }
      var reader = TableReader(header: content.preview.header, plan: plan, options: options)
      for row in try CSVReader(delimiter: delimiter).rows(of: content.contents).dropFirst() {
        do {
          try reader.read(row, kind: .outputs)
        } catch let error as InputError {
          throw error.located(path: path, line: row.line)
        }
      }
      rows = reader.finished(content, kind: .outputs, format: "", why: "", rowCount: 0).records
      hasSamples = plan.sample != nil
    case .jsonLines, .jsonArray, .jsonObject, .parquet:
      if content.preview.rows.allSatisfy({ $0.string != nil || $0.number != nil }) {
        let parser = JSONParser()
        rows = try content.rows.map {
          let value = try parser.parse(content.contents, in: $0.range)
          return Record(
            promptID: try TextExtraction.identifier(value, field: "id"), output: "")
        }
        hasSamples = false
        return
      }
      let plan = try FieldPlan(fields: content.preview.fields, options: options, path: path)
      guard plan.id != nil || plan.prompt != nil else { throw Self.noIdentifier(path) }
      var reader = RowReader(content, plan: plan, options: options)
      rows = try reader.read(kind: .promptsOnly, format: "", why: "").records
      hasSamples = plan.sample != nil
    case .npy, .npz:
      throw InputError(
        .unsupported, path: path, "expected ids as text, found an array",
        hint: "write one id a line into a text file")
    }
  }

  private static func beside(_ vectors: String) -> String? {
    var stem = FileName.stem(of: PathText.lastComponent(vectors))
    if stem.isEmpty { stem = PathText.lastComponent(vectors) }
    return ["txt", "csv", "tsv", "jsonl"]
      .map { PathText.join(PathText.folder(vectors), "\(stem).ids.\($0)") }
      .first { System.kind(of: $0) == .file }
  }

  private static func noIdentifier(_ path: String) -> InputError {
    InputError(
      .missingField, path: path, "no field identifies the prompt",
      hint: "name it `prompt_id`, or --id-field NAME")
  }
}
