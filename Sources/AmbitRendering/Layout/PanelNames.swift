/// The names above panels, each behind the symbol of its checkpoint.
///
/// The size goes down a little before a name takes a second line or a third, and it has gone down by
/// two points and all three are full before anything is left out. All names of a figure have the
/// same size.
struct PanelNames {
  let lines: [[String]]
  let font: Font
  private let lineHeight: Double
  /// Of the tallest letters of all names, so that names side by side stand on one line.
  private let ascent: Double
  private static let frameGap = 2.5
  /// How many lines, and how many points smaller; the first that holds every name whole is taken.
  private static let trials = [(1, 0.0), (1, 1), (1, 2), (2, 1), (3, 1), (3, 2)]

  init(_ names: [String], panelWidth: Double, font: Font, measure: TextMeasure) {
    func reduced(by reduction: Double) -> Font {
      var smaller = font
      smaller.size = max(font.size - reduction, font.size * 0.65)
      return smaller
    }
    func lines(_ name: String, _ candidate: Font, _ lineCount: Int) -> [String]? {
      measure.whole(
        name, font: candidate, width: panelWidth - Self.indent(candidate), lineCount: lineCount)
    }
    let (lineCount, reduction) =
      Self.trials.first { lineCount, reduction in
        names.allSatisfy { lines($0, reduced(by: reduction), lineCount) != nil }
      } ?? Self.trials.last!
    let chosen = reduced(by: reduction)
    self.font = chosen
    self.lines = names.map {
      measure.fit(
        $0, font: chosen, width: panelWidth - Self.indent(chosen), lineCount: lineCount)
    }
    let extents = self.lines.joined().map { measure.extent(of: StyledText($0), font: chosen) }
    let ascent = extents.map(\.ascent).max() ?? 0
    self.ascent = ascent
    lineHeight = extents.map { ascent + $0.descent }.reduce(chosen.size * 1.2, max)
  }

  /// What the names take above a panel.
  var height: Double { Double(lines.map(\.count).max() ?? 1) * lineHeight + Self.frameGap }

  /// What those names take that stand in one row.
  func height(_ row: Range<Int>) -> Double {
    Double(row.map { lines[$0].count }.max() ?? 1) * lineHeight + Self.frameGap
  }

  private static func indent(_ font: Font) -> Double { font.size * 1.05 }

  /// Draws name `position` just above `frame`, behind a symbol if there is one.
  func draw(
    _ position: Int, above frame: Rectangle, shape: MarkerShape?, colour: Colour?,
    theme: Theme, on scene: inout Scene
  ) {
    let top = frame.y - Self.frameGap - Double(lines[position].count) * lineHeight
    for (index, line) in lines[position].enumerated() {
      let baseline = top + Double(index) * lineHeight + ascent
      let indent = shape == nil ? 0 : Self.indent(font)
      scene.write(
        StyledText(line), at: SIMD2(frame.x + indent, baseline), font: font,
        colour: theme.text)
      if index == 0, let shape {
        let place = SIMD2(frame.x + font.size * 0.42, baseline - font.size * 0.35)
        scene.add(.markers(Markers(shape, size: font.size * 0.62, fill: colour, at: [place])))
      }
    }
  }
}
