/// A straight arrow on the page.
package struct Arrow {
  package var start: SIMD2<Double>
  package var end: SIMD2<Double>
  package var stroke: Stroke
  /// In points, along the arrow; the head of a short arrow is shorter.
  package var headLength: Double
  /// How far before its end the arrow stops, so that what stands there does not hide the head.
  package var clearance: Double

  package init(
    start: SIMD2<Double>, end: SIMD2<Double>, stroke: Stroke, headLength: Double, clearance: Double
  ) {
    self.start = start
    self.end = end
    self.stroke = stroke
    self.headLength = headLength
    self.clearance = clearance
  }

  /// A head may take this share of the arrow, so that a line is seen behind it.
  private static let headShare = 0.65

  /// The line, and the head on its tip. Nothing for no length.
  package var marks: [Mark] { marks(stroke, edge: nil) }

  /// What is painted below `marks` to keep them apart from lines that they cross.
  package func casing(_ background: Colour) -> [Mark] {
    let paper = background.with(alpha: 0.9)
    return marks(
      Stroke(paper, width: stroke.width + Self.casingWidth),
      edge: Stroke(paper, width: Self.casingWidth))
  }

  private static let casingWidth = 1.2

  private func marks(_ line: Stroke, edge: Stroke?) -> [Mark] {
    let way = end - start
    let length = (way * way).sum().squareRoot()
    guard length > clearance else { return [] }
    let direction = way / length
    let normal = SIMD2(-direction.y, direction.x)
    let tip = end - direction * clearance
    let head = min(headLength, Self.headShare * (length - clearance))
    let base = tip - direction * head
    let wing = normal * (head * 0.42)
    let barbed = Path.polyline(
      [tip, base + wing, base + direction * (head * 0.2), base - wing], closed: true)
    return [
      .path(.line(from: start, to: base + direction * (head * 0.2)), fill: nil, stroke: line),
      .path(barbed, fill: line.colour, stroke: edge),
    ]
  }
}
