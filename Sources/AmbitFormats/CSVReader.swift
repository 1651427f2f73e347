/// Reads comma- or tab-separated values (RFC 4180): quoted cells, doubled quotes, line breaks inside
/// quotes, CRLF or LF, a byte order mark, blank lines between rows.
public struct CSVReader: Sendable {
  /// One row and the line of the file on which it begins, from 1.
  public struct Row: Sendable, Equatable {
    /// The cells, unquoted.
    public var cells: [String]
    /// The line on which the row begins.
    public var line: Int
  }

  /// The byte between cells.
  public let delimiter: UInt8

  /// Creates a reader for `,` or any other single-byte delimiter.
  public init(delimiter: UInt8 = UInt8(ascii: ",")) { self.delimiter = delimiter }

  /// Reads up to `limit` rows; linear. A quote inside an unquoted cell is an ordinary character.
  ///
  /// Throws `InputError.malformed` where a quoted cell never ends or text follows its closing quote.
  public func rows(of input: InputBytes, limit: Int = .max) throws -> [Row] {
    try input.withBytes { bytes in
      var parser = CSVParser(bytes: bytes, delimiter: delimiter)
      parser.index = input.startAfterByteOrderMark
      var rows: [Row] = []
      while rows.count < limit, let row = try parser.nextRow() { rows.append(row) }
      return rows
    }
  }
}

private struct CSVParser {
  let bytes: UnsafeBufferPointer<UInt8>
  let delimiter: UInt8
  var index = 0
  var line = 1

  private static let quote = UInt8(ascii: "\"")

  mutating func nextRow() throws -> CSVReader.Row? {
    skipBlankLines()
    guard index < bytes.count else { return nil }
    var row = CSVReader.Row(cells: [], line: line)
    while true {
      row.cells.append(try cell())
      guard index < bytes.count else { return row }
      if bytes[index] == delimiter {
        index += 1
        continue
      }
      endLine()
      return row
    }
  }

  private mutating func skipBlankLines() {
    while index < bytes.count, bytes[index] == 0x0A || bytes[index] == 0x0D { endLine() }
  }

  /// Steps over `\n`, `\r\n` or a lone `\r`.
  private mutating func endLine() {
    if bytes[index] == 0x0D, index + 1 < bytes.count, bytes[index + 1] == 0x0A { index += 1 }
    index += 1
    line += 1
  }

  private mutating func cell() throws -> String {
    guard index < bytes.count, bytes[index] == Self.quote else {
      let start = index
      while index < bytes.count, bytes[index] != delimiter, bytes[index] != 0x0A,
        bytes[index] != 0x0D
      {
        index += 1
      }
      return String(decoding: bytes[start..<index], as: UTF8.self)
    }
    let firstLine = line
    index += 1
    var start = index
    var text: [UInt8] = []
    while index < bytes.count {
      if bytes[index] == 0x0A { line += 1 }
      guard bytes[index] == Self.quote else {
        index += 1
        continue
      }
      if index + 1 < bytes.count, bytes[index + 1] == Self.quote {
        text += bytes[start...index]
        index += 2
        start = index
        continue
      }
      text += bytes[start..<index]
      index += 1
      if index < bytes.count, bytes[index] != delimiter, bytes[index] != 0x0A, bytes[index] != 0x0D
      {
        throw InputError(
          .malformed, line: line, "text follows the closing quote of a cell",
          hint: "a quote inside a quoted cell must be doubled")
      }
      return String(decoding: text, as: UTF8.self)
    }
    throw InputError(
      .malformed, line: firstLine, "a quoted cell that begins here never ends",
      hint: "a quote inside a quoted cell must be doubled")
  }
}
