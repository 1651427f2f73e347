import AmbitMatrix
import AmbitMeasures
import AmbitTestSupport
import Testing

@Suite struct PermutationTests {
  private let workers = Workers(threadCount: 2)

  @Test func signFlipsOfFewPromptsAreEnumerated() throws {
    forEachSeed(20) { random in
      let effects = (0..<8).map { _ in random.normal() + 0.4 }
      let observed = abs(effects.reduce(0, +))
      var extreme = 0
      for pattern in 0..<256 {
        var sum = 0.0
        for index in 0..<8 { sum += pattern >> index & 1 == 1 ? -effects[index] : effects[index] }
        extreme += abs(sum) >= observed - 1e-9 ? 1 : 0
      }
      let p = SignFlipTest.pValue(effects, permutations: 9999, seed: 1, workers: workers)
      try require(p == Double(extreme) / 256, "p is \(String(describing: p)), not \(extreme)/256")
    }
    let same = [1.0, 1, 1, 1, 1, 1]
    #expect(SignFlipTest.pValue(same, permutations: 9999, seed: 1, workers: workers) == 2.0 / 64)
    #expect(
      SignFlipTest.pValue([1, 1, 1, 1, 1], permutations: 99, seed: 1, workers: workers) == nil)
  }

  @Test func drawnSignFlipsComeCloseToTheNormalLaw() throws {
    let effects = (0..<100).map { Double($0 % 7) - 2.4 }
    let p = try #require(
      SignFlipTest.pValue(effects, permutations: 9999, seed: 4, workers: workers))
    let sum = effects.reduce(0, +)
    let spread = effects.reduce(0) { $0 + $1 * $1 }.squareRoot()
    let normal = 2 * (1 - NormalDistribution.cumulative(abs(sum) / spread))
    #expect(abs(p - normal) < 0.02, "\(p) against \(normal)")
    let alone = SignFlipTest.pValue(
      effects, permutations: 9999, seed: 4, workers: Workers(threadCount: 1))
    #expect(alone == p)
  }

  @Test func pValuesCountTheObservedOne() {
    let replicates = [0.0, 1, -2, 3]
    func p(_ tail: PermutationTest.Tail, _ exhaustive: Bool) -> Double? {
      PermutationTest.pValue(
        observed: 1, replicates: replicates, tail: tail, isExhaustive: exhaustive)
    }
    #expect(p(.twoSided, false) == 4.0 / 5)
    #expect(p(.twoSided, true) == 3.0 / 4)
    #expect(p(.low, true) == 3.0 / 4)
    #expect(p(.high, true) == 2.0 / 4)
    #expect(
      PermutationTest.pValue(
        observed: .nan, replicates: replicates, tail: .low, isExhaustive: true) == nil)
  }

  @Test func relabellingsAreWhatTheySay() {
    let few = LabelSwaps(first: 4, second: 4, isPaired: true, permutations: 99, seed: 1)
    #expect(few.count == 16 && few.isExhaustive)
    var flags = [UInt8](repeating: 9, count: few.flagCount)
    var seen = Set<[UInt8]>()
    for replicate in 0..<few.count {
      few.write(replicate, to: &flags)
      seen.insert(flags)
    }
    #expect(seen.count == 16 && seen.contains([0, 0, 0, 0]))
    let unpaired = LabelSwaps(first: 5, second: 9, isPaired: false, permutations: 99, seed: 1)
    flags = [UInt8](repeating: 9, count: unpaired.flagCount)
    for replicate in 0..<20 {
      unpaired.write(replicate, to: &flags)
      #expect(flags.count(where: { $0 == 1 }) == 9 && flags.count(where: { $0 == 0 }) == 5)
    }
    let many = LabelSwaps(first: 100, second: 100, isPaired: true, permutations: 999, seed: 8)
    flags = [UInt8](repeating: 9, count: 100)
    var exchanged = 0
    for replicate in 0..<999 {
      many.write(replicate, to: &flags)
      exchanged += flags.count(where: { $0 == 1 })
    }
    #expect(abs(Double(exchanged) / 99_900 - 0.5) < 4 * 0.5 / 99_900.0.squareRoot())
  }

  @Test func halvesAreHalves() {
    let offsets = [0, 4, 9, 15]
    var groups = [UInt8](repeating: 7, count: 15)
    let within = SplitHalves(offsets: offsets, samplesNeeded: 2, count: 30, seed: 2)
    #expect(within.isWithinUnits)
    for replicate in 0..<30 {
      within.write(replicate, to: &groups)
      for unit in 0..<3 {
        let rows = groups[offsets[unit]..<offsets[unit + 1]]
        #expect(rows.count(where: { $0 == 0 }) == rows.count / 2)
        #expect(rows.count(where: { $0 == 1 }) == rows.count / 2)
      }
    }
    let byUnit = SplitHalves(offsets: offsets, samplesNeeded: 3, count: 30, seed: 2)
    #expect(!byUnit.isWithinUnits)
    byUnit.write(0, to: &groups)
    for unit in 0..<3 { #expect(Set(groups[offsets[unit]..<offsets[unit + 1]]).count == 1) }
    #expect(Set(groups) == [0, 1, 2], "of three units one is left out")
  }

  @Test func bootstrapCountsAddUp() {
    var counts = [Float](repeating: 0, count: 50)
    var again = counts
    Bootstrap.writeCounts(.bootstrap, seed: 3, replicate: 17, to: &counts)
    Bootstrap.writeCounts(.bootstrap, seed: 3, replicate: 17, to: &again)
    #expect(counts.reduce(0, +) == 50)
    #expect(counts == again, "a replicate can be computed again alone")
    Bootstrap.writeCounts(.bootstrap, seed: 3, replicate: 18, to: &again)
    #expect(counts != again)
  }

  @Test func adjustmentsMatchHandComputation() {
    let p = [0.01, 0.04, 0.03, 0.005]
    #expect(
      zip(MultipleTesting.holm(p), [0.03, 0.06, 0.06, 0.02]).allSatisfy { abs($0 - $1) < 1e-12 })
    #expect(
      zip(MultipleTesting.benjaminiHochberg(p), [0.02, 0.04, 0.04, 0.02]).allSatisfy {
        abs($0 - $1) < 1e-12
      })
    #expect(MultipleTesting.holm([0.9, 0.8]) == [1, 1])
    #expect(MultipleTesting.holm([]).isEmpty && MultipleTesting.benjaminiHochberg([]).isEmpty)
  }
}
