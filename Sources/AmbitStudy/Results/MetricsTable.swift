import AmbitFormats
import AmbitMeasures

/// `metrics.csv`, `metrics.json` and `per_prompt.csv`.
struct MetricsTable {
  let measurements: [Measurement]
  let promptMeasurements: PromptMeasurements
  let report: ReadingReport
  let provenance: Provenance

  /// The columns of `metrics.csv`; never reordered, only added to.
  static let columns = [
    "checkpoint", "reference", "scope", "space", "metric", "variant", "polarity", "prompts",
    "samples",
    "value", "reference_value", "effect", "effect_kind", "ci_low", "ci_high", "null_low",
    "null_high",
    "p", "p_adjusted", "flags",
  ]

  var csv: [UInt8] {
    var table = CSVWriter(header: Self.columns)
    for row in measurements { table.append(Self.cells(row)) }
    return table.bytes
  }

  /// A row of `metrics.csv`.
  static func cells(_ row: Measurement) -> [String] {
    [
      row.checkpoint, row.reference, row.scope.rawValue, row.space, row.metric, row.variant,
      row.polarity.rawValue, String(row.prompts), String(row.samples), cell(row.value),
      cell(row.referenceValue), cell(row.effect), row.effectKind?.rawValue ?? "",
      cell(row.interval?.low), cell(row.interval?.high), cell(row.nullBand?.low),
      cell(row.nullBand?.high), cell(row.p), cell(row.adjustedP), row.flagText,
    ]
  }

  var json: JSON {
    let flags = Set(measurements.flatMap(\.flags).map(\.kind))
    return [
      "schema_version": 1,
      "version": .string(ambitVersion),
      "inputs": provenance.inputs,
      "embedder": provenance.embedder,
      "statistics": provenance.statistics,
      "flags": .object(
        MeasurementFlag.all.filter { flags.contains($0.kind) }.reduce(into: JSONObject()) {
          $0[$1.kind] = .string($1.meaning)
        }),
      "measurements": .array(measurements.map(object)),
      "readings": report.json,
      "lineage": report.lineageJSON,
      "lineages": report.lineagesJSON,
    ]
  }

  /// Writes the rows of `per_prompt.csv`, a part at a time.
  func perPromptCSV(to write: ([UInt8]) throws -> Void) throws {
    var table = CSVWriter(header: [
      "checkpoint", "prompt_id", "metric", "variant", "space", "samples", "value", "flags",
    ])
    for row in promptMeasurements {
      table.append([
        row.checkpoint, row.promptID, row.metric, row.variant, row.space, String(row.samples),
        Self.cell(row.value), row.flagText,
      ])
      if table.bytes.count > 1 << 20 { try write(table.taken()) }
    }
    try write(table.taken())
  }

  private func object(_ row: Measurement) -> JSON {
    [
      "checkpoint": .string(row.checkpoint),
      "reference": row.reference.isEmpty ? .null : .string(row.reference),
      "scope": .string(row.scope.rawValue), "space": .string(row.space),
      "metric": .string(row.metric), "variant": .string(row.variant),
      "polarity": .string(row.polarity.rawValue), "prompts": .integer(row.prompts),
      "samples": .integer(row.samples), "value": number(row.value),
      "reference_value": number(row.referenceValue), "effect": number(row.effect),
      "effect_kind": row.effectKind.map { .string($0.rawValue) } ?? .null,
      "ci_low": number(row.interval?.low), "ci_high": number(row.interval?.high),
      "null_low": number(row.nullBand?.low), "null_high": number(row.nullBand?.high),
      "p": number(row.p), "p_adjusted": number(row.adjustedP),
      "primary": .boolean(row.isPrimary), "flags": .array(row.flags.map { .string($0.text) }),
      "signature": .string(
        provenance.signature(
          scope: row.scope.rawValue, space: row.space, metric: row.metric, variant: row.variant)),
    ]
  }

  private static func cell(_ value: Double?) -> String {
    value.map { DecimalText.shortest($0) } ?? ""
  }
  private func number(_ value: Double?) -> JSON { value.map { .number($0) } ?? .null }
}

extension MeasurementFlag {
  /// The explanation for any count.
  fileprivate var meaning: String {
    switch self {
    case .floored:
      "prompts with a value below 1 % of the reference's median, raised to it in the ratio"
    case .incomplete:
      "the number of checkpoints that could not be read and were left out; matching, joint planes, joint "
        + "clusters and adjusted p values would be others with them"
    case .fewerPermutations:
      "the number of relabellings for the p value, as many as are worth their time"
    default: explanation
    }
  }
}
