import AmbitMatrix
import AmbitMeasures
import AmbitStudy
import Testing

/// What a row says in words must follow from its numbers and from nothing else.
@Suite struct EndpointTests {
  func reading(
    effect: Double?, low: Double = 0, high: Double = 0, p: Double? = nil,
    band: ClosedRange<Double>? = nil
  ) -> String {
    var row = SmallStudy.primary
    row.effect = effect
    row.interval = effect == nil ? nil : Interval(low: low, high: high)
    row.adjustedP = p
    row.nullBand = band.map { Interval(low: $0.lowerBound, high: $0.upperBound) }
    return Endpoint(row).reading
  }

  @Test func readingsFollowTheNumbers() {
    #expect(reading(effect: -0.4, low: -0.5, high: -0.3, p: 0.001) == "narrower")
    #expect(reading(effect: 0.4, low: 0.3, high: 0.5, p: 0.001) == "wider")
    #expect(reading(effect: -0.4, low: -0.9, high: 0.1, p: 0.001) == "no clear change")
    #expect(reading(effect: -0.4, low: -0.5, high: -0.3, p: 0.2).hasPrefix("not settled"))
    #expect(reading(effect: 0, low: 0, high: 0, p: 1) == "identical")
    #expect(
      reading(effect: -0.1, low: -0.15, high: -0.05, p: 0.01, band: -0.2...0.2)
        == "narrower, but no more than two random halves of base differ")
  }

  @Test func aRowWithoutAValueSaysWhy() {
    var row = SmallStudy.primary
    row.value = nil
    row.flags = [.fewSamples]
    #expect(Endpoint(row).reading.hasPrefix("not measured: "))
    #expect(Endpoint(row).reading.contains("samples"))
  }

  @Test func aMeasureOfTwoSetsIsReadAgainstItsNullBand() {
    func reading(_ value: Double, p: Double, low: Double? = 0.9) -> String {
      var row = SmallStudy.primary
      (row.metric, row.variant, row.effect, row.effectKind) = ("coverage", "k5", nil, nil)
      row.interval = Interval(low: value - 0.1, high: value + 0.1)
      row.value = value
      row.adjustedP = p
      row.nullBand = low.map { Interval(low: $0, high: 1) }
      row.flags = low == nil ? [.degenerate] : []
      return Endpoint(row).reading
    }
    #expect(reading(0.5, p: 0.001) == "parts of base are not reached")
    #expect(reading(0.5, p: 0.2) == "no clear change")
    #expect(reading(0.92, p: 0.01) == "lower, but no more than two random halves of base differ")
    #expect(reading(0.5, p: 0.001, low: nil).hasPrefix("no null band: "))
  }

  @Test func changesAreRatiosMinusOne() {
    var row = SmallStudy.primary
    row.effect = Elementary.log(0.5)
    #expect(Endpoint(row).change == "−50 %")
    row.effect = Elementary.log(1.025)
    #expect(Endpoint(row).change == "+2.5 %")
    row.effect = 0
    #expect(Endpoint(row).change == "0.0 %")
    row.effect = Elementary.log(12)
    #expect(Endpoint(row).change == "×12.0")
    row.interval = Interval(low: Elementary.log(0.9), high: Elementary.log(12))
    #expect(Endpoint(row).changeInterval == "−10 % to ×12.0")
  }

  @Test func numbersFarFromOneHaveAnExponent() {
    #expect(ShortNumber.text(4.6e-60) == "4.60e-60")
    #expect(ShortNumber.text(5.21e37) == "5.21e+37")
    #expect(ShortNumber.text(-2_345_678) == "-2.35e6")
    #expect(ShortNumber.text(0.06861) == "0.0686")
    #expect(ShortNumber.text(0) == "0.00")
  }

  @Test func missingEvidenceIsNeverSignificance() {
    #expect(reading(effect: -0.7, low: -0.9, high: -0.5, p: nil).hasPrefix("not settled"))
  }
}
