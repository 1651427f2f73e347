import AmbitMatrix
import AmbitRendering
import AmbitTestSupport
import Foundation
import Testing

@Suite struct DecimalTextTests {
  @Test func agreesWithTheCLibrary() {
    forEachSeed(500) { random in
      let value = (random.uniform() - 0.5) * Elementary.pow(10, 6 * random.uniform())
      let decimals = Int(random.uniform() * 6)
      let ours = DecimalText.fixed(value, decimals: decimals)
      let theirs = String(format: "%.\(decimals)f", value)
      // Halves may be rounded either way; everything else agrees to the digit.
      let difference = abs(Double(ours)! - Double(theirs)!)
      try require(
        difference <= Elementary.pow(10, Double(-decimals)) * 1.000001, "\(ours), \(theirs)")
      try require(
        abs(Double(ours)! - value) <= 0.5000001 * Elementary.pow(10, Double(-decimals)),
        "\(ours) for \(value)")
    }
  }

  @Test func specialCases() {
    #expect(DecimalText.fixed(-0.0, decimals: 2) == "0.00")
    #expect(DecimalText.fixed(-0.001, decimals: 2) == "0.00")
    #expect(DecimalText.fixed(0.05, decimals: 3) == "0.050")
    #expect(DecimalText.fixed(-12.5, decimals: 0) == "-13")
    #expect(DecimalText.short(2.500, decimals: 3) == "2.5")
    #expect(DecimalText.short(3, decimals: 3) == "3")
    #expect(DecimalText.short(-0.0001, decimals: 3) == "0")
    #expect(DecimalText.short(100, decimals: 0) == "100")
    #expect(DecimalText.typographic("-1.5") == "−1.5")
    #expect(DecimalText.grouped(1_234_567) == "1,234,567")
    #expect(DecimalText.grouped(-12) == "−12")
    #expect(DecimalText.grouped(999) == "999")
    #expect(DecimalText.grouped(1000) == "1,000")
  }
}
