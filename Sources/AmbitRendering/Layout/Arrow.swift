/// A straight arrow on the page.
package struct Arrow {
  package var start: SIMD2<Double>
  package var end: SIMD2<Double>
  package var stroke: Stroke
  /// In points, along the arrow.
  package var headLength: Double
  /// How much is left free at both ends, so that the arrow does not run into what it joins.
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

  /// Nothing where the free part would be shorter than half a head.
  package var marks: [Mark] {
    let way = end - start
    let length = (way.x * way.x + way.y * way.y).squareRoot()
    guard length - 2 * clearance >= headLength / 2 else { return [] }
    let direction = way / length
    let normal = SIMD2(-direction.y, direction.x)
    let tail = start + direction * clearance
    let tip = end - direction * clearance
    let head = min(headLength, length - 2 * clearance)
    let base = tip - direction * head
    let wing = normal * (head * 0.38)
    var marks: [Mark] = []
    if length - 2 * clearance > head {
      marks.append(.path(.line(from: tail, to: base), fill: nil, stroke: stroke))
    }
    marks.append(
      .path(
        .polyline([tip, base + wing, base + direction * (head * 0.2), base - wing], closed: true),
        fill: stroke.colour, stroke: nil))
    return marks
  }
}
