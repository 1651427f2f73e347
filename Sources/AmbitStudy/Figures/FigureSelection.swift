/// The figures that a run draws: those that were asked for, else those that the data supports.
struct FigureSelection {
  private let chosen: [String]?

  init(_ choice: FigureChoice?) { chosen = choice?.names }

  /// Gathered in the order of the catalogue.
  ///
  /// - Throws: `UsageError` for a figure that was asked for by name and that the data does not support.
  func gathered(from findings: StudyFindings) throws -> [StudyFigure] {
    try FigureCatalogue.all.flatMap { source -> [StudyFigure] in
      guard let chosen else { return source.figures(of: findings) }
      guard chosen.contains(source.name) else { return [] }
      let figures = source.figures(of: findings)
      guard !figures.isEmpty else { throw Self.unsupported(source.name) }
      return figures
    }
  }

  /// A figure that was asked for and has nothing to show.
  static func unsupported(_ name: String) -> UsageError {
    UsageError(
      "these results have nothing for the figure `\(name)`",
      hint: "leave --figures out for all that they support")
  }
}
