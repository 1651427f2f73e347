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
  /// In points.
  public var height: Double
  /// Painted over the whole page first.
  public var background: Colour
  /// What is painted, later marks on top.
  public var marks: [Mark]

  /// A page of the given size in points.
  public init(width: Double, height: Double, background: Colour = .white, marks: [Mark] = []) {
    self.width = width
    self.height = height
    self.background = background
    self.marks = marks
  }

  /// The whole page.
  public var page: Rectangle { Rectangle(x: 0, y: 0, width: width, height: height) }

  /// Paints `mark` on top.
  public mutating func add(_ mark: Mark) { marks.append(mark) }
  /// Paints `more` on top, in order.
  public mutating func add(_ more: [Mark]) { marks += more }

  /// Fills the inside of `path`.
  public mutating func fill(_ path: Path, _ colour: Colour) {
    marks.append(.path(path, fill: colour, stroke: nil))
  }

  /// Draws the outline of `path`.
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
