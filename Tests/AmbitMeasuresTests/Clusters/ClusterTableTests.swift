import AmbitMatrix
import AmbitMeasures
import AmbitTestSupport
import Testing

/// Which clusters are lost and gained: against every p value and the plain adjustment.
@Suite struct ClusterTableTests {
  @Test("changes are Fisher's and Benjamini and Hochberg's, written out")
  func naive() {
    forEachSeed(150) { random in
      let clusters = 1 + random.index(below: 25)
      let most = 1 + random.index(below: 30)
      func draw() -> [Int] {
        (0..<clusters).map { _ in random.uniform() < 0.35 ? 0 : random.index(below: most) }
      }
      let (base, tuned) = (draw(), draw())
      let (n, m) = (base.reduce(0, +), tuned.reduce(0, +))
      guard n > 0, m > 0 else { return }
      let table = ClusterTable(base: base, tuned: tuned)
      let tested = (0..<clusters).filter { base[$0] * m >= 3 * n || tuned[$0] * n >= 3 * m }
      let p = tested.map {
        FisherExactTest.pValue(inFirst: base[$0], of: n, inSecond: tuned[$0], of: m)
      }
      let adjusted = MultipleTesting.benjaminiHochberg(p)
      let least = 3 / Double(min(n, m)) - 1e-12
      func supports(_ count: Int, _ total: Int) -> Bool { Double(count) / Double(total) >= least }
      var expected: [Int: Double] = [:]
      for (place, cluster) in tested.enumerated() where adjusted[place] <= 0.05 {
        if supports(base[cluster], n) != supports(tuned[cluster], m) {
          expected[cluster] = adjusted[place]
        }
      }
      try require(Set(table.changes.map(\.cluster)) == Set(expected.keys), "\(base) \(tuned)")
      for change in table.changes {
        try require(
          agree(change.adjustedP, expected[change.cluster]!, relative: 1e-12), "adjusted p")
        try require(change.isLost == supports(base[change.cluster], n), "lost or gained")
      }
      let both = (0..<clusters).count { supports(base[$0], n) && supports(tuned[$0], m) }
      try require(table.supports.both == both, "both")
      try require(table.supports.base == (0..<clusters).count { supports(base[$0], n) }, "base")
    }
  }

  @Test("a cluster of three is in a support, one of two is not; a loss needs more than that")
  func thresholds() {
    let table = ClusterTable(base: [20, 3, 2, 25], tuned: [0, 0, 3, 47])
    #expect(table.supports.base == 3 && table.supports.tuned == 2 && table.supports.both == 1)
    #expect(table.changes.map(\.cluster) == [0] && table.changes[0].isLost)
    let back = ClusterTable(base: [0, 0, 3, 47], tuned: [20, 3, 2, 25])
    #expect(back.changes.map(\.cluster) == [0] && !back.changes[0].isLost)
    #expect(ClusterTable(base: [4, 9], tuned: [4, 9]).changes.isEmpty)
    #expect(ClusterTable(base: [0, 0], tuned: [4, 9]).changes.isEmpty)
  }

  @Test("retention and discovery are shares of the two supports")
  func dynamics() {
    let table = ClusterTable(base: [10, 10, 10, 10, 0, 1], tuned: [20, 10, 5, 0, 6, 0])
    // B has four clusters, T four, three in both.
    for (part, value) in [
      (SupportDynamics.Part.retention, 0.75), (.discovery, 0.25), (.score, 0.375),
    ] { #expect(SupportDynamics(part).value(of: table) == value) }
    let same = ClusterTable(base: [5, 5], tuned: [5, 5])
    #expect(SupportDynamics(.retention).value(of: same) == 1)
    #expect(SupportDynamics(.score).value(of: same) == 0)
    #expect(SupportDynamics(.score).value(of: ClusterTable(base: [1], tuned: [1])).isNaN)
  }
}
