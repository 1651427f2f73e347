import AmbitMatrix
import AmbitMeasures
import AmbitTestSupport
import Testing

/// Properties that every source of replicates must have.
@Suite struct ResamplingTests {
  @Test func aBootstrapMeanIsTheMeanWeightedByItsCounts() {
    forEachSeed(20) { random in
      let values = (0..<1 + random.index(below: 40)).map { _ in random.normal() }
      let seed = random.next()
      let means = Bootstrap.means(
        of: values, replicates: 12, seed: seed, workers: Workers(threadCount: 2))
      for (replicate, mean) in means.enumerated() {
        var counts = [Float](repeating: 0, count: values.count)
        Bootstrap.writeCounts(.bootstrap, seed: seed, replicate: replicate, to: &counts)
        let weighted = zip(values, counts).reduce(0) { $0 + $1.0 * Double($1.1) }
        try require(
          abs(mean - weighted / Double(values.count)) < 1e-12, "replicate \(replicate): \(mean)")
      }
    }
    #expect(Bootstrap.means(of: [], replicates: 5, seed: 1, workers: Workers(threadCount: 1)) == [])
  }

  @Test func bootstrapMeansSpreadLikeTheMean() {
    let values = (0..<50).map { Double($0 * $0 % 17) }
    let means = Bootstrap.means(
      of: values, replicates: 4000, seed: 2, workers: Workers(threadCount: 2))
    let spread = SampleMoments(means)
    let data = SampleMoments(values)
    let expected = data.squares / 2500
    // A variance of 4,000 replicates is known to √(2/4000) = 2.2 %.
    #expect(agree(spread.variance, expected, relative: 0.1))
    #expect(abs(spread.mean - data.mean) < 4 * (expected / 4000).squareRoot())
  }

  @Test func halvesLeftOutAreHalvesAndReproducible() {
    forEachSeed(20) { random in
      let units = 2 + random.index(below: 60)
      let seed = random.next()
      var first: [Bool] = []
      var again: [Bool] = [true]
      Jackknife.writeHalf(7, units: units, seed: seed, to: &first)
      Jackknife.writeHalf(7, units: units, seed: seed, to: &again)
      try require(first == again, "a replicate depends on what was there before")
      try require(first.count == units, "one mark a unit")
      try require(first.count(where: { $0 }) == units / 2, "half of \(units), rounded down")
    }
  }

  /// For a mean the delete-half variance over all halves is `s²/m` exactly.
  @Test func theDeleteHalfVarianceOfAMeanIsItsVariance() throws {
    var random = SplitMix64(seed: 12)
    let values = (0..<30).map { _ in random.normal() }
    let halves = (0..<4000).map { replicate in
      var isDropped: [Bool] = []
      Jackknife.writeHalf(replicate, units: 30, seed: 5, to: &isDropped)
      return zip(values, isDropped).reduce(0) { $0 + ($1.1 ? 0 : $1.0) } / 15
    }
    let variance = try #require(Jackknife.variance(ofHalves: halves, units: 30, dropped: 15))
    #expect(agree(variance, SampleMoments(values).varianceOfMean, relative: 0.1))
  }

  @Test func jackknivesRefuseWhatTheyCannotKnow() {
    let fine = [Double](repeating: 1, count: 40)
    #expect(Jackknife.variance(ofHalves: fine, units: 10, dropped: 5) == 0)
    #expect(Jackknife.variance(ofHalves: Array(fine[..<19]), units: 10, dropped: 5) == nil)
    #expect(Jackknife.variance(ofHalves: fine + [.nan], units: 10, dropped: 5) == nil)
    #expect(Jackknife.variance(ofHalves: fine + [-.infinity], units: 10, dropped: 5) == nil)
    #expect(Jackknife.variance(ofHalves: fine, units: 10, dropped: 0) == nil)
    #expect(Jackknife.variance(ofHalves: fine, units: 10, dropped: 10) == nil)
    #expect(Jackknife.variance([1]) == nil && Jackknife.variance([]) == nil)
  }

