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
      if layout == .parquet {
        try openTable()
        return
      }
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
          repaired.invalidBytes == 1
            ? "1 byte is not UTF-8 and was replaced by U+FFFD"
            : "\(repaired.invalidBytes) bytes are not UTF-8 and were replaced by U+FFFD",
          count: repaired.invalidBytes))
    }
    _ = try findTable()
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
      guard promisesJSON else { return false }
      if try findJSONLines() == true { return true }
      throw fault(from: start)
    default:
      guard promisesJSON else { return false }
      if try findJSONLines() == true { return true }
      throw fault(from: start)
    }
  }

  private func isNamed(_ suffixes: String...) -> Bool {
    let name = file.path.lowercased()
    return suffixes.contains { suffix in
      ["", ".gz", ".zst"].contains { name.hasSuffix(suffix + $0) }
    }
  }

  private var hasJSONSuffix: Bool { isNamed(".json", ".jsonl", ".ndjson") }

  /// Whether the name, the first line or most of the first lines say that this is JSON: such a file is
  /// never read as plain text.
  private var promisesJSON: Bool {
    if hasJSONSuffix { return true }
    if isNamed(".csv", ".tsv") { return false }
    let lines = filledLines.prefix(20)
    guard let first = lines.first else { return false }
    let looksLikeRows = lines.count { looksLikeJSON(at: $0.range.lowerBound) } * 2 > lines.count
    return looksLikeRows || looksLikeJSON(at: first.range.lowerBound)
  }

  /// What the strict walk says is wrong with the value that begins at `start`.
  private func fault(from start: Int) -> any Error {
    do {
      _ = try JSONParser().parse(contents, in: start..<contents.count)
    } catch {
      return Self.located(error, file.path)
    }
    return InputError(
      .malformed, path: file.path, line: line(of: start), "expected JSON objects, one a line",
      hint: "every row must be an object such as {\"prompt\": …, \"output\": …}")
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
      return lines.count == 1 && !promisesJSON ? false : nil
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
      if promisesJSON { throw Self.located(error, file.path) }
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
      guard promisesJSON else { return false }
      do {
        // The splitter follows brackets alone; the strict walk says better where it went wrong.
        _ = try JSONParser().parse(contents, in: start..<contents.count)
      } catch let precise {
        throw Self.located(precise, file.path)
      }
      throw Self.located(error, file.path)
    }
    let after = contents.withBytes { JSONSplitter.firstNonSpace($0, split.end) }
    if after < contents.count {
      // More behind the first array: arrays line by line, or text such as "[1] A note".
      if try findJSONLines() == true { return true }
      guard promisesJSON else { return false }
      throw fault(from: start)
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

  /// Whether an object or a list begins at `index`: a bracket and what follows one in JSON, or in Python's
  /// dictionaries. `[1] a note` and `{so}` are text.
  private func looksLikeJSON(at index: Int) -> Bool {
    let start = contents.withBytes { JSONSplitter.firstNonSpace($0, index) }
    guard start < contents.count, "{[".utf8.contains(contents.bytes[start]) else { return false }
    let next = contents.withBytes { JSONSplitter.firstNonSpace($0, start + 1) }
    guard next < contents.count else { return true }
    let followers = contents.bytes[start] == UInt8(ascii: "{") ? "\"'}" : "{[\"']"
    return followers.utf8.contains(contents.bytes[next])
  }

  /// Takes the one array of objects inside a lone object for the rows, e.g. `{"data": [{…}, …]}`.
  private mutating func unwrap(at start: Int) -> Bool {
    guard let object = preview.rows.first?.object, preview.rows.count == 1,
      !Self.isRow(object)
    else { return false }
    let lists = object.members.filter { member in
      guard let elements = member.value.array, let first = elements.first?.object else {
        return false
      }
      return elements.allSatisfy { $0.object != nil } && Self.isRow(first)
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

  /// Whether an object has a field that rows have.
  private static func isRow(_ object: JSONObject) -> Bool {
    let names = FieldNames.prompt + FieldNames.text + FieldNames.textList + FieldNames.messages
    return FieldNames.first(of: names, in: object.members.map(\.name)) != nil
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
    (error as? InputError)?.located(path: path) ?? error
  }

  // MARK: Tables

  private mutating func findTable() throws -> Bool {
    let isNamedTable = isNamed(".csv", ".tsv")
    var best: (delimiter: UInt8, rows: [CSVReader.Row])?
    var fault: InputError?
    for delimiter in [UInt8(ascii: ","), UInt8(ascii: "\t")] {
      do {
        let rows = try CSVReader(delimiter: delimiter).rows(
          of: contents, limit: ContentPreview.rowLimit)
        if isNamedTable, rows.count == 1 {
          throw InputError(
            .empty, path: file.path, "the table holds no rows, at most a header",
            hint: "the first line names the columns, each row after it is one output")
        }
        guard Self.isTable(rows, isNamed: isNamedTable) else {
          if isNamedTable, let header = rows.first?.cells, let name = Self.repeated(in: header) {
            throw InputError(
              .malformed, path: file.path, line: 1, "two columns are named `\(name)`",
              hint: "give each column a name of its own")
          }
          continue
        }
        if rows[0].cells.count > best?.rows[0].cells.count ?? 0 { best = (delimiter, rows) }
      } catch let error as InputError {
        fault = fault ?? error.located(path: file.path)
      }
    }
    if isNamedTable, let fault, best?.rows[0].cells.count ?? 0 <= 1 { throw fault }
    guard let (delimiter, rows) = best else { return false }
    let header = rows[0].cells
    preview.layout = .table(delimiter: delimiter)
    preview.header = header
    preview.tableRows = rows.dropFirst().map(\.cells).filter { $0.count == header.count }
    preview.why =
      "a header of \(header.count) columns between "
      + (delimiter == UInt8(ascii: ",") ? "commas" : "tabs")
    return true
  }

  /// Whether the first row is a header: of short, distinct names, with rows as wide as itself, and one of
  /// the names known or more than two. A file named as a table needs the names alone.
  private static func isTable(_ rows: [CSVReader.Row], isNamed: Bool) -> Bool {
    guard rows.count > 1, let header = rows.first?.cells, isHeader(header) else { return false }
    if isNamed { return true }
    let known = FieldNames.text + FieldNames.prompt + FieldNames.textList
    return header.count > 1 && rows.allSatisfy { $0.cells.count == header.count }
      && (header.count > 2 || FieldNames.first(of: known, in: header) != nil)
  }

  /// The first name that stands twice; nil where all differ. Empty ones are no names.
  private static func repeated(in header: [String]) -> String? {
    var seen = Set<TextKey>()
    return header.first { !$0.isEmpty && !seen.insert(TextKey($0)).inserted }
  }

  private static func isHeader(_ cells: [String]) -> Bool {
    cells.allSatisfy {
      !$0.isEmpty && $0.utf8.count <= 60 && !$0.contains("\n") && !$0.hasSuffix(".")
    } && Set(cells.map(TextKey.init)).count == cells.count
  }
}
