import AmbitMatrix
import AmbitRendering
import AmbitTestSupport
import Testing

@Suite struct ChartAxisTests {
  @Test func valuesStandInsideTheLimits() {
    forEachSeed(200) { random in
      let scale = Elementary.pow(10, 12 * random.uniform() - 6)
      let values = (0..<(1 + Int(random.uniform() * 6))).map { _ in
        scale * (random.uniform() - 0.5)
      }
      let axis = ChartAxis.linear(holding: values)
      let logarithmic = ChartAxis.logarithmic(holding: values)
      for value in values {
        for axis in [axis, logarithmic] {
          let share = axis.fraction(value)
          try require(share > 0 && share < 1, "\(value) at \(share) of \(axis.limits)")
        }
      }
    }
  }

  @Test func logarithmsAreEvenlySpacedAndZeroHasAPlaceOfItsOwn() {
    let axis = ChartAxis.logarithmic(holding: [0, 10, 100, 1000])
    let (zero, ten) = (axis.fraction(0), axis.fraction(10))
    #expect(zero > 0 && zero < ten)
    #expect(
      agree(axis.fraction(100) - ten, axis.fraction(1000) - axis.fraction(100), relative: 1e-9))
    #expect(axis.zeroPlace != nil)
    #expect(ChartAxis.logarithmic(holding: [10, 100]).zeroPlace == nil)
    // Nothing positive: there is no logarithm to take.
    #expect(ChartAxis.logarithmic(holding: [0, -1]).scale == .linear)
  }

  @Test func categoriesStandInTheMiddleOfTheirSlots() {
    let axis = ChartAxis.categories(["a", "b", "c", "d"])
    let shares = (0..<4).map { axis.fraction(Double($0)) }
    #expect(shares == [0.125, 0.375, 0.625, 0.875])
  }

  @Test func boundsHoldButNeverHideAValue() {
    let share = ChartAxis.linear(holding: [0.2, 0.99], within: 0...1)
    #expect(share.limits.upperBound <= 1 && share.limits.lowerBound > 0.1)
    let beyond = ChartAxis.linear(holding: [0.2, 1.3], within: 0...1)
    #expect(beyond.limits.upperBound == 1.3)
  }

  @Test(arguments: [[], [5.0], [0], [3, 3, 3], [.nan, .infinity]])
  func degenerateValuesGiveAnAxis(values: [Double]) {
    for axis in [ChartAxis.linear(holding: values), .logarithmic(holding: values)] {
      #expect(axis.limits.upperBound > axis.limits.lowerBound)
      #expect(axis.limits.upperBound.isFinite && axis.limits.lowerBound.isFinite)
    }
  }
}

@Suite struct ChartTicksTests {
  private let measure = TextMeasure()
  private let font = Font(size: 7)

  private func across(_ axis: ChartAxis, length: Double) -> ChartTicks {
    ChartTicks(across: axis, length: length, margin: 4, font: font, measure: measure)
  }

  @Test func labelsKeepApartAndStayInside() {
    forEachSeed(200) { random in
      let length = 40 + 300 * random.uniform()
      let values = (0..<4).map { _ in Elementary.pow(10, 9 * random.uniform() - 4) }
      let hasZero = random.uniform() < 0.4
      let axis =
        random.uniform() < 0.5
        ? ChartAxis.linear(holding: values)
        : ChartAxis.logarithmic(holding: values + (hasZero ? [0] : []))
      let ticks = across(axis, length: length)
      let scale = length / (axis.limits.upperBound - axis.limits.lowerBound)
      let spans = ticks.labelled.map { tick in
        let half = measure.extent(of: tick.label, font: font).width / 2
        let middle = (tick.place - axis.limits.lowerBound) * scale
        return (left: middle - half, right: middle + half)
      }
      try require(!spans.isEmpty, "no label on \(axis) of \(length)")
      for span in spans {
        try require(span.left >= -4.001 && span.right <= length + 4.001, "\(span) of \(length)")
      }
      for (first, second) in zip(spans, spans.dropFirst()) {
        try require(second.left - first.right > 2, "labels touch at \(first.right)")
      }
    }
  }

