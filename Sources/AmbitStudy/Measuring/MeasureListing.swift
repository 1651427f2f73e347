import AmbitFormats
package import AmbitMeasures

/// What `--list-measures` prints: every measure with its forms, its formula and its source.
public struct MeasureListing {
  private let families: [MeasureFamily]

  /// Every measure there is.
  public init() { self.init(families: MeasureCatalogue.families) }

  package init(families: [MeasureFamily]) { self.families = families }

  /// Aligned columns, one line a measure, under the name of each family.
  public var text: String {
    let columns = ["measure", "variants", "scope", "space", "", "what", "source"]
    var table = TextTable(columns: columns.map { TextTable.Column(heading: $0) })
    table.rows = families.flatMap { $0.measures.map(Self.cells) }
    let widths = table.widths
    var text = table.line(columns, widths: widths)
    for family in families where !family.measures.isEmpty {
      text += "\n\(family.id): \(family.title)\n"
      for measure in family.measures { text += table.line(Self.cells(measure), widths: widths) }
    }
    return text + """

      ↑ more is more diverse, ↓ less is; without an arrow the value describes.
      `--measures ID,FAMILY` takes those alone, `--measures -ID` leaves one out.

      """
  }

  /// The same for programs.
  public var json: String {
    let list = families.map { family -> JSON in
      [
        "id": .string(family.id), "title": .string(family.title),
        "measures": .array(
          family.measures.map {
            [
              "id": .string($0.id), "variants": .array($0.variants.map { .string($0) }),
              "scopes": .array($0.scopes.map { .string($0.rawValue) }),
              "space": .string($0.domain.rawValue), "polarity": .string($0.polarity.rawValue),
              "summary": .string($0.summary), "source": .string($0.source),
            ]
          }),
      ]
    }
    return JSONWriter(isPretty: true).string(["families": .array(list)]) + "\n"
  }

  private static func cells(_ measure: any Measure) -> [String] {
    [
      "  " + measure.id,
      measure.variants == [""]
        ? "" : measure.variants.map { $0.isEmpty ? "–" : $0 }.joined(separator: " "),
      measure.scopes.map(\.rawValue).joined(separator: " "), measure.domain.rawValue,
      measure.polarity.arrow, measure.summary, measure.source,
    ]
  }
}

extension Polarity {
  /// Which way more diverse is; empty where a value describes.
  var arrow: String {
    switch self {
    case .higher: "↑"
    case .lower: "↓"
    case .neither: ""
    }
  }
}
