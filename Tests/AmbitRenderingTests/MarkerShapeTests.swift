import AmbitRendering
import AmbitTestSupport
import Testing

@Suite struct MarkerShapeTests {
  /// The area inside a closed outline, by the shoelace formula on the flattened path.
  private func area(_ path: Path) -> Double {
    var points: [SIMD2<Double>] = []
    for element in path.elements {
      switch element {
      case .move(let point), .line(let point): points.append(point)
      case .curve(let first, let second, let end):
        let start = points.last!
        for step in 1...32 {
          let t = Double(step) / 32
          let u = 1 - t
          points.append(
            u * u * u * start + 3 * u * u * t * first + 3 * u * t * t * second + t * t * t * end)
        }
      case .close: break
      }
    }
    let next = points.dropFirst() + points.prefix(1)
    return abs(zip(points, next).reduce(0) { $0 + $1.0.x * $1.1.y - $1.1.x * $1.0.y }) / 2
  }

  @Test func solidShapesCoverTheSameArea() {
    let circle = Double.pi / 4 * 16
    for shape in [MarkerShape.circle, .square, .diamond] {
      #expect(agree(area(shape.outline(size: 4)), circle, relative: 0.01), "\(shape)")
    }
    for shape in [MarkerShape.triangleUp, .triangleDown, .triangleLeft, .triangleRight] {
      #expect(agree(area(shape.outline(size: 4)), circle, relative: 0.25), "\(shape)")
    }
    for shape in MarkerShape.allCases {
      let found = area(shape.outline(size: 4))
      #expect(found > 0.4 * circle && found < 1.1 * circle, "\(shape): \(found)")
    }
  }

  @Test(arguments: MarkerShape.allCases) func shapesStayWithinTheirReach(shape: MarkerShape) {
    let reach = Markers(shape, size: 10, fill: nil, at: []).reach
    for element in shape.outline(size: 10).elements {
      switch element {
      case .move(let point), .line(let point), .curve(_, _, to: let point):
        #expect(max(abs(point.x), abs(point.y)) <= reach)
      case .close: break
      }
    }
  }

  @Test func theFirstSevenShapesDiffer() {
    let outlines = MarkerShape.allCases.map { $0.outline(size: 6) }
    #expect(Set(outlines).count == outlines.count)
  }

  @Test func arrowsPointTheRightWayAndLeaveRoom() {
    let paths = { (marks: [Mark]) in
      marks.compactMap { mark -> Path? in
        if case .path(let path, _, _) = mark { path } else { nil }
      }
    }
    let stroke = Stroke(.black, width: 1)
    let arrow = Arrow(
      start: .zero, end: SIMD2(10, 0), stroke: stroke, headLength: 3, clearance: 1)
    let drawn = paths(arrow.marks)
    #expect(drawn.count == 2)
    #expect(drawn[0].elements.first == .move(.zero))
    #expect(drawn[1].elements.first == .move(SIMD2(9, 0)))
    #expect(drawn[1].elements[1] == .line(SIMD2(6, 1.26)))
    // A short arrow has a short head, and a line behind it.
    let short = Arrow(
      start: .zero, end: SIMD2(3, 0), stroke: stroke, headLength: 3, clearance: 1)
    #expect(paths(short.marks).count == 2)
    #expect(paths(short.marks)[1].elements[1] == .line(SIMD2(2 - 1.3, 1.3 * 0.42)))
    #expect(paths(short.casing(.white)) == paths(short.marks))
    let close = Arrow(
      start: .zero, end: SIMD2(1, 0), stroke: stroke, headLength: 3, clearance: 1)
    #expect(close.marks.isEmpty)
    let nothing = Arrow(start: .zero, end: .zero, stroke: stroke, headLength: 3, clearance: 0)
    #expect(nothing.marks.isEmpty)
  }
}
