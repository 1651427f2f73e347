import AmbitMatrix
import AmbitMeasures
import AmbitTestSupport
import Testing

/// The tabulated expectations of hull areas; `HullTableTests` has the simulations that agree with them.
@Suite struct ExpectedHullAreaTests {
  /// By adaptive quadrature in SciPy.
  @Test(arguments: [
    (3, 0.8660254037844379, 0.23210095867568037), (5, 2.5133383243670453, 0.66624406982525),
    (10, 5.3787326885751545, 1.3167434098397648), (20, 8.680722260042646, 1.8803410897391497),
    (50, 13.427307117670024, 2.4098290535276887), (100, 17.192147955935315, 2.6680150599234995),
    (200, 21.053300068103347, 2.8384337238683437), (500, 26.259770347106077, 2.9750518208217716),
    (1000, 30.25467219372232, 3.036154426354765), (2000, 34.286475869763706, 3.0749677561049586),
    (100_000, 57.47910025671758, 3.1366609609134275),
  ])
  func quadratureAgreesWithAnother(count: Int, gaussian: Double, disk: Double) {
    #expect(agree(ExpectedHullArea.gaussian(count: count), gaussian, relative: 1e-9))
    #expect(agree(ExpectedHullArea.disk(count: count), disk, relative: 1e-9))
  }

  @Test func threePointsHaveTheirClosedForms() {
    #expect(agree(ExpectedHullArea.gaussian(count: 3), 3.0.squareRoot() / 2, relative: 1e-12))
    #expect(agree(ExpectedHullArea.disk(count: 3), 35 / (48 * Double.pi), relative: 1e-12))
    #expect(ExpectedHullArea.gaussian(count: 2) == 0)
    #expect(ExpectedHullArea.disk(count: 0) == 0)
  }

  @Test func bothGrowWithTheCountAndTheDiskFills() {
    var before = (0.0, 0.0)
    for count in [3, 4, 7, 30, 400, 9000, 1_000_000] {
      let now = (ExpectedHullArea.gaussian(count: count), ExpectedHullArea.disk(count: count))
      #expect(now.0 > before.0 && now.1 > before.1)
      before = now
    }
    // 1 − u/π falls as 3.383 n^(−2/3).
    #expect(agree(1 - before.1 / Double.pi, 3.383e-4, relative: 0.02))
  }
}
