import AmbitFormats

/// Which figures to draw, as a user writes them: `forest,drift_map`, or `none`.
public struct FigureChoice: Sendable, Equatable {
  /// Names of kinds, in the order in which they were given.
  public let names: [String]

  /// Every name there is.
  public static var allNames: [String] { FigureCatalogue.all.map { $0.name } }

  /// - Throws: `UsageError` that names the kinds, where one is unknown.
  public init(_ words: [String]) throws {
    names = words == ["none"] ? [] : words
    for name in names where !Self.allNames.contains(name) {
      throw UsageError(
        "`\(name)` is no figure",
        hint: NearestNames.hint(for: name, among: Self.allNames)
          ?? "the figures are \(Self.allNames.joined(separator: ", "))")
    }
  }
}
