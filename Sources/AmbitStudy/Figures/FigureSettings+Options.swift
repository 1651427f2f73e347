import AmbitRendering

extension FigureSettings {
  /// What options say of the look of figures, the rest by default: a venue's width and letters give way
  /// to a width or a size of one's own.
  ///
  /// - Throws: `UsageError` for a value out of range.
  init(_ options: StudyOptions) throws {
    let theme = options.theme ?? .light
    self =
      options.venue.map {
        FigureSettings(venue: $0, isWide: options.isWide ?? false, theme: theme)
      } ?? FigureSettings(theme: theme)
    if options.isWide == true, options.venue == nil {
      throw UsageError("--wide needs a venue", hint: "for example --venue icml --wide")
    }
    if let width = options.width { self.width = width.inches }
    if let dpi = options.dpi { self.dpi = Double(dpi) }
    if let size = options.fontSize { fontSize = size }
    if let formats = options.formats { self.formats = formats.formats }
    if let font = options.font { fontFamily = font }
    title = options.title
    do {
      try validate()
    } catch {
      throw UsageError("\(error.subject): \(error.problem)", hint: error.hint)
    }
  }
}
