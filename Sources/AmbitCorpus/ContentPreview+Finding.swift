package import AmbitFormats

extension PreviewedFile {
  /// Finds how the file is laid out, from its content; the suffix only decides where the content leaves
  /// it open. Throws `InputError` for binary files and for broken JSON among the first rows.
  package init(_ file: InputFile) throws {
    self.file = file
    contents = file.contents
    preview = ContentPreview(path: file.path, layout: .text, why: "lines of text")
    if let layout = try BinaryContent.layout(of: file) {
      preview.layout = layout
      preview.why = layout == .npy ? "starts with NumPy's magic string" : "a zip of NPY arrays"
      return
    }
    if try findJSON() { return }
    let repaired = UTF8Repair.repaired(file.contents)
    contents = repaired.input
    if repaired.invalidBytes > 0 {
      notices.append(
        CorpusNotice(
          .invalidUTF8, subject: file.path,
          "\(repaired.invalidBytes) bytes are not UTF-8 and were replaced by U+FFFD",
          count: repaired.invalidBytes))
    }
    if findTable() { return }
  }

  // MARK: JSON

  private mutating func findJSON() throws -> Bool {
    let start = contents.withBytes {
      JSONSplitter.firstNonSpace($0, contents.startAfterByteOrderMark)
    }
    guard start < contents.count else {
      throw InputError(.empty, path: file.path, "the file holds nothing but white space")
    }
    switch contents.bytes[start] {
    case UInt8(ascii: "{"):
      if let isFound = try findJSONLines() { return isFound }
      return try findJSONObject(from: start)
    case UInt8(ascii: "["):
      return try findJSONArray(from: start)
    case UInt8(ascii: "\""):
      return try hasJSONSuffix && findJSONLines() == true
    default: return false
    }
  }

  private var hasJSONSuffix: Bool {
    let name = file.path.lowercased()
    return [".json", ".jsonl", ".json.gz", ".jsonl.gz", ".ndjson"].contains { name.hasSuffix($0) }
  }

  private var filledLines: [RowRange] {
    contents.lineRanges.enumerated().compactMap { index, range in
      contents.isBlank(range) ? nil : RowRange(range: range, line: index + 1)
    }
  }

  /// True for JSON Lines, false for text that merely begins like JSON, nil where one value spreads over
  /// several lines.
  private mutating func findJSONLines() throws -> Bool? {
    let lines = filledLines
    do {
      _ = try JSONParser().parse(contents, in: lines[0].range)
    } catch {
      let openers = lines.prefix(20).filter {
        contents.bytes[$0.range.lowerBound] == contents.bytes[lines[0].range.lowerBound]
      }
      let looksLikeLines = lines.count > 1 && openers.count * 2 > min(lines.count, 20)
      if looksLikeLines { throw Self.located(error, file.path) }
      return lines.count == 1 && !hasJSONSuffix ? false : nil
    }
    rows = lines
    preview.layout = .jsonLines
    preview.why = lines.count == 1 ? "one JSON object" : "one JSON value a line"
    try fillPreview()
    if lines.count == 1 { _ = unwrap(at: lines[0].range.lowerBound) }
    return true
  }

  private mutating func findJSONObject(from start: Int) throws -> Bool {
    do {
      _ = try JSONParser().parse(contents, in: start..<contents.count)
    } catch {
      if hasJSONSuffix { throw Self.located(error, file.path) }
      return false
    }
    rows = [RowRange(range: start..<contents.count, line: line(of: start))]
    preview.layout = .jsonObject
    preview.why = "one JSON object"
    try fillPreview()
    _ = unwrap(at: start)
    return true
  }

  private mutating func findJSONArray(from start: Int) throws -> Bool {
    let split: (ranges: [Range<Int>], end: Int)
    do {
      split = try JSONSplitter.elements(of: contents, from: start)
    } catch {
      if hasJSONSuffix || looksLikeJSON(at: start + 1) { throw Self.located(error, file.path) }
      return false
    }
    let after = contents.withBytes { JSONSplitter.firstNonSpace($0, split.end) }
    if after < contents.count {
      // More behind the first array: arrays line by line, or text such as "[1] A note".
      return try findJSONLines() ?? false
    }
    guard !split.ranges.isEmpty else {
      throw InputError(.empty, path: file.path, "the list in the file is empty")
    }
    rows = numbered(split.ranges)
    preview.layout = .jsonArray(member: nil)
    preview.why = "a JSON array"
    try fillPreview()
    return true
  }

