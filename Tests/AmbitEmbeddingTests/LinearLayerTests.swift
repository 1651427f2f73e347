import AmbitEmbedding
import AmbitMatrix
import AmbitTestSupport
import Testing

@Suite struct LinearLayerTests {
  /// `x Wᵀ` on top of ones.
  private func image(_ x: [Float], count: Int, of layer: LinearLayer) -> [Float] {
    let height = layer.height(count)
    let room = x + [Float](repeating: 0, count: (height - count) * layer.inputs)
    var target = [Float](repeating: 1, count: height * layer.outputs)
    layer.add(room, height: height, to: &target)
    return Array(target.prefix(count * layer.outputs))
  }

  @Test func bothWaysEqualTheDefinition() {
    forEachSeed(8) { random in
      let inputs = 1 + random.index(below: 60)
      let outputs = 1 + random.index(below: 50)
      let count = 1 + random.index(below: 9)
      let weights = (0..<inputs * outputs).map { _ in Float(random.normal()) }
      let bias = [Float](repeating: 0, count: outputs)
      let x = (0..<count * inputs).map { _ in Float(random.normal()) }
      for isPacked in [false, true] {
        let layer = LinearLayer(weights: weights, bias: bias, isPacked: isPacked)
        let found = image(x, count: count, of: layer)
        for row in 0..<count {
          for column in 0..<outputs {
            let wanted = (0..<inputs).reduce(1.0) {
              $0 + Double(x[row * inputs + $1]) * Double(weights[column * inputs + $1])
            }
            try require(
              abs(Double(found[row * outputs + column]) - wanted) < 1e-4,
              "(\(row), \(column)), packed: \(isPacked), \(inputs) to \(outputs)")
          }
        }
      }
    }
  }

  @Test(arguments: [false, true]) func aRowIsTheSameBitsInAnyCompany(_ isPacked: Bool) {
    forEachSeed(4) { random in
      let (inputs, outputs, count) = (1 + random.index(below: 400), 48, 70)
      let layer = LinearLayer(
        weights: (0..<inputs * outputs).map { _ in Float(random.normal()) },
        bias: [Float](repeating: 0, count: outputs), isPacked: isPacked)
      let x = (0..<count * inputs).map { _ in Float(random.normal()) }
      let together = image(x, count: count, of: layer)
      for row in [0, 1, 5, 6, 33, count - 1] {
        let alone = image(Array(x[row * inputs..<(row + 1) * inputs]), count: 1, of: layer)
        try require(
          alone == Array(together[row * outputs..<(row + 1) * outputs]), "row \(row)")
      }
    }
  }
}
