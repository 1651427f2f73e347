import AmbitFormats
import AmbitMeasures

/// The rows of a `metrics.csv`, as figures need them: of the flags, `few_samples` alone.
struct MetricsFile {
  let rows: [Measurement]

  /// Nil where the file is not one of measurements.
  ///
  /// - Throws: `InputError` for a file that cannot be read, or a cell that is no number.
  init?(path: String) throws {
    let table = try CSVReader().rows(of: try InputFile(path: path).contents)
    guard let header = table.first?.cells, header.contains("metric"), header.contains("effect_kind")
    else { return nil }
    let places = try MetricsTable.columns.map { name in
      guard let place = header.firstIndex(of: name) else {
        throw InputError(
          .missingField, path: path, line: 1, field: name, "the column is missing",
          hint: "give metrics.csv as `ambit run` writes it")
      }
      return (name, place)
    }
    rows = try table.dropFirst().map { row in
      let cells = Dictionary(
        uniqueKeysWithValues: places.map { name, place in
          (name, place < row.cells.count ? row.cells[place] : "")
        })
      return try Self.measurement(RowCells(cells: cells, path: path, line: row.line))
    }
  }

  private static func measurement(_ row: RowCells) throws -> Measurement {
    guard let scope = Scope(rawValue: row["scope"]) else {
      throw row.fault("scope", "expected within, across or pooled")
    }
    let kind = row["effect_kind"]
    guard kind.isEmpty || EffectKind(rawValue: kind) != nil else {
      throw row.fault("effect_kind", "is no kind of effect")
    }
    return Measurement(
      checkpoint: row["checkpoint"], reference: row["reference"], scope: scope,
      space: row["space"], metric: row["metric"], variant: row["variant"],
      polarity: Polarity(rawValue: row["polarity"]) ?? .neither,
      prompts: Int(row["prompts"]) ?? 0, samples: Int(row["samples"]) ?? 0,
      value: try row.number("value"), referenceValue: try row.number("reference_value"),
      effect: try row.number("effect"), effectKind: EffectKind(rawValue: kind),
      interval: try row.interval("ci_low", "ci_high"),
      nullBand: try row.interval("null_low", "null_high"), p: try row.number("p"),
      adjustedP: try row.number("p_adjusted"),
      flags: row["flags"].split(separator: ";").contains("few_samples") ? [.fewSamples] : [],
      isPrimary: false)
  }
}

/// One row by the names of its columns.
private struct RowCells {
  let cells: [String: String]
  let path: String
  let line: Int

  subscript(_ name: String) -> String { cells[name] ?? "" }

  func number(_ name: String) throws -> Double? {
    if self[name].isEmpty { return nil }
    guard let value = Double(self[name]), value.isFinite else {
      throw fault(name, "expected a number")
    }
    return value
  }

  func interval(_ low: String, _ high: String) throws -> Interval? {
    guard let low = try number(low), let high = try number(high), low <= high else { return nil }
    return Interval(low: low, high: high)
  }

  func fault(_ name: String, _ message: String) -> InputError {
    InputError(
      .wrongType, path: path, line: line, field: name,
      "\(message), found `\(TerminalText.oneLine(self[name]))`",
      hint: "give metrics.csv as `ambit run` writes it")
  }
}
