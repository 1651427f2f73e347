import AmbitEmbedding
import AmbitMatrix
import AmbitTestSupport
import Testing

@Suite struct RowKernelsTests {
  private func normals(_ count: Int, _ random: inout SplitMix64) -> [Float] {
    (0..<count).map { _ in Float(4 * random.uniform() - 2) }
  }

  @Test func activationsFollowTheirFormulas() {
    func byTanh(_ x: Double) -> Double {
      let u = (2 / Double.pi).squareRoot() * (x + 0.044715 * x * x * x)
      let power = Elementary.exp(2 * u)
      return 0.5 * x * (1 + (power - 1) / (power + 1))
    }
    let cases: [(String, (Double) -> Double)] = [
      ("gelu", { 0.5 * $0 * (2 - Elementary.erfc($0 / 2.0.squareRoot())) }), ("gelu_new", byTanh),
      ("relu", { max($0, 0) }),
    ]
    forEachSeed(10) { random in
      for (name, formula) in cases {
        // Counts beside multiples of 16 reach the rest behind the last whole vector.
        let values = normals(16 * Int(random.next() % 5) + Int(random.next() % 16), &random)
        var found = values
        found.withUnsafeMutableBufferPointer {
          guard let base = $0.baseAddress else { return }
          Activation(name: name)!.apply(to: base, count: $0.count)
        }
        for (x, y) in zip(values, found) {
          try require(abs(Double(y) - formula(Double(x))) < 2e-6, "\(name)(\(x)) = \(y)")
        }
      }
    }
    #expect(Activation(name: "swish") == nil)
  }

  @Test func normalizedRowsHaveTheirScaleAndOffset() {
    forEachSeed(20) { random in
      let count = 2 + Int(random.next() % 90)
      let (row, scale, offset) = (
        normals(count, &random), normals(count, &random), normals(count, &random)
      )
      var found = [Float](repeating: 0, count: count)
      RowKernels.normalize(
        row, count: count, scale: scale, offset: offset, epsilon: 1e-5, into: &found)
      let mean = row.reduce(0.0) { $0 + Double($1) } / Double(count)
      let variance =
        row.reduce(0.0) { $0 + (Double($1) - mean) * (Double($1) - mean) } / Double(count)
      for index in 0..<count {
        let wanted =
          (Double(row[index]) - mean) / (variance + 1e-5).squareRoot() * Double(scale[index])
          + Double(offset[index])
        try require(abs(wanted - Double(found[index])) < 2e-5, "column \(index) of \(count)")
      }
    }
  }

  @Test func softmaxSumsToOneAndKeepsRatios() {
    forEachSeed(20) { random in
      let count = 1 + Int(random.next() % 70)
      let scores = normals(count, &random).map { 20 * $0 }
      var found = scores + [Float](repeating: 7, count: 16)
      RowKernels.softmax(&found, count: count)
      let top = Double(scores.max()!)
      let powers = scores.map { Elementary.exp(Double($0) - top) }
      let total = powers.reduce(0, +)
      for index in 0..<count {
        try require(abs(Double(found[index]) - powers[index] / total) < 1e-6, "score \(index)")
      }
      try require(
        found[count..<(count + 15) / 16 * 16].allSatisfy { $0 == 0 }, "the padding is not 0")
    }
  }

  @Test func poolingFollowsItsDefinition() {
    let rows: [Float] = [1, -2, 3, 4, 5, 6]
    func pooled(_ pooling: Pooling, _ isNormalized: Bool = false) -> [Float] {
      var target = [Float](repeating: 0, count: 2)
      pooling.pool(rows, count: 3, width: 2, isNormalized: isNormalized, into: &target)
      return target
    }
    #expect(pooled(.mean) == [3, 8.0 / 3])
    #expect(pooled(.cls) == [1, -2])
    #expect(pooled(.max) == [5, 6])
    let overRoot = pooled(.meanOverRoot)
    #expect(abs(overRoot[0] - 9 / Float(3).squareRoot()) < 1e-6)
    #expect(abs(overRoot[1] - 8 / Float(3).squareRoot()) < 1e-6)
    let unit = pooled(.max, true)
    #expect(abs(unit[0] * unit[0] + unit[1] * unit[1] - 1) < 1e-6)
  }
}
