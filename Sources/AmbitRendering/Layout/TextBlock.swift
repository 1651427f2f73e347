/// Lines of text one below the other, with room for the tallest of them.
struct TextBlock {
  let lines: [String]
  let font: Font
  let colour: Colour
  let measure: TextMeasure
  private let lineHeight: Double

  /// Breaks `paragraphs` into lines of at most `width` points.
  init(
    _ paragraphs: [String], font: Font, colour: Colour, width: Double, measure: TextMeasure
  ) {
    lines = paragraphs.flatMap { measure.wrap($0, font: font, width: width) }
    self.font = font
    self.colour = colour
    self.measure = measure
    lineHeight = lines.map { measure.extent(of: StyledText($0), font: font).height }
      .reduce(Self.lineHeight(font), max)
  }

  var isEmpty: Bool { lines.isEmpty }
  /// 0 without lines.
  var height: Double { Double(lines.count) * lineHeight }

  /// What a line of Latin text takes.
  static func lineHeight(_ font: Font) -> Double { font.size * 1.25 }

  /// Writes the lines, the first below `top`.
  func draw(on scene: inout Scene, x: Double, top: Double) {
    for (index, line) in lines.enumerated() {
      let extent = measure.extent(of: StyledText(line), font: font)
      scene.write(
        StyledText(line), at: SIMD2(x, top + Double(index) * lineHeight + extent.ascent),
        font: font, colour: colour)
    }
  }
}
