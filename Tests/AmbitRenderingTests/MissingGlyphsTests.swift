import AmbitRendering
import Testing

@Suite struct MissingGlyphsTests {
  /// Private characters: only a font made for them has them.
  private let first: Character = "\u{10FFFD}"
  private let second: Character = "\u{10ABCD}"

  @Test func lettersThatAFontHasAreNotMissing() {
    #expect(MissingGlyphs.characters(in: []).isEmpty)
    #expect(MissingGlyphs.characters(in: ["", "step-12000", "two\nlines", "e\u{301}tape"]).isEmpty)
  }

  @Test func lettersThatNoFontHasAreFoundOnceAndInOrder() {
    let found = MissingGlyphs.characters(in: [
      "é\(second)b", "plain", "\(first)\(second)\(first)",
    ])
    #expect(found == [second, first])
  }

  @Test func aMissingLetterIsFoundBehindLettersOfRightToLeftScripts() {
    #expect(MissingGlyphs.characters(in: ["\u{05D0}\u{05D1}\(first)c"]).contains(first))
  }
}
