import AmbitMatrix
import AmbitProjection
import AmbitTestSupport
import Testing

/// Numbers of scikit-learn 1.9 (`PCA(3, svd_solver="full")`) and of NumPy's SVD of the weighted rows,
/// on uniforms of seed 42 times 1, 2, 3, 1, 2, 3 … by column.
@Suite struct ScikitLearnOracleTests {
  struct Oracle: Sendable {
    let count: Int
    let width: Int
    let variances: [Double]
    let shares: [Double]
    let firstRow: [Double]
    /// Variances under the weights 1, ½, ⅓ …, and their total over all directions.
    let weighted: [Double]
    let weightedTotal: Double
  }

  static let tall = Oracle(
    count: 40, width: 6,
    variances: [0.7894015694003385, 0.7209336285611675, 0.39162151492236363],
    shares: [0.3527689939436261, 0.3221719346730524, 0.1750084281321949],
    firstRow: [0.8935189128567105, -1.0501358959954903, -0.5166679317595673],
    weighted: [0.9684498953764686, 0.5453495983316343, 0.27059948341874146],
    weightedTotal: 2.081889017917539)

  static let wide = Oracle(
    count: 6, width: 40,
    variances: [3.5214240424445826, 2.8650425794894225, 2.5043647961437103],
    shares: [0.2885917709403714, 0.2347992465174504, 0.20524056827251855],
    firstRow: [0.05129872649008069, 1.4045148316275295, 1.6531693070218112],
    weighted: [4.521742593305189, 2.8572358415605077, 1.491138584224067],
    weightedTotal: 10.939170525687283)

  @Test(arguments: [tall, wide]) func variancesAndCoordinatesAgree(oracle: Oracle) throws {
    let workers = Workers(threadCount: 2)
    var random = SplitMix64(seed: 42)
    let rows = Matrix(
      rowCount: oracle.count, columnCount: oracle.width,
      values: (0..<oracle.count * oracle.width).map {
        Float(random.uniform() * Double(1 + $0 % oracle.width % 3))
      })
    let projector = PrincipalComponents(componentCount: 3)

    let even = [Double](repeating: 2, count: oracle.count)
    let basis = projector.fit(rows, weights: even, workers: workers)
    let shown = try basis.varianceExplained(of: rows, weights: even, workers: workers)
    let points = try basis.coordinates(of: rows, workers: workers)
    for axis in 0..<3 {
      #expect(agree(shown.axes[axis], oracle.variances[axis], relative: 1e-9))
      #expect(agree(shown.shares[axis], oracle.shares[axis], relative: 1e-9))
      #expect(abs(Double(points[0, axis]) - oracle.firstRow[axis]) < 2e-6)
    }

    let falling = (0..<oracle.count).map { 1 / Double(1 + $0) }
    let weighted = try projector.fit(rows, weights: falling, workers: workers)
      .varianceExplained(of: rows, weights: falling, workers: workers)
    for axis in 0..<3 {
      #expect(agree(weighted.axes[axis], oracle.weighted[axis], relative: 1e-9))
    }
    #expect(agree(weighted.total, oracle.weightedTotal, relative: 1e-12))
  }
}
