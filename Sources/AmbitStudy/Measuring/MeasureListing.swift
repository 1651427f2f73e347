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
    let rows = families.map { $0.measures.map(Self.cells) }
    let widths = Self.headings.indices.map { column in
      ([Self.headings] + rows.joined()).map { TerminalText.width($0[column]) }.max() ?? 0
    }
    var text = Self.line(Self.headings, widths: widths)
    for (family, own) in zip(families, rows) where !own.isEmpty {
      text += "\n\(family.id): \(family.title)\n"
      for cells in own { text += Self.line(cells, widths: widths) }
    }
    return text + """

      ↑ more is more diverse, ↓ less is; without an arrow the value describes.

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

  private static let headings = ["measure", "variants", "scope", "space", "", "what", "source"]

  private static func cells(_ measure: any Measure) -> [String] {
    [
      "  " + measure.id,
      measure.variants == [""]
        ? "" : measure.variants.map { $0.isEmpty ? "–" : $0 }.joined(separator: " "),
      measure.scopes.map(\.rawValue).joined(separator: " "), measure.domain.rawValue,
      measure.polarity.arrow, measure.summary, measure.source,
    ]
  }

  private static func line(_ cells: [String], widths: [Int]) -> String {
    var line = ""
    for (cell, width) in zip(cells, widths) {
      line += cell + String(repeating: " ", count: width - TerminalText.width(cell) + 2)
    }
    while line.last == " " { line.removeLast() }
    return line + "\n"
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