  @Test func jackknifeVariancesFollowScaleAndIgnoreShift() throws {
    forEachSeed(30) { random in
      let values = (0..<25).map { _ in random.normal() }
      let scale = 0.1 + 5 * random.uniform()
      let shift = 10 * random.normal()
      let plain = Jackknife.variance(values) ?? .nan
      let moved = Jackknife.variance(values.map { scale * $0 + shift }) ?? .nan
      try require(agree(moved, scale * scale * plain, relative: 1e-9), "\(moved) for \(plain)")
      let reversed = Jackknife.variance(values.reversed()) ?? .nan
      try require(agree(reversed, plain, relative: 1e-12), "the order of units matters")
    }
  }

  @Test func momentsAreTheTextbooks() {
    let moments = SampleMoments([2, 4, 4, 4, 5, 5, 7, 9])
    #expect(moments.mean == 5 && moments.squares == 32 && moments.count == 8)
    #expect(moments.variance == 32.0 / 7 && moments.varianceOfMean == 4.0 / 7)
    #expect(SampleMoments([3]).squares == 0 && SampleMoments([3]).variance.isNaN)
    #expect(SampleMoments([]).mean.isNaN)
    // Two passes: a far mean costs no digits.
    #expect(SampleMoments([1e9 + 1, 1e9 + 2, 1e9 + 3]).variance == 1)
  }

  @Test func everyRowIsAsOftenInEitherHalf() {
    let offsets = [0, 5, 9, 16]
    let splits = SplitHalves(offsets: offsets, samplesNeeded: 2, count: 2000, seed: 4)
    #expect(splits.isWithinUnits)
    var tally = [[Int]](repeating: [0, 0, 0], count: 16)
    var groups = [UInt8](repeating: 9, count: 16)
    for replicate in 0..<2000 {
      splits.write(replicate, to: &groups)
      for row in 0..<16 { tally[row][Int(groups[row])] += 1 }
    }
    for unit in 0..<3 {
      let size = offsets[unit + 1] - offsets[unit]
      let share = Double(size / 2) / Double(size)
      let reach = 5 * (2000 * share * (1 - share)).squareRoot()
      for row in offsets[unit]..<offsets[unit + 1] {
        #expect(abs(Double(tally[row][0]) - 2000 * share) < reach, "row \(row): \(tally[row])")
        #expect(abs(Double(tally[row][1]) - 2000 * share) < reach, "row \(row): \(tally[row])")
        #expect((tally[row][2] == 0) == (size % 2 == 0), "only of an odd unit one is left out")
      }
    }
  }

  @Test func splitsAreFunctionsOfSeedAndNumber() {
    forEachSeed(20) { random in
      let units = 1 + random.index(below: 12)
      let offsets = (0..<units).reduce(into: [0]) { list, _ in
        list.append(list[list.count - 1] + 1 + random.index(below: 9))
      }
      let seed = random.next()
      let needed = 1 + random.index(below: 3)
      let splits = SplitHalves(offsets: offsets, samplesNeeded: needed, count: 50, seed: seed)
      let fewest = zip(offsets, offsets.dropFirst()).map { $1 - $0 }.min() ?? 0
      try require(
        splits.isWithinUnits == (fewest >= 2 * needed), "split within of \(offsets)")
      let rows = offsets[units]
      var one = [UInt8](repeating: 0, count: rows)
      var other = [UInt8](repeating: 2, count: rows)
      splits.write(31, to: &one)
      splits.write(31, to: &other)
      try require(one == other, "a split depends on what was there before")
      try require(one.allSatisfy { $0 < 3 }, "a group that is none")
      for unit in 0..<units {
        let groups = one[offsets[unit]..<offsets[unit + 1]]
        let zeros = groups.count(where: { $0 == 0 })
        let ones = groups.count(where: { $0 == 1 })
        if splits.isWithinUnits {
          try require(zeros == ones && zeros == groups.count / 2, "unequal halves: \(groups)")
        } else {
          try require(Set(groups).count == 1, "a unit was torn: \(groups)")
        }
      }
    }
  }
}
