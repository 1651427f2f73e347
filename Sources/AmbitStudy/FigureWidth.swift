public import AmbitRendering

/// The width of a figure on paper, as a user writes it: `3.25in`, `82mm`, `8.2cm`, `234pt`, `3.25`.
public struct FigureWidth: Sendable, Equatable {
  /// In inches.
  public let inches: Double

  /// Reads a positive number with an optional unit; a bare number is in inches. Nil for anything else.
  public init?(_ text: String) {
    let units: [(suffix: String, perInch: Double)] = [
      ("in", 1), ("mm", 25.4), ("cm", 2.54), ("pt", 72),
    ]
    let unit = units.first { text.hasSuffix($0.suffix) }
    let number = Double(unit.map { String(text.dropLast($0.suffix.count)) } ?? text)
    guard let number, number.isFinite, number > 0 else { return nil }
    inches = number / (unit?.perInch ?? 1)
  }
}

/// The formats to write figures in, as a user writes them: `png,svg,pdf`.
public struct FigureFormatList: Sendable, Equatable {
  /// In the order of `FigureFormat`, each once.
  public let formats: [FigureFormat]

  /// Reads names separated by commas. Nil where one is unknown or there is none.
  public init?(_ text: String) {
    let names = text.split(separator: ",").map {
      $0.filter { !$0.isWhitespace }.lowercased()
    }
    let known = names.compactMap { FigureFormat(rawValue: $0) }
    guard !known.isEmpty, known.count == names.count else { return nil }
    formats = FigureFormat.allCases.filter(known.contains)
  }
}
