import AmbitFormats
import AmbitMeasures

/// `strata.csv`, and what `reading.md` and `manifest.json` say of strata.
struct StratumRows {
  let strata: PromptStrata
  /// Per stratum, in the order of `metrics.csv`.
  let rows: [[Measurement]]

  /// Adjusts p values over all strata together, Benjamini–Hochberg: none was named a primary endpoint.
  init(strata: PromptStrata, rows: [[Measurement]]) {
    self.strata = strata
    var rows = rows
    var places: [(stratum: Int, row: Int)] = []
    for stratum in rows.indices {
      for row in rows[stratum].indices {
        rows[stratum][row].isPrimary = false
        rows[stratum][row].adjustedP = nil
        if rows[stratum][row].p != nil { places.append((stratum, row)) }
      }
    }
    let adjusted = MultipleTesting.benjaminiHochberg(
      places.compactMap { rows[$0.stratum][$0.row].p })
    for (place, p) in zip(places, adjusted) { rows[place.stratum][place.row].adjustedP = p }
    self.rows = rows
  }

  /// The columns of `metrics.csv` behind the stratum's name.
  var csv: [UInt8] {
    var table = CSVWriter(header: ["stratum"] + MetricsTable.columns)
    for (stratum, own) in zip(strata.strata, rows) {
      for row in own { table.append([stratum.name] + MetricsTable.cells(row)) }
    }
    return table.bytes
  }

  /// A section of `reading.md`.
  var markdown: String {
    var text = """

      ## Strata of prompts

      The loss among the prompts of each kind, from `strata.csv`. Where intervals overlap, strata need not
      differ.

      """
    let columns = columns
    text += "\n| stratum | prompts | checkpoint |"
    text += columns.map { " \($0) |" }.joined() + "\n|---|--:|---|"
    text += columns.map { _ in "--:|" }.joined() + "\n"
    for (stratum, own) in zip(strata.strata, rows) {
      let compared = own.filter { !$0.reference.isEmpty && Self.isTold($0) }
      var pairs: [[String]] = []
      for row in compared where !pairs.contains([row.checkpoint, row.reference]) {
        pairs.append([row.checkpoint, row.reference])
      }
      for pair in pairs {
        let cells = columns.map { column in
          compared.first {
            [$0.checkpoint, $0.reference] == pair && Endpoint($0).subject == column
          }
          .map { Self.cell(Endpoint($0)) } ?? "–"
        }
        let words =
          [
            EndpointTable.markdownEscaped(stratum.name), String(stratum.prompts.count),
            EndpointTable.markdownEscaped(pair[0]),
          ] + cells
        text += "| \(words.joined(separator: " | ")) |\n"
      }
    }
    if strata.outside > 0 {
      text += "\n\(strata.outside) of the prompts are in no stratum.\n"
    }
    return text
  }

  var json: JSON {
    .array(
      strata.strata.map {
        ["name": .string($0.name), "prompts": .integer($0.prompts.count)]
      })
  }

  /// What is told, the same for all: within prompts where any has a value there.
  private var columns: [String] {
    let told = rows.joined().filter { !$0.reference.isEmpty && Self.isTold($0) }
    let isWithin = told.contains { $0.scope == .within && $0.effect != nil }
    var columns: [String] = []
    for row in told where row.scope == (isWithin ? .within : .across) {
      let subject = Endpoint(row).subject
      if !columns.contains(subject) { columns.append(subject) }
    }
    return columns
  }

  private static func isTold(_ row: Measurement) -> Bool {
    row.variant.isEmpty && (row.metric == "dispersion" || row.metric == "rke")
  }

  private static func cell(_ endpoint: Endpoint) -> String {
    guard let change = endpoint.change else { return "–" }
    return change + (endpoint.changeInterval.map { " (\($0))" } ?? "")
  }
}
