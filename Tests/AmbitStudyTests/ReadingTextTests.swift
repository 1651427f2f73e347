import AmbitMeasures
import AmbitStudy
import Testing

@Suite struct ReadingTextTests {
  private var coverage: Measurement {
    var row = SmallStudy.primary
    (row.metric, row.variant, row.effect, row.effectKind) = ("coverage", "k5", nil, nil)
    row.value = 0.77
    row.nullBand = Interval(low: 0.95, high: 0.99)
    return row
  }

  private func text(
    _ signature: Signature, _ evidence: [Measurement] = [], _ cautions: [ReadingCaution] = [],
    p: Double? = nil
  ) -> ReadingText {
    ReadingText(
      reading: Reading(
        checkpoint: "sft", reference: "base", signature: signature, evidence: evidence,
        cautions: cautions, equivalenceP: p))
  }

  @Test func aSentenceNamesItsEvidence() {
    var spread = SmallStudy.primary
    spread.effect = -0.415515443961666
    spread.interval = Interval(low: -0.5, high: -0.3)
    #expect(
      text(.lostModes, [spread, coverage]).sentence
        == "sft against base: lost modes: parts of base are no longer reached; dispersion within "
        + "prompts −34 % (−39 to −26 %); coverage 0.770 (null 0.950 to 0.990).")
  }

  @Test func negativeNumbersHaveARealMinus() {
    var shift = coverage
    (shift.metric, shift.variant, shift.value) = ("centroid_shift", "", -0.0033)
    shift.nullBand = Interval(low: -0.004, high: -0.001)
    #expect(
      text(.inconclusive, [shift]).sentence.hasSuffix(
        "centroid shift −0.00330 (null −0.00400 to −0.00100)."))
  }

  @Test func samenessIsSaidOnlyWhereItIsShown() {
    #expect(
      text(.noChange, p: 0.0004).sentence.hasSuffix("by 10 % or more is excluded (p < 0.001)."))
    #expect(!text(.inconclusive, p: 0.3).sentence.contains("excluded"))
  }

  @Test func cautionsSayWhatMisleads() {
    let cautions = text(
      .formatChange, [],
      [
        .format(habit: "bold", from: 0.33, to: 0), .length(from: 172, to: 10.6),
        .referenceLoops(share: 0.92), .checkpointLoops(share: 0.3),
      ]
    ).cautions
    #expect(cautions.count == 4)
    #expect(cautions[0].hasPrefix("Format: bold text in 0.0 % of the outputs instead of 33 %"))
    #expect(cautions[1].hasPrefix("Length: 11 words an output instead of 172"))
    #expect(cautions[2].hasPrefix("base loops (92 % of its 4-grams"))
    #expect(cautions[3].hasPrefix("sft loops: 30 % of its 4-grams"))
  }

  @Test func everySignatureHasAHeadlineOfItsOwn() {
    let headlines = Signature.allCases.map { text($0).headline }
    #expect(Set(headlines).count == headlines.count)
  }
}
