import AmbitEmbedding
import AmbitMatrix
import AmbitTestSupport
import Testing

@Suite("Bags of tokens and the regression on them")
struct TokenBagsTests {
  private let workers = Workers(threadCount: 2)

  private func randomMatrix(_ rows: Int, _ columns: Int, _ random: inout SplitMix64) -> Matrix {
    Matrix(
      rowCount: rows, columnCount: columns,
      values: (0..<rows * columns).map { _ in Float(random.normal()) })
  }

  /// The bags written out: the definition, in double precision.
  private func dense(_ ids: [[Int32]], _ weights: [Float], _ power: Double) -> [[Double]] {
    ids.map { text in
      var row = weights.indices.map { token -> Double in
        let count = text.count { $0 == Int32(token) }
        return count == 0 ? 0 : Elementary.pow(Double(count), power) * Double(weights[token])
      }
      let norm = row.reduce(0) { $0 + $1 * $1 }.squareRoot()
      if norm > 0 { row = row.map { $0 / norm } }
      return row
    }
  }

  private func randomIds(_ random: inout SplitMix64, texts: Int, tokens: Int) -> [[Int32]] {
    (0..<texts).map { _ in
      (0..<random.index(below: 9)).map { _ in Int32(random.index(below: tokens)) }
    }
  }

  @Test("a column holds what each text has of a token")
  func column() {
    forEachSeed(10) { random in
      let ids = randomIds(&random, texts: 30, tokens: 6)
      let bags = TokenBags(ids, weights: [Float](repeating: 1, count: 6), countPower: 0.5)
      let oracle = dense(ids, [Float](repeating: 1, count: 6), 0.5)
      for token in 0..<6 {
        let column = bags.values(ofToken: token)
        try require(
          zip(column, oracle).allSatisfy { abs(Double($0) - $1[token]) < 1e-6 }, "token \(token)")
      }
    }
  }

  @Test("both products equal those of the matrix written out")
  func products() {
    forEachSeed(20) { random in
      let ids = randomIds(&random, texts: 1 + random.index(below: 90), tokens: 12)
      let weights = (0..<12).map { _ in Float(0.1 + random.uniform()) }
      let bags = TokenBags(ids, weights: weights, countPower: 0.5)
      let oracle = dense(ids, weights, 0.5)
      let table = randomMatrix(12, 5, &random)
      let product = bags.multiplied(by: table, workers: workers)
      for text in ids.indices {
        for column in 0..<5 {
          let expected = (0..<12).reduce(0.0) { $0 + oracle[text][$1] * Double(table[$1, column]) }
          try require(abs(expected - Double(product[text, column])) < 1e-5, "B · T differs")
        }
      }
      let values = randomMatrix(ids.count, 3, &random)
      let back = bags.transposeMultiplied(by: values, workers: workers)
      for token in 0..<12 {
        for column in 0..<3 {
          let expected = ids.indices.reduce(0.0) {
            $0 + oracle[$1][token] * Double(values[$1, column])
          }
          try require(abs(expected - Double(back[token, column])) < 1e-4, "Bᵀ · V differs")
        }
      }
    }
  }

  @Test("the dual solution satisfies the normal equations, whatever the start")
  func normalEquations() {
    forEachSeed(12) { random in
      let ids = randomIds(&random, texts: 60, tokens: 20)
      let weights = [Float](repeating: 1, count: 20)
      let bags = TokenBags(ids, weights: weights, countPower: 0.5)
      let oracle = dense(ids, weights, 0.5)
      let targets = randomMatrix(60, 4, &random)
      let penalty = 0.05 + random.uniform()
      var regression = RidgeRegression(penalty: penalty)
      regression.tolerance = 1e-6
      for start in [nil, randomMatrix(60, 4, &random)] {
        let solution = regression.solve(bags, targets, from: start, workers: workers)
        let table = bags.transposeMultiplied(by: solution.dual, workers: workers)
        // Bᵀ(BT − Y) + λT = 0 characterises the only minimum.
        for column in 0..<4 {
          let fitted = oracle.indices.map { text in
            (0..<20).reduce(0.0) { $0 + oracle[text][$1] * Double(table[$1, column]) }
              - Double(targets[text, column])
          }
          for token in 0..<20 {
            let gradient =
              oracle.indices.reduce(0.0) { $0 + oracle[$1][token] * fitted[$1] }
              + penalty * Double(table[token, column])
            try require(abs(gradient) < 1e-3, "gradient \(gradient) at λ \(penalty)")
          }
        }
      }
    }
  }

  @Test("the same bits for any thread count")
  func threads() {
    var random = SplitMix64(seed: 5)
    let ids = randomIds(&random, texts: 300, tokens: 40)
    let bags = TokenBags(ids, weights: [Float](repeating: 1, count: 40), countPower: 0.5)
    let targets = randomMatrix(300, 6, &random)
    let one = RidgeRegression(penalty: 0.3)
      .solve(bags, targets, workers: Workers(threadCount: 1)).dual
    #expect(RidgeRegression(penalty: 0.3).solve(bags, targets, workers: workers).dual == one)
  }
}
