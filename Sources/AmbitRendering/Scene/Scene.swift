/// A finished drawing as a value: the page's size and its marks. Every backend paints the same scene,
/// so PNG, PDF and SVG agree.
///
///     var scene = Scene(width: 234, height: 180)
///     scene.fill(.circle(centre: SIMD2(50, 50), radius: 20), Colour(0x0072B2))
///     scene.write("hello", at: SIMD2(50, 90), anchor: .middle)
///     let file = try scene.png(dpi: 300)
public struct Scene: Sendable, Hashable {
  /// In points (1/72 inch).
  public var width: Double
  public var height: Double
  public var background: Colour
  public var marks: [Mark]

  public init(width: Double, height: Double, background: Colour = .white, marks: [Mark] = []) {
    self.width = width
    self.height = height
    self.background = background
    self.marks = marks
  }

  public var page: Rectangle { Rectangle(x: 0, y: 0, width: width, height: height) }

  public mutating func add(_ mark: Mark) { marks.append(mark) }
  public mutating func add(_ more: [Mark]) { marks += more }

  public mutating func fill(_ path: Path, _ colour: Colour) {
    marks.append(.path(path, fill: colour, stroke: nil))
  }

  public mutating func stroke(_ path: Path, _ stroke: Stroke) {
    marks.append(.path(path, fill: nil, stroke: stroke))
  }

  /// Writes `text` with its baseline at `position`.
  public mutating func write(
    _ text: StyledText, at position: SIMD2<Double>, font: Font = Font(), colour: Colour = .black,
    anchor: TextRun.Anchor = .start, rotation: Double = 0
  ) {
    marks.append(
      .text(
        TextRun(
          text, at: position, font: font, colour: colour, anchor: anchor, rotation: rotation)))
  }

  /// Adds what `draw` adds, clipped to `rectangle`.
  public mutating func clip(to rectangle: Rectangle, _ draw: (inout Scene) -> Void) {
    var inner = Scene(width: width, height: height)
    draw(&inner)
    marks.append(.clipped(rectangle, inner.marks))
  }
}
