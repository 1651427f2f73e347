import AmbitRendering
import AmbitStudy
import AmbitTestSupport
import Testing

@Suite struct FigureWidthTests {
  @Test(arguments: [
    ("3.25in", 3.25), ("3.25", 3.25), ("82.55mm", 3.25), ("8.255cm", 3.25), ("234pt", 3.25),
  ])
  func unitsAreRead(_ text: String, inches: Double) {
    #expect(agree(FigureWidth(text)?.inches ?? 0, inches, relative: 1e-12))
  }

  @Test(arguments: ["", "in", "-3in", "0", "wide", "3 furlongs", "inf", "nan"])
  func otherTextIsNot(_ text: String) { #expect(FigureWidth(text) == nil) }

  @Test func formatsAreAList() {
    #expect(FigureFormatList("PNG, pdf")?.formats == [.png, .pdf])
    #expect(FigureFormatList("png,png")?.formats == [.png])
    #expect(FigureFormatList("png,jpg") == nil)
    #expect(FigureFormatList("") == nil)
  }
}
