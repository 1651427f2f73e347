import AmbitEmbedding
import AmbitMatrix
import Testing

@Suite struct VectorMathTests {
  /// The largest error of `function` over a fine grid, as `measure` takes it.
  private func largestError(
    from low: Float, to high: Float, _ function: (VectorMath.Lanes) -> VectorMath.Lanes,
    _ measure: (_ x: Double, _ found: Double) -> Double
  ) -> Double {
    var worst = 0.0
    let count = 200_000
    for start in stride(from: 0, to: count, by: 16) {
      var x = VectorMath.Lanes(repeating: 0)
      for lane in 0..<16 { x[lane] = low + (high - low) * Float(start + lane) / Float(count) }
      let found = function(x)
      for lane in 0..<16 { worst = max(worst, measure(Double(x[lane]), Double(found[lane]))) }
    }
    return worst
  }

  @Test func exponentialIsWithinTwoUnitsOfTheLastPlace() {
    let error = largestError(from: -87, to: 88, VectorMath.exp) { x, found in
      abs(found / Elementary.exp(x) - 1)
    }
    #expect(error < 2.5e-7)
    #expect(VectorMath.exp(.init(repeating: -.infinity)) == .init(repeating: 0))
    #expect(VectorMath.exp(.init(repeating: -200)) == .init(repeating: 0))
    #expect(VectorMath.exp(.init(repeating: 0)) == .init(repeating: 1))
  }

  @Test func errorFunctionIsWithinAMillionth() {
    let error = largestError(from: -6, to: 6, VectorMath.erf) { x, found in
      abs(found - (1 - Elementary.erfc(x)))
    }
    #expect(error < 1e-6)
  }

  @Test func hyperbolicTangentIsWithinAMillionth() {
    let error = largestError(from: -20, to: 20, VectorMath.tanh) { x, found in
      let power = Elementary.exp(2 * x)
      return abs(found - (power - 1) / (power + 1))
    }
    #expect(error < 1e-6)
  }

  @Test func sumAndLargestTakeEveryLane() {
    for lane in 0..<16 {
      var x = VectorMath.Lanes(repeating: 1)
      x[lane] = 9
      #expect(VectorMath.sum(x) == 24 && VectorMath.largest(x) == 9)
      x[lane] = -9
      #expect(VectorMath.sum(x) == 6 && VectorMath.largest(x) == 1)
    }
    #expect(VectorMath.largest(.init(repeating: -.infinity)) == -.infinity)
  }
}
