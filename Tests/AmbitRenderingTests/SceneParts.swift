import AmbitRendering

/// The marks of a scene taken apart, those inside clips included, so that tests can ask what stands where.
struct SceneParts {
  /// A filled path's box.
  struct Fill {
    let box: Rectangle
    let colour: Colour
  }

  /// A stroked path's points.
  struct Line {
    let points: [SIMD2<Double>]
    let stroke: Stroke
  }

  private(set) var fills: [Fill] = []
  private(set) var lines: [Line] = []
  private(set) var markers: [Markers] = []
  let texts: [String]

  init(_ scene: Scene) {
    texts = scene.textRuns.map(\.text.plain)
    add(scene.marks)
  }

  private mutating func add(_ marks: [Mark]) {
    for mark in marks {
      switch mark {
      case .path(let path, let fill, let stroke):
        let points = path.elements.compactMap { element -> SIMD2<Double>? in
          switch element {
          case .move(let point), .line(let point), .curve(_, _, let point): point
          case .close: nil
          }
        }
        if points.isEmpty { continue }
        if let fill { fills.append(Fill(box: Self.box(points), colour: fill)) }
        if let stroke { lines.append(Line(points: points, stroke: stroke)) }
      case .markers(let markers): self.markers.append(markers)
      case .clipped(_, let inner): add(inner)
      case .text, .image: break
      }
    }
  }

  private static func box(_ points: [SIMD2<Double>]) -> Rectangle {
    let low = points.reduce(points[0], pointwiseMin)
    let high = points.reduce(points[0], pointwiseMax)
    return Rectangle(x: low.x, y: low.y, width: high.x - low.x, height: high.y - low.y)
  }

  /// Boxes filled with exactly that colour, legend keys included.
  func boxes(_ colour: Colour) -> [Rectangle] { fills.filter { $0.colour == colour }.map(\.box) }

  /// Where symbols of that shape and fill stand, legend keys included.
  func places(_ shape: MarkerShape, _ colour: Colour) -> [SIMD2<Double>] {
    markers.filter { $0.shape == shape && $0.fill == colour }.flatMap(\.positions)
  }
}
