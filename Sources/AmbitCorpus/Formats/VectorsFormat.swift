import AmbitFormats

/// NPY and NPZ: the user's own vectors, one a record, taken as they are. Prompts come from an ids file:
/// `--ids FILE`, or `X.ids.txt`, `X.ids.csv` or `X.ids.jsonl` beside `X.npy`.
struct VectorsFormat: OutputFormat {
  let name = "vectors"

  func recognise(_ preview: ContentPreview) -> Recognition? {
    switch preview.layout {
    case .npy, .npz: Recognition(100, preview.why)
    default: nil
    }
  }

  func read(_ content: PreviewedFile, options: ReadingOptions) throws -> OutputFile {
    let path = content.file.path
    let array = try matrix(content)
    guard array.shape.count == 2 else {
      throw InputError(
        .unsupported, path: path,
        "expected one vector a row: a 2-D array, found one of 1 dimension",
        hint: "numbers one by one are vectors too: array.reshape(-1, 1)")
    }
    guard array.rowCount > 0 else {
      throw InputError(.empty, path: path, "the array has no rows")
    }
    if let place = array.firstNonFinite {
      let value = array.doubles[place.row * array.columnCount + place.column]
      let isTooLarge = value.isFinite
      throw InputError(
        .malformed, path: path,
        "row \(place.row + 1), column \(place.column + 1) holds "
          + (isTooLarge
            ? "\(value), too large for 32-bit floats"
            : value.isNaN ? "NaN" : "an infinite number"),
        hint: isTooLarge
          ? "scale the vectors before saving the array"
          : "leave such rows out before saving the array")
    }
    var collector = RecordCollector(options: options, capacity: array.rowCount)
    var notices = content.notices
    let ids = try RowIdentifiers(for: path, options: options)
    if let ids {
      guard ids.rows.count == array.rowCount else {
        throw InputError(
          .unmatched, path: ids.path,
          "expected one id for each of the \(array.rowCount) vectors, found \(ids.rows.count)",
          hint: "the ids file has one line a vector, in the same order")
      }
      notices.append(
        CorpusNotice(.promptsJoined, subject: path, "prompt ids taken from \(ids.path)"))
    }
    for row in 0..<array.rowCount {
      var record = ids?.rows[row] ?? Record(output: "")
      record.output = ""
      record.line = row + 1
      collector.add(record, sample: ids?.hasSamples == true ? record.sample : nil)
    }
    let records = collector.finished(idIsCertain: true, path: path)
    return OutputFile(
      path: path, kind: .vectors, format: content.preview.layoutName,
      why: "\(content.preview.why), \(array.rowCount) × \(array.columnCount)", records: records,
      rowCount: array.rowCount, ignoredFields: [], decoding: [],
      vectors: .init(width: array.columnCount, values: array.floats),
      notices: notices + collector.notices, sha256: content.file.sha256)
  }

  private func matrix(_ content: PreviewedFile) throws -> NPYArray {
    do {
      if content.preview.layout == .npy { return try NPYArray(bytes: content.contents.bytes) }
      return try NPZArchive(bytes: Array(content.contents.bytes)).onlyMatrix().array
    } catch {
      throw InputError(
        .malformed, path: content.file.path, error.message, hint: error.hint)
    }
  }
}