  @Test func decadesAndTheirPowers() {
    let plain = across(.logarithmic(holding: [1, 10_000]), length: 300).labelled.map(\.label.plain)
    #expect(plain == ["1", "10", "100", "1,000", "10,000"])
    let tiny = across(.logarithmic(holding: [1e-6, 1e-2]), length: 300).labelled.map(\.label.plain)
    #expect(tiny.contains("10−6") && tiny.contains("10−2"))
    let short = across(.logarithmic(holding: [2, 7]), length: 300).labelled.map(\.label.plain)
    #expect(short.contains("2") && short.contains("5"))
    let steps = across(.logarithmic(holding: [0, 100, 1000]), length: 200).labelled
    #expect(steps.first?.label.plain == "0" && steps.count >= 2)
  }

  @Test func namesStandFlatThenUprightThenThinned() {
    let few = across(.categories(["base", "sft"]), length: 200).categories
    #expect(few?.isUpright == false && few?.lines == [["base"], ["sft"]])
    let long = across(.categories((0..<8).map { "checkpoint-\($0)00000" }), length: 200).categories
    #expect(long?.isUpright == true && long?.lines.allSatisfy { $0.count == 1 } == true)
    // "base" would fit in two lines of two letters, but is not broken.
    let narrow = across(.categories(["base", "sft-1", "sft-2", "sft-3"]), length: 64).categories
    #expect(narrow?.isUpright == true && narrow?.lines.first == ["base"])
    let many = across(.categories((0..<200).map { "step-\($0)" }), length: 200).categories
    #expect(many?.lines.count == 200)
    let shown = many?.lines.filter { !$0.isEmpty }.count ?? 0
    #expect(shown > 5 && shown < 40)
    #expect(many?.lines.first == ["step-0"])
  }
}

@Suite struct LabelSpreadTests {
  @Test func labelsKeepOrderDoNotOverlapAndStayInRange() {
    forEachSeed(300) { random in
      let count = 1 + Int(random.uniform() * 9)
      let wanted = (0..<count).map { _ in 100 * random.uniform() }
      let middles = LabelSpread.middles(wanted, height: 8, in: -10...110)
      let order = wanted.indices.sorted { (wanted[$0], $0) < (wanted[$1], $1) }
      for (first, second) in zip(order, order.dropFirst()) {
        try require(middles[second] - middles[first] > 8 - 1e-9, "\(wanted) gave \(middles)")
      }
      try require(middles.allSatisfy { $0 >= -6 - 1e-9 && $0 <= 106 + 1e-9 }, "\(middles)")
    }
  }

  @Test func labelsWithRoomStayWhereTheyBelong() {
    #expect(LabelSpread.middles([10, 50, 30], height: 8, in: 0...100) == [10, 50, 30])
    // Two that clash give way alike.
    #expect(LabelSpread.middles([50, 50], height: 8, in: 0...100) == [46, 54])
    #expect(LabelSpread.middles([], height: 8, in: 0...100).isEmpty)
  }

  /// Against all placements on a fine grid: none that is allowed is nearer.
  @Test func noPlacementIsNearer() {
    forEachSeed(30) { random in
      let wanted = (0..<3).map { _ in (20 * random.uniform()).rounded() }.sorted()
      let middles = LabelSpread.middles(wanted, height: 6, in: -100...100)
      func cost(_ places: [Double]) -> Double {
        zip(places, wanted).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
      }
      let own = cost(middles)
      for a in -8...28 {
        for b in (a + 6)...40 {
          for c in (b + 6)...52 {
            let other = cost([Double(a), Double(b), Double(c)])
            try require(own <= other + 1e-9, "\(middles) for \(wanted), \([a, b, c]) is nearer")
          }
        }
      }
    }
  }
}

@Suite struct StyledTextLabelTests {
  @Test func bracesRaiseAndLowerAndHyphensBeforeDigitsAreMinuses() {
    let label = StyledText(label: "D_{2} in 10^{-3}, -0.5")
    #expect(label.plain == "D2 in 10−3, −0.5")
    #expect(label.pieces.map(\.script) == [.normal, .subscript, .normal, .superscript, .normal])
    #expect(StyledText(label: "hull_area step-500 x_{").plain == "hull_area step-500 x_{")
    #expect(StyledText(label: "").plain == "")
    #expect(StyledText.typographic("[-1, -2] a-1 2024-05-06 -x") == "[−1, −2] a-1 2024-05-06 -x")
  }
}
