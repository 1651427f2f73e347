import AmbitMatrix
import AmbitProjection
import AmbitTestSupport
import Testing

@Suite struct JointPlaneTests {
  static let workers = Workers(threadCount: 2)

  /// One prompt per row; column scales as given.
  static func checkpoint(
    _ count: Int, scales: [Double], shift: Double = 0, _ random: inout SplitMix64
  ) -> PromptedRows {
    let values = (0..<count).flatMap { _ in
      scales.enumerated().map { Float($1 * random.normal() + ($0 == 2 ? shift : 0)) }
    }
    return PromptedRows(
      matrix: Matrix(rowCount: count, columnCount: scales.count, values: values),
      promptOffsets: Array(0...count))
  }

  @Test func aLargerCheckpointHasNoLargerSay() throws {
    var random = SplitMix64(seed: 21)
    // Twenty times the rows vary along the first column, as much as the few along the second.
    let many = Self.checkpoint(4000, scales: [1, 0.1, 0.1], &random)
    let few = Self.checkpoint(200, scales: [0.1, 1.3, 0.1], &random)
    let manyPrompts = PromptedRows(
      matrix: many.matrix, promptOffsets: (0...200).map { $0 * 20 })
    let plane = try JointPlane(of: [manyPrompts, few], workers: Self.workers)
    #expect(abs(plane.basis.components[0][1]) > 0.98)
    #expect(abs(plane.basis.components[1][0]) > 0.98)
  }

  @Test func driftIsInTheOverallVarianceAndInNoCheckpoint() throws {
    var random = SplitMix64(seed: 22)
    let before = Self.checkpoint(500, scales: [1, 1, 0.2], &random)
    let after = Self.checkpoint(500, scales: [1, 1, 0.2], shift: 20, &random)
    let plane = try JointPlane(of: [before, after], workers: Self.workers)
    // Half the squared shift of 20 over 2 lies along the third column, the first axis.
    #expect(agree(plane.overall.axes[0], 100, relative: 0.02))
    #expect(plane.overall.shares[0] > 0.97)
    for shown in plane.perCheckpoint {
      #expect(agree(shown.total, 2.04, relative: 0.15))
      #expect(shown.shares[0] < 0.05)
    }
    let centroids = plane.coordinates.map { $0.columnMeans()[0] }
    #expect(agree(centroids[1] - centroids[0], 20, relative: 0.01))
  }

  @Test func aBaseBasisIgnoresTheOthers() throws {
    var random = SplitMix64(seed: 23)
    let base = Self.checkpoint(300, scales: [2, 1, 0.1], &random)
    let other = Self.checkpoint(300, scales: [0.1, 0.1, 9], &random)
    let plane = try JointPlane(of: [base, other], source: .checkpoint(0), workers: Self.workers)
    let alone = PrincipalComponents().fit(
      base.matrix, weights: base.balancedWeights, workers: Self.workers)
    #expect(plane.basis == alone)
    #expect(plane.perCheckpoint[0].shares.reduce(0, +) > 0.99)
    #expect(plane.perCheckpoint[1].shares.reduce(0, +) < 0.01)
  }

  @Test func aGivenBasisReproducesTheCoordinates() throws {
    var random = SplitMix64(seed: 24)
    let rows = CentringTests.checkpoints(3, prompts: 20, atLeast: 2, &random)
    for centring in Centring.allCases {
      let plane = try JointPlane(of: rows, centring: centring, workers: Self.workers)
      #expect(plane.basis.space == centring.space(componentCount: 2))
      let loaded = try Basis(
        space: plane.basis.space, mean: plane.basis.mean, components: plane.basis.components)
      let again = try JointPlane(
        of: rows, centring: centring, source: .given(loaded), workers: Self.workers)
      #expect(again == plane)
    }
  }

  @Test func theSameCheckpointTwiceCoincides() throws {
    var random = SplitMix64(seed: 25)
    let rows = Self.checkpoint(100, scales: [3, 2, 1, 0.5], &random)
    let plane = try JointPlane(of: [rows, rows], workers: Self.workers)
    #expect(plane.coordinates[0] == plane.coordinates[1])
    #expect(plane.perCheckpoint[0] == plane.perCheckpoint[1])
    for (pooled, single) in zip(plane.overall.axes, plane.perCheckpoint[0].axes) {
      #expect(agree(pooled, single, relative: 1e-9))
    }
  }
}
