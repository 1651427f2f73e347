/// Writes comma-separated values (RFC 4180, but with `\n` line ends), the same bytes for the same rows.
///
/// A cell is quoted where it must be: when it holds the delimiter, a quote or a line break, begins or
/// ends with a blank, or is the only cell of its row and empty.
public struct CSVWriter: Sendable {
  /// The byte between cells.
  public let delimiter: UInt8
  /// What has been written and not been taken out.
  public private(set) var bytes: [UInt8] = []

  /// Creates a writer and writes `header` as the first row.
  public init(header: [String], delimiter: UInt8 = UInt8(ascii: ",")) {
    self.delimiter = delimiter
    append(header)
  }

  /// Adds one row.
  public mutating func append(_ cells: [String]) {
    for (index, cell) in cells.enumerated() {
      if index > 0 { bytes.append(delimiter) }
      append(cell, isAlone: cells.count == 1)
    }
    bytes.append(UInt8(ascii: "\n"))
  }

  /// Takes out what has been written: of a long table, a part at a time.
  public mutating func taken() -> [UInt8] {
    let part = bytes
    bytes = []
    return part
  }

  private mutating func append(_ cell: String, isAlone: Bool) {
    let quote = UInt8(ascii: "\"")
    let utf8 = cell.utf8
    let needsQuotes =
      utf8.contains { $0 == delimiter || $0 == quote || $0 == 0x0A || $0 == 0x0D }
      || utf8.first == 0x20 || utf8.last == 0x20 || isAlone && utf8.isEmpty
    guard needsQuotes else {
      bytes += utf8
      return
    }
    bytes.append(quote)
    for byte in utf8 {
      if byte == quote { bytes.append(quote) }
      bytes.append(byte)
    }
    bytes.append(quote)
  }
}
