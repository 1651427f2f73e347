import AmbitMatrix
import AmbitTestSupport
import Testing

@Suite struct MatrixProductTests {
  static func random(_ rows: Int, _ columns: Int, _ generator: inout SplitMix64) -> Matrix {
    Matrix(
      rowCount: rows, columnCount: columns,
      values: (0..<rows * columns).map { _ in Float(generator.normal()) })
  }

  @Test func productsEqualTheDefinition() {
    forEachSeed(12) { generator in
      let n = 1 + generator.index(below: 300)
      let k = 1 + generator.index(below: 40)
      let m = 1 + generator.index(below: 30)
      let a = Self.random(n, k, &generator)
      let b = Self.random(k, m, &generator)
      let product = a.multiplied(by: b, workers: Workers(threadCount: 2))
      for _ in 0..<50 {
        let (i, j) = (generator.index(below: n), generator.index(below: m))
        let expected = (0..<k).reduce(0.0) { $0 + Double(a[i, $1]) * Double(b[$1, j]) }
        try require(abs(Double(product[i, j]) - expected) < 1e-4, "(\(i), \(j)) of \(n)×\(k)×\(m)")
      }
      let transposed = Matrix(
        rowCount: m, columnCount: k,
        values: (0..<m).flatMap { column in (0..<k).map { b[$0, column] } })
      let same = a.multiplied(byTransposeOf: transposed, workers: Workers(threadCount: 1))
      try require(
        zip(same.values, product.values).allSatisfy { abs($0 - $1) < 1e-4 }, "A·(Bᵀ)ᵀ ≠ A·B")
    }
  }

  @Test func weightedScatterEqualsTheDefinition() {
    forEachSeed(6) { generator in
      let n = 3 + generator.index(below: 1500)
      let d = 1 + generator.index(below: 12)
      let x = Self.random(n, d, &generator)
      let weights = (0..<n).map { _ in generator.uniform() }
      let center = x.columnMeans(weights: weights)
      let scatter = x.weightedScatter(
        about: center, weights: weights, workers: Workers(threadCount: 2))
      for i in 0..<d {
        for j in 0..<d {
          let expected = (0..<n).reduce(0.0) {
            $0 + weights[$1] * (Double(x[$1, i]) - center[i]) * (Double(x[$1, j]) - center[j])
          }
          try require(
            abs(scatter[i * d + j] - expected) < 1e-5 * Double(n), "entry (\(i), \(j)), n = \(n)")
        }
      }
    }
  }

  @Test(arguments: [Float(0x1p-80), 0x1p-40, 0x1p40, 0x1p80])
  func weightedScatterOfExtremeVectorsIsThatOfOrdinaryOnes(factor: Float) {
    var generator = SplitMix64(seed: 4)
    let x = Self.random(300, 6, &generator)
    var extreme = x
    extreme.values = x.values.map { $0 * factor }
    let workers = Workers(threadCount: 1)
    let expected = x.weightedScatter(about: x.columnMeans(), workers: workers)
    let scatter = extreme.weightedScatter(about: extreme.columnMeans(), workers: workers)
    for (a, b) in zip(scatter, expected) {
      #expect(abs(a / Double(factor) / Double(factor) - b) < 1e-4 * 300)
    }
  }

  @Test func resultsDoNotDependOnThreads() {
    var generator = SplitMix64(seed: 1)
    let x = Self.random(5000, 64, &generator)
    let one = Workers(threadCount: 1)
    let three = Workers(threadCount: 3)
    #expect(
      x.multiplied(byTransposeOf: x, workers: one) == x.multiplied(byTransposeOf: x, workers: three)
    )
    let center = x.columnMeans()
    #expect(
      x.weightedScatter(about: center, workers: one)
        == x.weightedScatter(about: center, workers: three))
  }

  @Test func emptyExtentsAreAllowed() {
    let none = Matrix(rowCount: 0, columnCount: 5)
    let wide = Matrix(rowCount: 5, columnCount: 3)
    #expect(none.multiplied(by: wide, workers: Workers(threadCount: 2)).rowCount == 0)
    #expect(Matrix.stacked([none, none]).rowCount == 0)
  }
}
