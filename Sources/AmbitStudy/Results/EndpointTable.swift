import AmbitFormats
import AmbitMeasures

/// The primary endpoints as a table: for a terminal, for Markdown and for LaTeX.
///
/// The column `against` stands only where checkpoints are compared with different ones.
package struct EndpointTable {
  package let endpoints: [Endpoint]
  /// The checkpoint that all are compared with; nil where they differ.
  package let commonReference: String?
  /// A sentence that belongs below the table: how many outputs were cut at the window.
  package let remark: String?

  package init(endpoints: [Endpoint], remark: String? = nil) {
    self.endpoints = endpoints
    self.remark = remark
    let references = Set(endpoints.map(\.measurement.reference))
    commonReference = references.count == 1 ? references.first : nil
  }

  /// One column: its heading, whether it holds numbers, and its cell of a row.
  private struct Column {
    let heading: String
    var isNumeric = false
    let cell: (Endpoint) -> String
  }

  private var columns: [Column] {
    var columns = [Column(heading: "checkpoint") { $0.measurement.checkpoint }]
    if commonReference == nil {
      columns.append(Column(heading: "against") { $0.measurement.reference })
    }
    return columns + [
      Column(heading: "measure") { $0.subject },
      Column(heading: "value", isNumeric: true) { $0.value },
      Column(heading: "change", isNumeric: true) { $0.change ?? "–" },
      Column(heading: "95 % interval", isNumeric: true) { $0.changeInterval ?? "–" },
      Column(heading: "p", isNumeric: true) { Self.p($0.measurement.adjustedP) },
      Column(heading: "reading") { $0.reading },
    ]
  }

  /// Aligned columns for a terminal; long names are shortened in the middle.
  package var terminal: String {
    let cells = columns.map { column in
      ([column.heading] + endpoints.map(column.cell)).map {
        column.heading == "reading" ? $0 : TerminalText.shortened($0, to: 28)
      }
    }
    let widths = cells.map { $0.map(TerminalText.width).max() ?? 0 }
    return (0...endpoints.count).map { row in
      var line = ""
      for (index, column) in columns.enumerated() {
        let cell = cells[index][row]
        let padding = String(repeating: " ", count: widths[index] - TerminalText.width(cell))
        line += (index > 0 ? "  " : "") + (column.isNumeric ? padding + cell : cell + padding)
      }
      while line.last == " " { line.removeLast() }
      return line + "\n"
    }.joined()
  }

  package var markdown: String {
    let rows =
      [columns.map(\.heading), columns.map { $0.isNumeric ? "--:" : "---" }]
      + endpoints.map { endpoint in columns.map { Self.markdownEscaped($0.cell(endpoint)) } }
    return rows.map { "| " + $0.joined(separator: " | ") + " |\n" }.joined()
      + "\nChange: the ratio to \(reference) minus 1. p: Holm over all rows of this table.\n"
      + (remark.map { "\(Self.markdownEscaped($0))\n" } ?? "")
  }

  private var reference: String {
    commonReference.map { Self.markdownEscaped($0) } ?? "the reference"
  }

  /// A booktabs table without the readings, decimal points below one another; bold with an arrow where the
  /// interval excludes 0. A checkpoint's name stands once.
  package var latex: String {
    let shown = columns.dropLast()
    let alignment = shown.map { $0.isNumeric ? "r" : "l" }.joined()
    let headings = shown.map { column in
      column.heading == "p"
        ? "$p$" : Self.latexEscaped(column.heading) + (Self.isPercentage(column) ? " (\\%)" : "")
    }
    let cells = shown.map { latexCells($0) }
    let body = endpoints.indices.map { row in
      let name = endpoints[row].measurement.checkpoint
      let isFirst = row == 0 || endpoints[row - 1].measurement.checkpoint != name
      let own = cells.enumerated().map { $0 == 0 && !isFirst ? "" : $1[row] }
      return (isFirst && row > 0 ? "\\addlinespace\n" : "")
        + own.joined(separator: " & ") + " \\\\\n"
    }
    let remark = self.remark.map { "% \(Self.latexEscaped($0))\n" } ?? ""
    return """
      % Needs \\usepackage{booktabs}. Change: the ratio to the reference minus 1. p: adjusted by Holm.
      % Bold with an arrow: the 95 \\% interval excludes 0.
      \(remark)\\begin{tabular}{\(alignment)}
      \\toprule
      \(headings.joined(separator: " & ")) \\\\
      \\midrule
      \(body.joined())\\bottomrule
      \\end{tabular}

      """
  }

  /// Whether a column's unit stands in its heading, so that its numbers can stand in line.
  private static func isPercentage(_ column: Column) -> Bool {
    ["change", "95 % interval"].contains(column.heading)
  }

  /// The cells of a column from the top. Numbers that have fewer decimals than others are followed by the
  /// room of the missing ones.
  private func latexCells(_ column: Column) -> [String] {
    let plain = endpoints.map { endpoint in
      let cell = column.cell(endpoint)
      return Self.isPercentage(column) && cell.hasSuffix(" %") ? String(cell.dropLast(2)) : cell
    }
    let isAligned = ["value", "change"].contains(column.heading)
    let widest = plain.map { Self.split($0).decimals.count }.max() ?? 0
    return zip(endpoints, plain).map { endpoint, cell in
      let parts = Self.split(cell)
      let number = Self.latexEscaped(parts.whole + parts.decimals)
      let missing = String(repeating: "0", count: widest).dropFirst(parts.decimals.count)
      let room =
        isAligned && !missing.isEmpty
        ? "\\phantom{\(parts.decimals.isEmpty ? "." + missing.dropFirst() : String(missing))}" : ""
      let unit = Self.latexEscaped(parts.unit)
      guard column.heading == "change" else { return number + room + unit }
      guard let isLoss = endpoint.clearDirection else {
        return "\(number)\(room)\(unit) \\phantom{$\\downarrow$}"
      }
      return "\\textbf{\(number)\(room)\(unit)} \(isLoss ? "$\\downarrow$" : "$\\uparrow$")"
    }
  }

  /// A cell as the digits before the point, those from the point on, and what follows.
  private static func split(_ cell: String) -> (whole: String, decimals: String, unit: String) {
    let end = cell.lastIndex { $0.isNumber }.map { cell.index(after: $0) } ?? cell.endIndex
    let number = cell[..<end]
    let point = number.firstIndex(of: ".") ?? number.endIndex
    return (String(number[..<point]), String(number[point...]), String(cell[end...]))
  }

  private static func p(_ value: Double?) -> String {
    guard let value else { return "–" }
    return value < 0.001 ? "<0.001" : DecimalText.fixed(value, decimals: 3)
  }

  /// The text with everything that Markdown would read as markup written out, on one line.
  static func markdownEscaped(_ text: String) -> String {
    text.map { character in
      "|\\`*_<>[]".contains(character)
        ? "\\\(character)" : (character.isNewline ? " " : String(character))
    }.joined()
  }

  /// The text with everything that LaTeX would read as a command written out.
  package static func latexEscaped(_ text: String) -> String {
    text.map { character in
      switch character {
      case "\\": "\\textbackslash{}"
      case "~": "\\textasciitilde{}"
      case "^": "\\textasciicircum{}"
      case "<": "$<$"
      case ">": "$>$"
      case "−": "$-$"
      case "–": "--"
      case "×": "$\\times$"
      case "&", "%", "$", "#", "_", "{", "}": "\\\(character)"
      default: character.isNewline ? " " : String(character)
      }
    }.joined()
  }
}
