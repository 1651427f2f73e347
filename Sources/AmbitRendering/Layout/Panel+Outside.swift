extension Panel {
  /// `3 of 1,200 points lie outside the frame and are marked at its edge.`
  static func outsideSentence(_ count: Int, of total: Int) -> String {
    "\(DecimalText.grouped(count)) of \(DecimalText.grouped(total)) points "
      + (count == 1 ? "lies" : "lie") + " outside the frame and "
      + (count == 1 ? "is" : "are") + " marked at its edge."
  }

  /// More marks at one edge are one line of them.
  private static let outsideLimit = 500

  /// Small triangles just inside the frame that point at the data outside it, one for each point; where there
  /// are very many, one for each place.
  func outsideMarks(
    of points: [SIMD2<Double>], size: Double, colour: Colour
  ) -> [Mark] {
    let inner = frame.inset(by: size * 0.8)
    var positions: [MarkerShape: [SIMD2<Double>]] = [:]
    for point in points where !limits.contains(point) {
      let target = page(point)
      let beyond = [
        (MarkerShape.triangleLeft, frame.x - target.x),
        (.triangleRight, target.x - frame.maxX),
        (.triangleUp, frame.y - target.y),
        (.triangleDown, target.y - frame.maxY),
      ]
      let shape = beyond.max { $0.1 < $1.1 }!.0
      positions[shape, default: []].append(
        SIMD2(
          min(max(target.x, inner.x), inner.maxX), min(max(target.y, inner.y), inner.maxY)))
    }
    for (shape, places) in positions where places.count > Self.outsideLimit {
      var taken: Set<SIMD2<Double>> = []
      positions[shape] = places.filter { taken.insert($0.rounded(.toNearestOrEven)).inserted }
    }
    // In the order of the shapes, since a dictionary's order changes from run to run.
    return MarkerShape.allCases.compactMap { shape in
      positions[shape].map {
        .markers(Markers(shape, size: size, fill: colour, at: $0))
      }
    }
  }
}
