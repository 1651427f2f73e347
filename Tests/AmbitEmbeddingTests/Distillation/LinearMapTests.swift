import AmbitEmbedding
import AmbitMatrix
import AmbitTestSupport
import Testing

@Suite("Linear map with an intercept")
struct LinearMapTests {
  private let workers = Workers(threadCount: 2)

  private func random(_ rows: Int, _ columns: Int, _ random: inout SplitMix64) -> Matrix {
    Matrix(
      rowCount: rows, columnCount: columns,
      values: (0..<rows * columns).map { _ in Float(random.normal()) })
  }

  @Test("a linear relation is found again, its intercept unpenalised")
  func exact() {
    forEachSeed(10) { random in
      let (rows, inner, outer) = (200 + random.index(below: 400), 3, 4)
      let features = self.random(rows, inner, &random)
      let wanted = self.random(inner, outer, &random)
      let offset = (0..<outer).map { Float($0) * 3 - 50 }
      var targets = features.multiplied(by: wanted, workers: workers)
      for index in targets.values.indices { targets.values[index] += offset[index % outer] }
      let map = LinearMap(from: features, to: targets, penalty: 1e-6, workers: workers)
      for (found, expected) in zip(map.coefficients.values, wanted.values) {
        try require(abs(found - expected) < 1e-3, "\(found) is not \(expected)")
      }
      for (found, expected) in zip(map.intercept, offset) {
        try require(abs(found - Double(expected)) < 1e-2, "\(found) is not \(expected)")
      }
    }
  }

  @Test("the gradient of the penalised squares vanishes")
  func stationary() {
    forEachSeed(10) { random in
      let (rows, inner, outer) = (60, 5, 2)
      let features = self.random(rows, inner, &random)
      let targets = self.random(rows, outer, &random)
      let penalty = 10 * random.uniform() + 0.1
      let map = LinearMap(from: features, to: targets, penalty: penalty, workers: workers)
      for target in 0..<outer {
        let residuals = (0..<rows).map { row in
          (0..<inner).reduce(map.intercept[target] - Double(targets[row, target])) {
            $0 + Double(features[row, $1] * map.coefficients[$1, target])
          }
        }
        try require(abs(residuals.reduce(0, +)) < 1e-3, "the intercept is not the best")
        for feature in 0..<inner {
          let slope = (0..<rows).reduce(penalty * Double(map.coefficients[feature, target])) {
            $0 + residuals[$1] * Double(features[$1, feature])
          }
          try require(abs(slope) < 1e-2, "feature \(feature) has slope \(slope)")
        }
      }
    }
  }
}
