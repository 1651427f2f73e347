import AmbitMatrix
import AmbitMeasures
import AmbitTestSupport
import Testing

@Suite struct TreeCrossingsTests {
  private let suite = MeasureSuite(
    measures: MeasureSuite.standard.measures.filter { $0.id == "mst_cross_edges" })

  private func row(_ study: SimulatedStudy, space: String = "pca2") throws -> Measurement {
    let rows = suite.run(
      design: study.design, spaces: study.spaces,
      settings: InferenceSettings(resamples: 200, permutations: 199),
      workers: Workers(threadCount: 2)
    ).measurements
    return try #require(rows.first { $0.space == space })
  }

  /// Prim's tree of all points, which are distinct, and its edges between labels.
  private func primShare(_ points: [SIMD2<Double>], _ labels: [UInt8]) -> Double {
    var rest = points.indices.dropFirst().map { (point: $0, from: 0) }
    func distance(_ edge: (point: Int, from: Int)) -> Double {
      let step = points[edge.point] - points[edge.from]
      return (step * step).sum()
    }
    var crossings = 0
    while let next = rest.indices.min(by: { distance(rest[$0]) < distance(rest[$1]) }) {
      let edge = rest.remove(at: next)
      crossings += labels[edge.point] == labels[edge.from] ? 0 : 1
      for index in rest.indices {
        let other = (point: rest[index].point, from: edge.point)
        if distance(other) < distance(rest[index]) { rest[index] = other }
      }
    }
    return Double(crossings) / Double(points.count - 1)
  }

  @Test func itCountsTheEdgesOfPrimsTree() {
    forEachSeed(40) { random in
      let points = Clouds.gaussian(2 + random.index(below: 80), &random)
      let labels = points.map { _ in UInt8(random.index(below: 2)) }
      let share = JointTree(points).crossShare(labels)
      let oracle = primShare(points, labels)
      try require(agree(share, oracle, relative: 1e-12), "\(share) against \(oracle)")
    }
  }

  /// Equal points are joined in all ways alike: the mean over trees of hair's-breadth copies.
  @Test func equalPointsCountAsTheMeanOverTheirTrees() {
    let points = [SIMD2(0.0, 0), SIMD2(0, 0), SIMD2(0, 0), SIMD2(5, 0), SIMD2(5, 0)]
    let labels: [UInt8] = [0, 0, 1, 0, 1]
    // Among three: 2 · 2 · 1 / 3; among two: 1; between places: 2/3 · 1/2 + 1/3 · 1/2.
    let expected = (4.0 / 3 + 1 + 0.5) / 4
    #expect(agree(JointTree(points).crossShare(labels), expected, relative: 1e-12))
    let shuffled = [3, 0, 4, 2, 1]
    let again = JointTree(shuffled.map { points[$0] }).crossShare(shuffled.map { labels[$0] })
    #expect(agree(again, expected, relative: 1e-12))
    #expect(JointTree([SIMD2(1, 1)]).crossShare([0]).isNaN)
  }

  @Test func equalLawsJoinHalfTheEdgesAndAShiftFew() throws {
    var study = SimulatedStudy()
    (study.prompts, study.samples, study.betweenScale) = (60, 4, 0)
    let same = try row(study)
    #expect(abs(try #require(same.value) - 0.5) < 0.1)
    #expect(try #require(same.p) > 0.01)
    #expect(same.effect == nil && same.nullBand != nil && same.interval != nil)
    study.shift = 3
    let moved = try row(study)
    #expect(try #require(moved.value) < 0.2)
    #expect(try #require(moved.p) == 1 / 200)
  }

  @Test func aTighterModelInThePlaneOfResidualsJoinsFewer() throws {
    var study = SimulatedStudy()
    (study.prompts, study.samples, study.scales) = (60, 6, [1, 0.3])
    let found = try row(study, space: "pca2_within")
    #expect(try #require(found.p) <= 0.01)
    let (value, band) = (try #require(found.value), try #require(found.nullBand))
    #expect(value < band.low)
  }
}
