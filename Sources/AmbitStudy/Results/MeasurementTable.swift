import AmbitFormats
package import AmbitMeasures

/// Any measurements as a table for a terminal: those that compare, or all where none does.
package struct MeasurementTable {
  private let rows: [Measurement]

  package init(_ measurements: [Measurement]) {
    let compared = measurements.filter { !$0.reference.isEmpty }
    rows = compared.isEmpty ? measurements : compared
  }

  package var text: String {
    let references = Set(rows.map(\.reference))
    let namesReference = references.count > 1
    var columns = [TextTable.Column(heading: "checkpoint")]
    if namesReference { columns.append(TextTable.Column(heading: "against")) }
    columns += ["measure", "scope", "space"].map { TextTable.Column(heading: $0) }
    columns += ["value", "effect", "95 % interval", "null", "p"].map {
      TextTable.Column(heading: $0, isNumeric: true)
    }
    columns.append(TextTable.Column(heading: "flags"))
    var table = TextTable(columns: columns)
    table.rows = rows.map { row in
      [TerminalText.shortened(row.checkpoint, to: 28)]
        + (namesReference ? [TerminalText.shortened(row.reference, to: 28)] : [])
        + [
          row.metric + (row.variant.isEmpty ? "" : "[\(row.variant)]"), row.scope.rawValue,
          row.space, row.value.map(Self.number) ?? "–", Self.effect(row),
          Self.band(row.interval, row), Self.band(row.nullBand, row), Self.p(row),
          row.flagText,
        ]
    }
    return table.text
  }

  /// How to read it.
  static let legend = """
    Effect: the ratio to the reference minus 1, or a difference; negative means less diverse. Without an
    effect read the value against its null. Intervals are 95 %; p is adjusted over the rows.
    """

  /// The effect as a change in percent, or as a difference.
  private static func effect(_ row: Measurement) -> String {
    guard let effect = row.effect else { return "–" }
    return Endpoint(row).change ?? signed(effect)
  }

  /// An interval on the scale of the effect, or of the value where there is none.
  private static func band(_ interval: Interval?, _ row: Measurement) -> String {
    guard let interval else { return "–" }
    guard row.effect != nil else {
      return "\(number(interval.low)) to \(number(interval.high))"
    }
    guard row.effectKind != .difference else {
      return "\(signed(interval.low)) to \(signed(interval.high))"
    }
    let (low, high) = (Ratio(logarithm: interval.low), Ratio(logarithm: interval.high))
    return high.isManifold ? "\(low.text) to \(high.text)" : "\(low.number) to \(high.text)"
  }

  private static func number(_ value: Double) -> String {
    let text = ShortNumber.text(value)
    return text.hasPrefix("-") ? "−" + text.dropFirst() : text
  }

  private static func signed(_ value: Double) -> String {
    (value > 0 ? "+" : "") + number(value)
  }

  private static func p(_ row: Measurement) -> String {
    guard let p = row.adjustedP else { return "–" }
    return p < 0.001 ? "<0.001" : DecimalText.fixed(p, decimals: 3)
  }
}
