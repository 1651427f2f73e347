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

  func apply(to options: inout StudyOptions) {
    options.width = width
    options.dpi = dpi
    options.fontSize = fontSize
    options.formats = format
    options.title = title
  }
}
