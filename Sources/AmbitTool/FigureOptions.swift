import AmbitRendering
import AmbitStudy
import ArgumentParser

/// How the figures look.
struct FigureOptions: ParsableArguments {
  @Option(help: "Width of a figure, for example 3.25in, 5.5in or 140mm (default 6.75in).")
  var width: FigureWidth?
  @Option(help: "Dots per inch of a PNG (default 300).") var dpi: Int?
  @Option(help: "Base font size in points (default 8).") var fontSize: Double?
  @Option(help: "File formats, separated by commas: png, svg, pdf (default png).")
  var format: FigureFormatList?
  @Option(help: "A title above the figures (default: none).") var title: String?
  @Option(
    help: """
      Which figures, separated by commas: \(FigureChoice.allNames.joined(separator: ", ")); or none \
      (default: those that the data supports).
      """)
  var figures: String?
  @Option(help: "Colours for paper or for slides: light (default) or dark.") var theme: Theme?
  @Option(help: "Font families to try before the standard ones, separated by commas.")
  var font: String?
  @Option(help: "Width and letters of a venue: icml, neurips, iclr, acl or nature.")
  var venue: Venue?
  @Flag(help: "Over all columns of the venue instead of one.") var wide = false

  func apply(to options: inout StudyOptions) throws {
    options.figures = try figures.map {
      try FigureChoice(
        $0.split(separator: ",").map { $0.trimmingPrefix(while: \.isWhitespace) }.map(String.init))
    }
    options.theme = theme
    options.font = font
    options.venue = venue
    if wide { options.isWide = true }
    options.width = width
    options.dpi = dpi
    options.fontSize = fontSize
    options.formats = format
    options.title = title
  }
}