  private func looksLikeJSON(at index: Int) -> Bool {
    let next = contents.withBytes { JSONSplitter.firstNonSpace($0, index) }
    return next < contents.count && "{[\"".utf8.contains(contents.bytes[next])
  }

  /// Takes the one array of objects inside a lone object for the rows, e.g. `{"data": [{…}, …]}`.
  private mutating func unwrap(at start: Int) -> Bool {
    guard let object = preview.rows.first?.object, preview.rows.count == 1 else { return false }
    let lists = object.members.filter { member in
      guard let elements = member.value.array, let first = elements.first?.object else {
        return false
      }
      return elements.allSatisfy { $0.object != nil } && first["role"] == nil
        && !FieldNames.textList.contains(FieldNames.normalised(member.name))
    }
    guard lists.count == 1, let members = try? JSONSplitter.members(of: contents, from: start)
    else { return false }
    let index = object.members.firstIndex { $0.name == lists[0].name }!
    guard index < members.ranges.count,
      let open = contents.bytes[members.ranges[index]].firstIndex(of: UInt8(ascii: "[")),
      let split = try? JSONSplitter.elements(of: contents, from: open)
    else { return false }
    rows = numbered(split.ranges)
    preview.layout = .jsonArray(member: lists[0].name)
    preview.why = "a JSON object with its rows under `\(lists[0].name)`"
    preview.rows = Array((lists[0].value.array ?? []).prefix(ContentPreview.rowLimit))
    return true
  }

  private mutating func fillPreview() throws {
    let parser = JSONParser()
    do {
      preview.rows = try rows.prefix(ContentPreview.rowLimit).map {
        try parser.parse(contents, in: $0.range).tree
      }
    } catch {
      throw Self.located(error, file.path)
    }
  }

  private func line(of offset: Int) -> Int { contents.position(of: offset).line }

  private func numbered(_ ranges: [Range<Int>]) -> [RowRange] {
    var line = 1
    var offset = 0
    return contents.withBytes { bytes in
      ranges.map { range in
        while offset < range.lowerBound {
          if bytes[offset] == 0x0A { line += 1 }
          offset += 1
        }
        return RowRange(range: range, line: line)
      }
    }
  }

  private static func located(_ error: any Error, _ path: String) -> any Error {
    (error as? InputError)?.located(
      path: path, hint: "the file may have been cut off or edited by hand") ?? error
  }

  // MARK: Tables

  private mutating func findTable() -> Bool {
    let name = file.path.lowercased()
    let isNamedTable = [".csv", ".tsv", ".csv.gz", ".tsv.gz"].contains { name.hasSuffix($0) }
    let delimiters = [UInt8(ascii: ","), UInt8(ascii: "\t")]
    for delimiter in name.contains(".tsv") ? delimiters.reversed() : delimiters {
      let reader = CSVReader(delimiter: delimiter)
      guard
        let rows = try? reader.rows(of: contents, limit: ContentPreview.rowLimit),
        let header = rows.first?.cells, rows.count > 1, Self.isHeader(header),
        header.count > 1 || isNamedTable
      else { continue }
      let sameWidth = rows.dropFirst().filter { $0.cells.count == header.count }.count
      let isKnown =
        FieldNames.first(
          of: FieldNames.text + FieldNames.prompt + FieldNames.textList, in: header) != nil
      guard isNamedTable || sameWidth == rows.count - 1 && (isKnown || header.count > 2) else {
        continue
      }
      preview.layout = .table(delimiter: delimiter)
      preview.header = header
      preview.tableRows = rows.dropFirst().map(\.cells).filter { $0.count == header.count }
      preview.why =
        "a header of \(header.count) columns between "
        + (delimiter == UInt8(ascii: ",") ? "commas" : "tabs")
      return true
    }
    return false
  }

  private static func isHeader(_ cells: [String]) -> Bool {
    cells.allSatisfy {
      !$0.isEmpty && $0.utf8.count <= 60 && !$0.contains("\n") && !$0.hasSuffix(".")
    } && Set(cells.map(TextKey.init)).count == cells.count
  }
}
