/// The names above panels, each behind the symbol of its checkpoint.
///
/// The size goes down a little before a name takes a second line, and a second line comes before
/// anything is left out. All names of a figure have the same size.
struct PanelNames {
  let lines: [[String]]
  let font: Font
  private let lineHeight: Double
  /// Of the tallest letters of all names, so that names side by side stand on one line.
  private let ascent: Double
  private static let frameGap = 2.5

  init(_ names: [String], panelWidth: Double, font: Font, measure: TextMeasure) {
    func reduced(by reduction: Double) -> Font {
      var smaller = font
      smaller.size = max(font.size - reduction, font.size * 0.65)
      return smaller
    }
    let oneLine = [0, 1, 2].lazy.map { reduced(by: $0) }.first { candidate in
      names.allSatisfy {
        measure.width(of: $0, font: candidate) <= panelWidth - Self.indent(candidate)
      }
    }
    let chosen = oneLine ?? reduced(by: 1)
    self.font = chosen
    lines = names.map {
      measure.fit(
        $0, font: chosen, width: panelWidth - Self.indent(chosen),
        lineCount: oneLine == nil ? 2 : 1)
    }
    let extents = lines.joined().map { measure.extent(of: StyledText($0), font: chosen) }
    let ascent = extents.map(\.ascent).max() ?? 0
    self.ascent = ascent
    lineHeight = extents.map { ascent + $0.descent }.reduce(chosen.size * 1.2, max)
  }

  /// What the names take above a panel.
  var height: Double { Double(lines.map(\.count).max() ?? 1) * lineHeight + Self.frameGap }

  private static func indent(_ font: Font) -> Double { font.size * 1.05 }

  /// Draws name `position` just above `frame`, behind a symbol if there is one.
  func draw(
    _ position: Int, above frame: Rectangle, shape: MarkerShape?, colour: Colour?,
    on scene: inout Scene
  ) {
    let top = frame.y - Self.frameGap - Double(lines[position].count) * lineHeight
    for (index, line) in lines[position].enumerated() {
      let baseline = top + Double(index) * lineHeight + ascent
      let indent = shape == nil ? 0 : Self.indent(font)
      scene.write(StyledText(line), at: SIMD2(frame.x + indent, baseline), font: font)
      if index == 0, let shape {
        let place = SIMD2(frame.x + font.size * 0.42, baseline - font.size * 0.35)
        scene.add(.markers(Markers(shape, size: font.size * 0.62, fill: colour, at: [place])))
      }
    }
  }
}
