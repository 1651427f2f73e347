import AmbitFormats
import AmbitMeasures

/// The primary endpoints as a table: for a terminal, for Markdown and for LaTeX.
struct EndpointTable {
  let endpoints: [Endpoint]

  private static let header = [
    "checkpoint", "against", "measure", "value", "change", "95 % interval", "p", "reading",
  ]

  private func cells(_ endpoint: Endpoint) -> [String] {
    let row = endpoint.measurement
    return [
      row.checkpoint, row.reference, endpoint.subject,
      row.value.map { DecimalText.significant($0, digits: 3) } ?? "–",
      endpoint.change ?? "–", endpoint.changeInterval ?? "–", Self.p(row.adjustedP),
      endpoint.reading,
    ]
  }

  /// Aligned columns for a terminal; names are shortened so that a line stays readable.
  var terminal: String {
    var rows = [Self.header] + endpoints.map(cells)
    for index in rows.indices {
      for column in 0..<2 {
        rows[index][column] = TerminalText.shortened(rows[index][column], to: 28)
      }
    }
    let widths = Self.header.indices.map { column in
      rows.map { TerminalText.width($0[column]) }.max() ?? 0
    }
    return rows.map { row in
      let cells = row.indices.map { column in
        let padding = String(
          repeating: " ", count: widths[column] - TerminalText.width(row[column]))
        return (3...6).contains(column) ? padding + row[column] : row[column] + padding
      }
      var line = cells.joined(separator: "  ")
      while line.last == " " { line.removeLast() }
      return line + "\n"
    }.joined()
  }

  var markdown: String {
    let rule = Self.header.indices.map { (3...6).contains($0) ? "--:" : "---" }
    let rows = [Self.header, rule] + endpoints.map { cells($0).map(Self.markdownEscaped) }
    return rows.map { "| " + $0.joined(separator: " | ") + " |\n" }.joined()
      + "\nChange: the ratio to the reference minus 1. p: Holm over all rows of this table.\n"
  }

  /// A booktabs table; a row is bold where its interval excludes 0.
  var latex: String {
    var text = """
      % Needs \\usepackage{booktabs}. Change is the ratio to the reference minus 1; p is adjusted by Holm.
      \\begin{tabular}{lllrrrr}
      \\toprule
      Checkpoint & Against & Measure & Value & Change & 95\\,\\% interval & $p$ \\\\
      \\midrule

      """
    for endpoint in endpoints {
      let row = endpoint.measurement
      let interval = row.interval
      let isClear = interval.map { !($0.low...$0.high).contains(0) } ?? false
      let arrow = (row.effect ?? 0) < 0 ? "$\\downarrow$" : "$\\uparrow$"
      var change = Self.latexEscaped(endpoint.change ?? "–")
      if isClear { change = "\\textbf{\(change)} \(arrow)" }
      let cells = [
        Self.latexEscaped(row.checkpoint), Self.latexEscaped(row.reference),
        Self.latexEscaped(endpoint.subject), Self.latexEscaped(self.cells(endpoint)[3]), change,
        Self.latexEscaped(endpoint.changeInterval ?? "–"), Self.latexEscaped(Self.p(row.adjustedP)),
      ]
      text += cells.joined(separator: " & ") + " \\\\\n"
    }
    return text + "\\bottomrule\n\\end{tabular}\n"
  }

  private static func p(_ value: Double?) -> String {
    guard let value else { return "–" }
    return value < 0.001 ? "<0.001" : DecimalText.fixed(value, decimals: 3)
  }

  private static func markdownEscaped(_ text: String) -> String {
    String(text.flatMap { $0 == "|" ? "\\|" : ($0.isNewline ? " " : String($0)) })
  }

  /// The text with everything that LaTeX would read as a command written out.
  static func latexEscaped(_ text: String) -> String {
    text.map { character in
      switch character {
      case "\\": "\\textbackslash{}"
      case "~": "\\textasciitilde{}"
      case "^": "\\textasciicircum{}"
      case "<": "$<$"
      case ">": "$>$"
      case "−": "$-$"
      case "–": "--"
      case "&", "%", "$", "#", "_", "{", "}": "\\\(character)"
      default: character.isNewline ? " " : String(character)
      }
    }.joined()
  }
}
