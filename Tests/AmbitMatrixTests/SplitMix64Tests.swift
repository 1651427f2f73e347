import AmbitMatrix
import Testing

@Suite struct SplitMix64Tests {
  @Test func firstUniformsOfSeed42() {
    var random = SplitMix64(seed: 42)
    #expect(random.uniform() == 0.7415648787718233)
    #expect(random.uniform() == 0.1599103928769201)
    #expect(random.uniform() == 0.27860113025513866)
  }

  @Test func streamsOfOneSeedAreUnrelated() {
    var first = SplitMix64(seed: 7, stream: 0)
    var second = SplitMix64(seed: 7, stream: 1)
    let pairs = (0..<20_000).map { _ in (first.uniform() - 0.5, second.uniform() - 0.5) }
    let correlation = pairs.reduce(0) { $0 + $1.0 * $1.1 } / (20_000 / 12)
    #expect(abs(correlation) < 4 / 20_000.0.squareRoot())
  }

  @Test func indicesAreUniform() {
    var random = SplitMix64(seed: 3)
    var counts = [Int](repeating: 0, count: 7)
    for _ in 0..<70_000 { counts[random.index(below: 7)] += 1 }
    let chiSquared = counts.reduce(0.0) { $0 + (Double($1) - 10_000) * (Double($1) - 10_000) / 1e4 }
    #expect(chiSquared < 22.5)  // the 99.9 % quantile at 6 degrees of freedom
  }

  @Test func normalsHaveTheMomentsOfANormal() {
    var random = SplitMix64(seed: 5)
    let draws = (0..<100_000).map { _ in random.normal() }
    let mean = draws.reduce(0, +) / 1e5
    let variance = draws.reduce(0) { $0 + $1 * $1 } / 1e5
    let fourth = draws.reduce(0) { $0 + $1 * $1 * $1 * $1 } / 1e5
    #expect(abs(mean) < 4 / 1e5.squareRoot())
    #expect(abs(variance - 1) < 4 * (2 / 1e5).squareRoot())
    #expect(abs(fourth - 3) < 4 * (96 / 1e5).squareRoot())
  }

  @Test func shuffleKeepsEveryElement() {
    var random = SplitMix64(seed: 9)
    var order = Array(0..<1000)
    random.shuffle(&order)
    #expect(order != Array(0..<1000))
    #expect(order.sorted() == Array(0..<1000))
  }
}
