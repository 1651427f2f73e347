import AmbitEmbedding
import AmbitMatrix
import AmbitTestSupport
import Testing

@Suite("Fidelity of one embedding to another")
struct EmbeddingFidelityTests {
  private func unitRows(_ count: Int, _ columns: Int, _ random: inout SplitMix64) -> Matrix {
    var values: [Float] = []
    for _ in 0..<count {
      values += unit((0..<columns).map { _ in random.normal() + 0.3 })
    }
    return Matrix(rowCount: count, columnCount: columns, values: values)
  }

  @Test("rank correlation: tables, ties, constants")
  func ranks() {
    #expect(EmbeddingFidelity.rankCorrelation([1, 2, 3, 4], [10, 20, 30, 40]) == 1)
    #expect(EmbeddingFidelity.rankCorrelation([1, 2, 3, 4], [4, 3, 2, 1]) == -1)
    // scipy.stats.spearmanr([1, 2, 2, 4, 5], [3, 1, 2, 5, 5]) → 0.631578947368421
    #expect(
      abs(EmbeddingFidelity.rankCorrelation([1, 2, 2, 4, 5], [3, 1, 2, 5, 5]) - 0.631578947368421)
        < 1e-12)
    #expect(EmbeddingFidelity.rankCorrelation([1, 1, 1], [1, 2, 3]) == 0)
  }

  @Test("area under the curve is the share of pairs in the right order")
  func area() {
    #expect(
      EmbeddingFidelity.areaUnderCurve(
        scores: [0.1, 0.4, 0.35, 0.8], isPositive: [false, false, true, true]) == 0.75)
    #expect(
      EmbeddingFidelity.areaUnderCurve(scores: [1, 1], isPositive: [true, false]) == 0.5)
    #expect(EmbeddingFidelity.areaUnderCurve(scores: [1], isPositive: [true]) == nil)
    forEachSeed(30) { random in
      let count = 2 + random.index(below: 40)
      let scores = (0..<count).map { _ in Double(random.index(below: 9)) }
      let flags = (0..<count).map { $0 == 0 || ($0 > 1 && random.index(below: 2) == 0) }
      var (right, all) = (0.0, 0.0)
      for i in 0..<count where flags[i] {
        for j in 0..<count where !flags[j] {
          all += 1
          right += scores[i] > scores[j] ? 1 : scores[i] == scores[j] ? 0.5 : 0
        }
      }
      let area = EmbeddingFidelity.areaUnderCurve(scores: scores, isPositive: flags)!
      try require(abs(area - right / all) < 1e-12, "\(area) is not \(right / all)")
    }
  }

  @Test("an embedding is true to itself and to its rotation")
  func identity() {
    var random = SplitMix64(seed: 3)
    let rows = unitRows(60, 4, &random)
    var turned = rows
    for row in 0..<60 {
      turned[row, 0] = -rows[row, 1]
      turned[row, 1] = rows[row, 0]
    }
    let groups = (0..<12).map { Array($0 * 5..<$0 * 5 + 5) }
    let fidelity = EmbeddingFidelity(of: turned, to: rows, groups: groups)
    #expect(abs(fidelity.cosineRankCorrelation - 1) < 1e-3)
    #expect(abs(fidelity.logDispersionRatio) < 1e-6)
    #expect(fidelity.groupRankCorrelation! > 0.97)
    #expect(fidelity.textCount == 60)
    #expect(EmbeddingFidelity(of: rows, to: rows).groupRankCorrelation == nil)
  }

  @Test("rows drawn towards one point spread less, by the ratio of the variances")
  func spread() {
    // Two unit rows at an angle of ±a about one axis: dispersion sin² a.
    func pair(_ angle: Double) -> Matrix {
      let (x, y) = (Float(Elementary.cos(angle)), Float(Elementary.sin(angle)))
      return Matrix(rowCount: 2, columnCount: 2, values: [x, y, x, -y])
    }
    let fidelity = EmbeddingFidelity(of: pair(0.2), to: pair(0.6))
    let expected = 2 * Elementary.log(Elementary.sin(0.2) / Elementary.sin(0.6))
    #expect(abs(fidelity.logDispersionRatio - expected) < 1e-5)
  }
}
