import AmbitFormats

/// Cells in aligned columns for a terminal.
struct TextTable {
  /// One column: its heading, and whether it holds numbers, which stand to the right.
  struct Column {
    let heading: String
    var isNumeric = false
  }

  let columns: [Column]
  /// One row a list of cells, in the order of the columns.
  var rows: [[String]] = []

  /// The width of each column in cells of a terminal.
  var widths: [Int] {
    columns.indices.map { column in
      (rows.map { $0[column] } + [columns[column].heading]).map(TerminalText.width).max() ?? 0
    }
  }

  /// Heading and rows.
  var text: String {
    let widths = widths
    return ([columns.map(\.heading)] + rows).map { line($0, widths: widths) }.joined()
  }

  /// One line, without blanks at its end.
  func line(_ cells: [String], widths: [Int]) -> String {
    var line = ""
    for (index, cell) in cells.enumerated() {
      let padding = String(repeating: " ", count: widths[index] - TerminalText.width(cell))
      line += (index > 0 ? "  " : "") + (columns[index].isNumeric ? padding + cell : cell + padding)
    }
    while line.last == " " { line.removeLast() }
    return line + "\n"
  }
}
