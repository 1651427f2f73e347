import AmbitMatrix
import AmbitRendering
import AmbitTestSupport
import Testing

@Suite struct DataLimitsTests {
  @Test func ordinaryCloudsAreShownWhole() {
    forEachSeed(60) { random in
      let groups = (0..<3).map { index in
        Clouds.normal(
          200, centre: SIMD2(Double(index), 0), spread: 0.3 + random.uniform(), random: &random)
      }
      let limits = DataLimits.robust(for: groups)
      let outside = groups.joined().count { !limits.contains($0) }
      try require(outside == 0, "\(outside) points outside")
    }
  }

  @Test func oneFarPointDoesNotSquashTheRest() {
    forEachSeed(60) { random in
      var cloud = Clouds.normal(300, random: &random)
      let whole = DataLimits.robust(for: [cloud])
      let angle = 2 * Double.pi * random.uniform()
      cloud.append(1000 * SIMD2(Elementary.cos(angle), Elementary.sin(angle)))
      let limits = DataLimits.robust(for: [cloud])
      try require(limits.width < 2 * whole.width, "\(limits.width) for \(whole.width)")
      try require(limits.height < 2 * whole.height, "\(limits.height) for \(whole.height)")
      let outside = cloud.count { !limits.contains($0) }
      try require(outside == 1, "\(outside) points outside")
    }
  }

  @Test func atMostOnePercentIsLeftOutOnEachAxisAndNoGroupAsAWhole() {
    forEachSeed(100) { random in
      let groups = (0..<(1 + Int(random.uniform() * 6))).map { _ in
        let far = random.uniform() < 0.3 ? 50.0 : 1
        return Clouds.normal(
          1 + Int(random.uniform() * 300),
          centre: far * SIMD2(random.uniform(), random.uniform()),
          spread: Elementary.exp(3 * random.uniform() - 2), random: &random)
      }
      let limits = DataLimits.robust(for: groups)
      let total = groups.joined().count
      let outsideX = groups.joined().count { !limits.x.contains($0.x) }
      try require(
        Double(outsideX) <= max(2, 2 * DataLimits.outsideShare * Double(total)),
        "\(outsideX) of \(total)")
      for group in groups {
        let inside = group.count { limits.x.contains($0.x) }
        try require(
          Double(inside) >= 0.9 * Double(group.count) - 2, "a group of \(group.count) is left out")
      }
    }
  }

  @Test func degenerateCloudsGetRoom() {
    let point = DataLimits.robust(for: [[SIMD2(3, 4)], [SIMD2(3, 4)]])
    #expect(point.width >= 1 && point.height >= 1)
    #expect(point.contains(SIMD2(3, 4)))
    let line = DataLimits.robust(for: [(0..<10).map { SIMD2(Double($0), 2) }])
    #expect(line.width == 9)
    #expect(agree(line.height, 9, relative: 1e-12))
    #expect(line.y.contains(2))
    let large = DataLimits.robust(for: [[SIMD2(1e12, -1e12)]])
    #expect(large.width > 1e9)
    let nothing = DataLimits.robust(for: [[], []])
    #expect(nothing.width > 0 && nothing.height > 0)
  }

  @Test func wideningReachesTheAspectAndLosesNothing() {
    forEachSeed(100) { random in
      let limits = DataLimits(
        x: -random.uniform()...(0.1 + random.uniform()),
        y: -random.uniform()...(0.1 + random.uniform()))
      let aspect = 0.3 + random.uniform()
      let wide = limits.widened(toAspect: aspect)
      try require(agree(wide.height / wide.width, aspect, relative: 1e-9), "\(wide)")
      let slack = 1e-12
      try require(
        wide.x.lowerBound <= limits.x.lowerBound + slack
          && wide.x.upperBound >= limits.x.upperBound - slack
          && wide.y.lowerBound <= limits.y.lowerBound + slack
          && wide.y.upperBound >= limits.y.upperBound - slack, "lost a part")
    }
  }

  @Test func panelsMapCornersToCorners() {
    let panel = Panel(
      frame: Rectangle(x: 10, y: 20, width: 100, height: 50),
      limits: DataLimits(x: -1...1, y: 0...1))
    #expect(panel.page(SIMD2(-1, 0)) == SIMD2(10, 70))
    #expect(panel.page(SIMD2(1, 1)) == SIMD2(110, 20))
    #expect(panel.page([SIMD2(0, 0.5)]) == [SIMD2(60, 45)])
    #expect(panel.scale == SIMD2(50, 50))
    #expect(panel.outline([SIMD2(0, 0)]).elements.isEmpty)
    #expect(panel.outline([SIMD2(0, 0), SIMD2(1, 1)]).elements.count == 2)
    #expect(panel.outline([SIMD2(0, 0), SIMD2(1, 1), SIMD2(1, 0)]).elements.last == .close)
  }
}
