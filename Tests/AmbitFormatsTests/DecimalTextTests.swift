import AmbitFormats
import AmbitMatrix
import AmbitTestSupport
import Foundation
import Testing

@Suite struct DecimalTextTests {
  @Test("the shortest text reads back to the same value")
  func shortest() {
    forEachSeed(2_000) { random in
      let value = Double(bitPattern: random.next())
      guard value.isFinite else { return }
      let text = DecimalText.shortest(value)
      try require(Double(text) == value, "\(text) is not \(value)")
      let single = Float(bitPattern: UInt32(truncatingIfNeeded: random.next()))
      guard single.isFinite else { return }
      try require(Float(DecimalText.shortest(single)) == single, "\(single)")
    }
    #expect(
      [3, -0.0, 0.1, 1e-7, -2.5, .nan, .infinity, -.infinity].map { DecimalText.shortest($0) }
        == ["3", "0", "0.1", "1e-07", "-2.5", "nan", "inf", "-inf"])
  }

  @Test("fixed decimals agree with C's printf away from ties")
  func fixed() {
    forEachSeed(2_000) { random in
      let scale = Elementary.exp(30 * random.uniform() - 15)
      let value = (random.uniform() - 0.5) * scale
      let decimals = random.index(below: 8)
      var expected = String(format: "%.\(decimals)f", value)
      if Double(expected) == 0, expected.hasPrefix("-") { expected.removeFirst() }
      let text = DecimalText.fixed(value, decimals: decimals)
      try require(text == expected, "\(value) to \(decimals): \(text), C says \(expected)")
    }
  }

  @Test("significant digits agree with C's printf in exponent form")
  func significant() {
    forEachSeed(1_000) { random in
      let value = (random.uniform() + 1e-9) * Elementary.exp(20 * random.uniform() - 10)
      let digits = 1 + random.index(below: 6)
      let expected = Double(String(format: "%.\(digits - 1)e", value))!
      let text = DecimalText.significant(value, digits: digits)
      try require(Double(text) == expected, "\(value) to \(digits): \(text)")
      try require(!text.contains("e"), "an exponent in \(text)")
    }
  }

  @Test func examples() {
    #expect(DecimalText.fixed(0.125, decimals: 2) == "0.12")
    #expect(DecimalText.fixed(0.375, decimals: 2) == "0.38")
    #expect(DecimalText.fixed(9.999, decimals: 2) == "10.00")
    #expect(DecimalText.fixed(-0.001, decimals: 2) == "0.00")
    #expect(DecimalText.fixed(0.06, decimals: 1) == "0.1")
    #expect(DecimalText.fixed(0.6, decimals: 0) == "1")
    #expect(DecimalText.fixed(1e21, decimals: 1) == "1000000000000000000000.0")
    #expect(DecimalText.fixed(-1_234_567.891, decimals: 1, groupsThousands: true) == "-1,234,567.9")
    #expect(DecimalText.significant(0.0012345, digits: 3) == "0.00123")
    #expect(DecimalText.significant(9.996, digits: 3) == "10.0")
    #expect(DecimalText.significant(1234.5, digits: 2) == "1200")
    #expect(DecimalText.significant(0, digits: 3) == "0.00")
    #expect(
      [0, 12, 999, 1_000, -1_234_567].map { DecimalText.grouped($0) }
        == ["0", "12", "999", "1,000", "-1,234,567"])
  }
}
