import AmbitEmbedding
import AmbitMatrix
import AmbitTestSupport
import Testing

@Suite("Gains that keep the spread")
struct SpreadTests {
  private static let columns = 24

  /// Rows of `mean + share · frame + deviation`, as a teacher gives them and as a model that shrank the
  /// deviations by `shrinking` but kept mean and frame.
  private func gains(
    shrinking: Float, frameShares: [Float], wordCounts: [Int], seed: UInt64
  ) -> Spread.Gains {
    var random = SplitMix64(seed: seed)
    let frame = (0..<Self.columns).map { Float($0 == 1 ? 2 : 0) }
    let mean = (0..<Self.columns).map { $0 == 0 ? 2.0 : 0 }
    var wanted: [Float] = []
    var shrunk: [Float] = []
    for share in frameShares {
      let noise = (0..<Self.columns).map { _ in Float(random.normal() / 4) }
      let row = (0..<Self.columns).map { Float(mean[$0]) + share * frame[$0] + noise[$0] }
      let norm = Float(Reductions.squaredNorm(row[...]).squareRoot())
      wanted += row.map { $0 / norm }
      shrunk += (0..<Self.columns).map { share * frame[$0] + noise[$0] / shrinking }
    }
    func matrix(_ values: [Float]) -> Matrix {
      Matrix(rowCount: frameShares.count, columnCount: Self.columns, values: values)
    }
    return Spread(
      deviations: matrix(shrunk), frame: frame, frameShares: frameShares, mean: mean,
      wanted: matrix(wanted), wordCounts: wordCounts
    ).bestGains()
  }

  @Test("what was shrunk towards the mean is brought back by the factor of the shrinking")
  func mean() {
    for shrinking in [1, 2] as [Float] {
      let found = gains(
        shrinking: shrinking, frameShares: [Float](repeating: 0, count: 800),
        wordCounts: [Int](repeating: 60, count: 800), seed: 3)
      #expect(found == Spread.Gains(mean: Double(shrinking), frame: 1))
    }
  }

  @Test("in short texts the frame goes half of the way, on a log scale")
  func frame() {
    let words = (0..<1600).map { $0 % 2 == 0 ? 8 : 60 }
    let found = gains(
      shrinking: 2, frameShares: words.map { $0 == 8 ? 0.7 : 0.1 }, wordCounts: words, seed: 4)
    #expect(found.mean == 2)
    #expect(abs(found.frame - 2.0.squareRoot()) < 0.25, "\(found.frame)")
  }

  @Test("rows have unit length")
  func unitRows() {
    let rows = Spread.unitRows(
      Matrix(rowCount: 2, columnCount: 2, values: [2, 0, -1, -1]), plus: [1, 4])
    #expect(isNear(rows.row(0), [0.6, 0.8], within: 1e-6))
    #expect(isNear(rows.row(1), [0, 1], within: 1e-6))
  }
}
