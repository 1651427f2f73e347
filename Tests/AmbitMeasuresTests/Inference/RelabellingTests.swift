import AmbitMatrix
import AmbitMeasures
import AmbitTestSupport
import Testing

/// Properties of relabellings, of the p values that they give, and of their adjustment.
@Suite struct RelabellingTests {
  @Test func allRelabellingsAreEnumeratedOnlyWhereTheyFit() {
    for units in 0...8 {
      let swaps = LabelSwaps(
        first: units, second: units, isPaired: true, permutations: 128, seed: 3)
      #expect(swaps.isExhaustive == (units <= 7))
      #expect(swaps.count == (units <= 7 ? 1 << units : 128))
      guard swaps.isExhaustive else { continue }
      var seen = Set<[UInt8]>()
      var flags = [UInt8](repeating: 5, count: swaps.flagCount)
      for replicate in 0..<swaps.count {
        swaps.write(replicate, to: &flags)
        if replicate == 0 { #expect(flags.allSatisfy { $0 == 0 }, "the first is the identity") }
        seen.insert(flags)
      }
      #expect(seen.count == 1 << units, "every way once")
    }
    let many = LabelSwaps(first: 200, second: 200, isPaired: true, permutations: 9999, seed: 3)
    #expect(!many.isExhaustive && many.count == 9999 && many.flagCount == 200)
    let unpaired = LabelSwaps(first: 2, second: 2, isPaired: false, permutations: 99, seed: 3)
    #expect(!unpaired.isExhaustive && unpaired.count == 99 && unpaired.flagCount == 4)
  }

  @Test func relabellingsAreFunctionsOfSeedAndNumber() {
    forEachSeed(30) { random in
      let first = 1 + random.index(below: 90)
      let isPaired = random.index(below: 2) == 0
      let second = isPaired ? first : 1 + random.index(below: 90)
      let seed = random.next()
      let swaps = LabelSwaps(
        first: first, second: second, isPaired: isPaired, permutations: 99, seed: seed)
      var one = [UInt8](repeating: 0, count: swaps.flagCount)
      var other = [UInt8](repeating: 1, count: swaps.flagCount)
      let replicate = random.index(below: swaps.count)
      swaps.write(replicate, to: &one)
      swaps.write(replicate, to: &other)
      try require(one == other, "a relabelling depends on what was there before")
      try require(one.allSatisfy { $0 < 2 }, "a flag is 0 or 1")
      if !isPaired {
        try require(one.count(where: { $0 == 1 }) == second, "group sizes change")
      }
    }
  }

  @Test func everyUnitIsAsLikelyInTheSecondGroup() {
    let swaps = LabelSwaps(first: 6, second: 4, isPaired: false, permutations: 4000, seed: 21)
    var tally = [Double](repeating: 0, count: 10)
    var flags = [UInt8](repeating: 0, count: 10)
    for replicate in 0..<4000 {
      swaps.write(replicate, to: &flags)
      for unit in 0..<10 { tally[unit] += Double(flags[unit]) }
    }
    let reach = 5 * (4000 * 0.4 * 0.6).squareRoot()
    for unit in 0..<10 { #expect(abs(tally[unit] - 1600) < reach, "unit \(unit): \(tally[unit])") }
  }

  @Test func pValuesStayInTheirRangeAndOrder() {
    forEachSeed(30) { random in
      let replicates = (0..<99).map { _ in random.normal() }
      var last = 2.0
      for observed in stride(from: 0.0, through: 4, by: 0.25) {
        let p =
          PermutationTest.pValue(
            observed: observed, replicates: replicates, tail: .twoSided, isExhaustive: false)
          ?? .nan
        try require(p >= 1.0 / 100 && p <= 1, "p is \(p)")
        try require(p <= last, "further out is no less extreme")
        last = p
        let mirrored = PermutationTest.pValue(
          observed: -observed, replicates: replicates.map { -$0 }, tail: .twoSided,
          isExhaustive: false)
        try require(mirrored == p, "two sides differ")
      }
      let observed = replicates[random.index(below: 99)]
      func p(_ tail: PermutationTest.Tail) -> Double {
        PermutationTest.pValue(
          observed: observed, replicates: replicates, tail: tail, isExhaustive: true) ?? .nan
      }
      // The observed one is in both tails, every other in one.
      try require(abs(p(.low) + p(.high) - 100.0 / 99) < 1e-12, "\(p(.low)) + \(p(.high))")
    }
  }

  @Test func whatIsUndefinedSpeaksAgainstADifference() {
    for tail in [PermutationTest.Tail.twoSided, .low, .high] {
      #expect(
        PermutationTest.pValue(
          observed: 1, replicates: [.nan, .nan, .nan], tail: tail, isExhaustive: false) == 1)
      #expect(
        PermutationTest.pValue(observed: 1, replicates: [], tail: tail, isExhaustive: false) == nil)
    }
    // Rounding makes equal sums differ; they count as equal.
    #expect(
      PermutationTest.pValue(
        observed: 0.3, replicates: [0.1 + 0.2, 0.3 - 1e-9], tail: .high, isExhaustive: true) == 1)
  }

  @Test func adjustmentsNeverHelpAndKeepTheOrder() {
    forEachSeed(40) { random in
      let p = (0..<1 + random.index(below: 20)).map { _ in random.uniform() * random.uniform() }
      let holm = MultipleTesting.holm(p)
      let shares = MultipleTesting.benjaminiHochberg(p)
      for index in p.indices {
        try require(p[index] <= shares[index] && shares[index] <= 1, "below its own p")
        try require(shares[index] <= holm[index] + 1e-15 && holm[index] <= 1, "Holm is stricter")
        for other in p.indices where p[other] < p[index] {
          try require(
            holm[other] <= holm[index] && shares[other] <= shares[index], "the order changed")
        }
      }
      let smallest = p.indices.min { p[$0] < p[$1] } ?? 0
      try require(
        agree(holm[smallest], min(1, Double(p.count) * p[smallest]), relative: 1e-12),
        "Holm's first step is Bonferroni's")
    }
  }

  @Test func quantilesAreMonotoneAndReachBothEnds() {
    forEachSeed(30) { random in
      let sorted = (0..<1 + random.index(below: 30)).map { _ in random.normal() }.sorted()
      try require(Quantile.ofSorted(sorted, 0) == sorted.first, "the lower end")
      try require(Quantile.ofSorted(sorted, 1) == sorted.last, "the upper end")
      let values = (0...50).map { Quantile.ofSorted(sorted, Double($0) / 50) }
      try require(
        zip(values, values.dropFirst()).allSatisfy { $0 <= $1 + 1e-12 }, "quantiles fall")
    }
  }
}
