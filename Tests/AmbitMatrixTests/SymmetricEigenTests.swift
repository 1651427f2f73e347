import AmbitMatrix
import AmbitTestSupport
import Testing

@Suite struct SymmetricEigenTests {
  @Test func pairsSatisfyTheirEquation() {
    forEachSeed(10) { generator in
      let order = 1 + generator.index(below: 40)
      let count = 1 + generator.index(below: order)
      var matrix = [Double](repeating: 0, count: order * order)
      for i in 0..<order {
        for j in 0...i {
          let value = generator.normal()
          matrix[i * order + j] = value
          matrix[j * order + i] = value
        }
      }
      let eigen = SymmetricEigen(of: matrix, order: order, largest: count)
      for (value, vector) in zip(eigen.values, eigen.vectors) {
        for i in 0..<order {
          let image = (0..<order).reduce(0.0) { $0 + matrix[i * order + $1] * vector[$1] }
          try require(abs(image - value * vector[i]) < 1e-10, "A·v ≠ λ·v at order \(order)")
        }
      }
      try require(eigen.values == eigen.values.sorted(by: >), "not in falling order")
      if count == order {
        let trace = (0..<order).reduce(0.0) { $0 + matrix[$1 * order + $1] }
        try require(abs(eigen.values.reduce(0, +) - trace) < 1e-9, "Σλ ≠ trace")
      }
    }
  }
}
