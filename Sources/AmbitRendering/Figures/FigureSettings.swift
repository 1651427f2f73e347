/// How a figure is to look. Sizes are those on paper.
public struct FigureSettings: Sendable, Hashable {
  /// In inches: 3.25 is one column of ACL or ICML, 5.5 the text of NeurIPS and ICLR, 6.75 both
  /// columns. The height follows from what there is to show.
  public var width: Double
  /// Of PNG; PDF and SVG have none.
  public var dpi: Double
  /// Of axis labels, in points. Ticks and captions are a point smaller, titles a point larger.
  public var fontSize: Double
  /// The files to write, each once.
  public var formats: [FigureFormat]
  /// Replaces the figure's own title.
  public var title: String?
  /// The colours of page, text and checkpoints.
  public var theme: Theme
  /// Families to try before the standard chain, with commas between them; nil for that chain alone. A
  /// family that is not installed is passed over.
  public var fontFamily: String?

  /// Settings with the defaults of a figure over both columns.
  public init(
    width: Double = 6.75, dpi: Double = 300, fontSize: Double = 8,
    formats: [FigureFormat] = [.png], title: String? = nil, theme: Theme = .light,
    fontFamily: String? = nil
  ) {
    self.width = width
    self.dpi = dpi
    self.fontSize = fontSize
    self.formats = formats
    self.title = title
    self.theme = theme
    self.fontFamily = fontFamily
  }

  /// Settings for one column of a venue, or for all of its columns.
  public init(
    venue: Venue, isWide: Bool = false, dpi: Double = 300, formats: [FigureFormat] = [.png],
    title: String? = nil, theme: Theme = .light
  ) {
    self.init(
      width: isWide ? venue.textWidth : venue.columnWidth, dpi: dpi, fontSize: venue.fontSize,
      formats: formats, title: title, theme: theme, fontFamily: venue.fontFamily)
  }

  /// - Throws: `RenderingError` of code `invalidSetting` that names the first setting out of range.
  public func validate() throws(RenderingError) {
    try Self.require("width", width, in: 1.5...40, unit: "inches")
    try Self.require("dpi", dpi, in: 20...2400, unit: "dots per inch")
    try Self.require("font size", fontSize, in: 3...36, unit: "points")
  }

  private static func require(
    _ name: String, _ value: Double, in range: ClosedRange<Double>, unit: String
  ) throws(RenderingError) {
    if range.contains(value) { return }
    throw RenderingError(
      .invalidSetting, subject: name,
      problem: "expected \(range.lowerBound) to \(range.upperBound) \(unit), found \(value)",
      hint: "the usual values are width 3.25, 5.5 or 6.75, dpi 300, font size 8")
  }

  /// Whether the figure is as wide as one column: panels stand below one another rather than side by side.
  var isNarrow: Bool { width < 4.5 }

  /// What the panels of a figure may take of a page's height, in points; legend and caption of a narrow
  /// figure take more lines.
  var panelHeightLimit: Double { isNarrow ? 460 : 620 }

  /// A font that much larger than that of axis labels, but not so small that it cannot be read.
  func font(_ change: Double = 0, _ weight: Font.Weight = .regular) -> Font {
    let first = (fontFamily ?? "").split(separator: ",").map { family in
      String(family.drop { $0 == " " })
    }.filter { !$0.isEmpty }
    return Font(
      size: max(fontSize + change, min(fontSize, 5)), weight: weight,
      families: first + Font.defaultFamilies)
  }
}
