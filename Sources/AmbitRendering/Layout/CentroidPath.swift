/// Centroids at their places on the page, and the arrows that lead from one to the next.
package struct CentroidPath {
  /// One a checkpoint, on the page.
  package let places: [SIMD2<Double>]
  /// Which checkpoints the arrows join, in order.
  package let steps: [Step]

  /// An arrow's ends.
  package struct Step: Sendable, Hashable {
    package var start: Int
    package var end: Int

    package init(start: Int, end: Int) {
      self.start = start
      self.end = end
    }
  }

  /// Centroids nearer than this, in points, have no arrow between them: beside so short a one their symbols
  /// would be specks.
  package static let leastLength = 5.0

  /// The path through `places` in `order`. Between places that coincide there is no arrow; a way of
  /// such small steps gets one as soon as it has led far enough.
  package init(places: [SIMD2<Double>], order: [Int]) {
    self.places = places
    var steps: [Step] = []
    var anchor = order.first
    for (start, end) in zip(order, order.dropFirst()) {
      let isLong = { Self.distance(places[$0], places[end]) >= Self.leastLength }
      guard let begin = [start, anchor ?? start].first(where: isLong) else { continue }
      steps.append(Step(start: begin, end: end))
      anchor = end
    }
    self.steps = steps
  }

  /// The diameter of the symbol of one centroid: `largest`, or less where an arrow is so short that
  /// the symbols about it would cover it, and where the next symbol is near.
  package func markerSize(of index: Int, largest: Double) -> Double {
    let place = places[index]
    let amongArrows = steps.reduce(largest) { size, step in
      let (start, end) = (places[step.start], places[step.end])
      let reach = max(
        Self.distance(start, end), Self.distance(place, start), Self.distance(place, end))
      return min(size, 0.55 * reach)
    }
    return places.indices.reduce(amongArrows) { size, other in
      let gap = other == index ? .infinity : Self.distance(place, places[other])
      return min(size, max(0.9 * gap, 0.6 * largest))
    }
  }

  /// The arrows, from the middle of a symbol to the edge of the next one.
  package func arrows(_ stroke: Stroke, headLength: Double, largest: Double) -> [Arrow] {
    steps.map { step in
      let length = Self.distance(places[step.start], places[step.end])
      var thin = stroke
      thin.width = min(stroke.width, 0.2 * length)
      return Arrow(
        start: places[step.start], end: places[step.end], stroke: thin, headLength: headLength,
        clearance: 0.5 * markerSize(of: step.end, largest: largest))
    }
  }

  private static func distance(_ a: SIMD2<Double>, _ b: SIMD2<Double>) -> Double {
    let way = b - a
    return (way * way).sum().squareRoot()
  }
}
