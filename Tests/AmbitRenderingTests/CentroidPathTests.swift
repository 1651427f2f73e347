import AmbitMatrix
import AmbitRendering
import AmbitTestSupport
import Testing

@Suite struct CentroidPathTests {
  private typealias Step = CentroidPath.Step

  private func steps(_ xs: [Double]) -> [CentroidPath.Step] {
    CentroidPath(places: xs.map { SIMD2($0, 0) }, order: Array(xs.indices)).steps
  }

  @Test func everyVisibleStepHasAnArrow() {
    #expect(steps([0, 5, 11]) == [Step(start: 0, end: 1), Step(start: 1, end: 2)])
    #expect(steps([0, 10, 0]) == [Step(start: 0, end: 1), Step(start: 1, end: 2)])
    #expect(steps([]) == [] && steps([1]) == [])
  }

  @Test func placesThatCoincideHaveNone() {
    #expect(steps([0, 4.9, 0.5]) == [])
    // Both ends of the long step, although the path stood still before it.
    #expect(steps([0, 1.9, -4]) == [Step(start: 1, end: 2)])
  }

  @Test func manySmallStepsAreOneArrow() {
    #expect(steps([0, 2.5, 5, 7.5, 11]) == [Step(start: 0, end: 2), Step(start: 2, end: 4)])
  }

  @Test func symbolsAreSmallWhereTheyAreCrowded() {
    let path = CentroidPath(
      places: [SIMD2(0, 0), SIMD2(5, 0), SIMD2(40, 0)], order: [0, 1, 2])
    #expect(abs(path.markerSize(of: 0, largest: 4) - 2.75) < 1e-12)
    #expect(abs(path.markerSize(of: 1, largest: 4) - 2.75) < 1e-12)
    #expect(path.markerSize(of: 2, largest: 4) == 4)
    let unordered = CentroidPath(places: [SIMD2(0, 0), SIMD2(2, 0)], order: [])
    #expect(abs(unordered.markerSize(of: 0, largest: 4) - 2.4) < 1e-12)
  }

  /// The symbols at an arrow's ends leave more than a third of it free, head included.
  @Test func noArrowIsCoveredByItsEnds() {
    forEachSeed(100) { random in
      let places = (0..<(2 + Int(random.uniform() * 12))).map { _ in
        SIMD2(random.uniform(), random.uniform()) * (1 + 40 * random.uniform())
      }
      let path = CentroidPath(places: places, order: Array(places.indices))
      for step in path.steps {
        let way = places[step.end] - places[step.start]
        let length = (way * way).sum().squareRoot()
        try require(length >= CentroidPath.leastLength, "an arrow of \(length) points")
        let covered = [step.start, step.end].reduce(0) {
          $0 + path.markerSize(of: $1, largest: 4) / 2
        }
        try require(covered < 0.6 * length, "\(covered) of \(length) points are covered")
      }
      let arrows = path.arrows(Stroke(.black, width: 0.6), headLength: 4, largest: 4)
      try require(arrows.count == path.steps.count, "\(arrows.count) arrows")
      try require(arrows.allSatisfy { $0.marks.count == 2 }, "an arrow without line or head")
    }
  }
}
