import AmbitMatrix
import AmbitRendering
import AmbitTestSupport
import Testing

@Suite struct AxisTicksTests {
  @Test func stepsAreRoundAndCoverTheRange() {
    forEachSeed(300) { random in
      let magnitude = Elementary.pow(10, 12 * random.uniform() - 6)
      let middle = magnitude * 4 * (random.uniform() - 0.5)
      let length = magnitude * (0.1 + random.uniform())
      let limits = (middle - length / 2)...(middle + length / 2)
      let count = 1 + Int(random.uniform() * 6)
      let step = AxisTicks.roundStep(length: length, atMost: count)
      let ticks = AxisTicks(limits: limits, step: step)
      try require(ticks.values.count <= count + 1, "\(ticks.values.count) ticks for \(count)")
      let power = Elementary.pow(
        10, (Elementary.log(step) / Elementary.log(10) + 1e-9).rounded(.down))
      try require(
        [1, 2, 5].contains { agree(step / power, $0, relative: 1e-9) }, "step \(step)")
      for value in ticks.values {
        let multiple = value / step
        try require(abs(multiple - multiple.rounded()) < 1e-6, "\(value) is no multiple")
        try require(
          value >= limits.lowerBound - step * 1e-6 && value <= limits.upperBound + step * 1e-6,
          "\(value) outside \(limits)")
      }
      if let first = ticks.values.first, let last = ticks.values.last {
        try require(first - limits.lowerBound < step, "nothing before \(first)")
        try require(limits.upperBound - last < step, "nothing after \(last)")
      } else {
        try require(length < step, "no tick although \(step) fits into \(length)")
      }
    }
  }

  @Test func labelsNameTheirValues() {
    forEachSeed(200) { random in
      let magnitude = Elementary.pow(10, 10 * random.uniform() - 5)
      let limits = (-magnitude * random.uniform())...(magnitude * (0.1 + random.uniform()))
      let step = AxisTicks.roundStep(length: limits.upperBound - limits.lowerBound, atMost: 4)
      let ticks = AxisTicks(limits: limits, step: step)
      let scale = Elementary.pow(10, Double(ticks.exponent))
      for (value, label) in zip(ticks.values, ticks.labels) {
        let plain = String(label.map { $0 == "−" ? "-" : $0 })
        let read = try #require(Double(plain))
        try require(abs(read * scale - value) < step * 1e-6, "\(label) for \(value)")
      }
      try require(Set(ticks.labels).count == ticks.labels.count, "equal labels \(ticks.labels)")
    }
  }

  @Test func plainLabelsAndPowers() {
    #expect(AxisTicks(limits: -1...1, step: 0.5).labels == ["−1.0", "−0.5", "0.0", "0.5", "1.0"])
    #expect(AxisTicks(limits: -0.3...0.3, step: 0.25).labels == ["−0.25", "0.00", "0.25"])
    #expect(AxisTicks(limits: 0...20, step: 10).labels == ["0", "10", "20"])
    let tiny = AxisTicks(limits: 0...4e-6, step: 2e-6)
    #expect(tiny.exponent == -6)
    #expect(tiny.labels == ["0", "2", "4"])
    #expect(tiny.exponentLabel?.plain == "×10−6")
    #expect(AxisTicks(limits: 0...1, step: 1).exponentLabel == nil)
    let large = AxisTicks(limits: 0...3e7, step: 1e7)
    #expect(large.exponent == 7)
    #expect(large.labels == ["0", "1", "2", "3"])
  }

  @Test func fittedLabelsKeepApartAndStayInside() {
    let measure = TextMeasure()
    let font = Font(size: 7)
    forEachSeed(200) { random in
      let magnitude = Elementary.pow(10, 8 * random.uniform() - 4)
      let lower = magnitude * (random.uniform() - 0.7)
      let limits = lower...(lower + magnitude * (0.3 + random.uniform()))
      let length = 40 + 200 * random.uniform()
      let ticks = AxisTicks.fitting(limits: limits, length: length, margin: 2, gap: 4) {
        measure.width(of: $0, font: font)
      }
      let scale = length / (limits.upperBound - limits.lowerBound)
      let shown = zip(ticks.values, ticks.labels).map { value, label in
        let middle = (value - limits.lowerBound) * scale
        let half = measure.width(of: label, font: font) / 2
        return (left: middle - half, right: middle + half)
      }.filter { $0.left >= -2 && $0.right <= length + 2 }
      for (first, second) in zip(shown, shown.dropFirst()) {
        try require(second.left - first.right >= 4 - 1e-9, "labels touch at \(first.right)")
      }
      try require(!shown.isEmpty, "no label in \(length) points for \(limits)")
      if length > 120 { try require(shown.count >= 2, "one label in \(length) points") }
    }
  }
}
