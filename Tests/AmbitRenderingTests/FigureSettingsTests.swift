import AmbitRendering
import AmbitTestSupport
import Testing

@Suite struct FigureSettingsTests {
  @Test func venuesHaveTheWidthsOfTheirStyleFiles() {
    // ICML: 6.75 in of text, 0.25 in between columns. NeurIPS and ICLR: 5.5 in. ACL: A4 with margins
    // of 2.5 cm and 0.6 cm between columns. Nature: 89 and 183 mm, letters of 5 to 7 points.
    #expect(Venue.icml.columnWidth == (6.75 - 0.25) / 2)
    #expect(Venue.neurips.columnWidth == 5.5 && Venue.iclr.textWidth == 5.5)
    #expect(agree(Venue.acl.columnWidth, (21 - 5 - 0.6) / 2 / 2.54, relative: 1e-12))
    #expect(agree(Venue.nature.textWidth, 183 / 25.4, relative: 1e-12))
    for venue in Venue.allCases {
      let narrow = FigureSettings(venue: venue)
      let wide = FigureSettings(venue: venue, isWide: true)
      #expect(narrow.width == venue.columnWidth && wide.width == venue.textWidth)
      #expect(throws: Never.self) { try wide.validate() }
    }
  }

  /// No letter of a figure for Nature is smaller than 5 points or larger than 7.
  @Test func natureGetsLettersOfFiveToSevenPoints() throws {
    var data = Clouds.family(names: ["base", "sft", "dpo"], caption: "n = 60")
    data.title = "Drift"
    let sizes = try data.scene(FigureSettings(venue: .nature)).textRuns.map(\.font.size)
    #expect(sizes.min()! >= 5 && sizes.max()! <= 7)
  }

  @Test func familiesGoBeforeTheStandardChain() throws {
    let data = Clouds.family(names: ["base", "sft"])
    func families(_ fontFamily: String?) throws -> Set<[String]> {
      let settings = FigureSettings(fontFamily: fontFamily)
      return Set(try data.scene(settings).textRuns.map(\.font.families))
    }
    #expect(try families(nil) == [Font.defaultFamilies])
    #expect(
      try families("Times New Roman, serif") == [
        ["Times New Roman", "serif"] + Font.defaultFamilies
      ])
    #expect(try families(" , ") == [Font.defaultFamilies])
  }

  @Test func estimatesWithoutBothEndsHaveNoInterval() {
    #expect(Estimate(1, low: 0, high: 2).interval == 0...2)
    #expect(Estimate(1, low: nil, high: 2).interval == nil)
    #expect(Estimate(1, low: 3, high: 2).interval == nil)
    #expect(Estimate(1, low: .nan, high: 2).interval == nil)
  }
}
