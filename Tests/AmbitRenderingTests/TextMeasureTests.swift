import AmbitMatrix
import AmbitRendering
import AmbitTestSupport
import Testing

@Suite struct TextMeasureTests {
  let measure = TextMeasure()
  let font = Font(size: 8)

  @Test func sizesScaleWithTheFont() {
    let small = measure.extent(of: "drift plot", font: Font(size: 8))
    let large = measure.extent(of: "drift plot", font: Font(size: 16))
    #expect(agree(large.width, 2 * small.width, relative: 0.01))
    #expect(agree(large.height, 2 * small.height, relative: 0.02))
    #expect(small.ascent > 0 && small.descent > 0 && small.width > 8)
    #expect(measure.width(of: "", font: font) == 0)
    let bold = measure.width(of: "drift plot", font: Font(size: 8, weight: .bold))
    #expect(bold > small.width)
  }

  @Test func raisedTextIsSmallerAndHigher() {
    let plain = measure.extent(of: "10−6", font: font)
    let raised = measure.extent(of: "10" + .superscript("−6"), font: font)
    #expect(raised.width < plain.width)
    #expect(raised.height >= plain.height * 0.99)
  }

  @Test func shortenedNamesFitTheirBox() {
    forEachSeed(120) { random in
      let name = Self.name(&random)
      let width = 12 + 120 * random.uniform()
      let lineCount = 1 + Int(random.uniform() * 2)
      let lines = measure.fit(name, font: font, width: width, lineCount: lineCount)
      try require(lines.count <= lineCount, "\(lines.count) lines for \(lineCount)")
      for line in lines {
        let found = measure.width(of: line, font: font)
        try require(found <= width + 0.01, "\(found) > \(width): \(line)")
      }
      let joined = lines.joined()
      if !joined.contains("…") {
        let letters = { (text: String) in text.filter { !$0.isWhitespace } }
        try require(letters(joined) == letters(name), "\(joined) for \(name)")
      } else {
        try require(
          measure.width(of: name, font: font) > width, "shortened although it fits: \(name)")
      }
    }
  }

  @Test func bothEndsOfALongNameStay() throws {
    let name = "allenai/OLMo-2-1124-7B-base-stage2-ingredient1-step11931"
    let line = try #require(measure.fit(name, font: font, width: 120).first)
    let parts = line.split(separator: "…")
    #expect(parts.count == 2)
    #expect(name.hasPrefix(parts[0]) && name.hasSuffix(parts[1]))
    #expect(abs(parts[0].count - parts[1].count) <= 1)
    // One more letter would not fit: the line uses its box.
    #expect(measure.width(of: line, font: font) > 105)
  }

  @Test func namesThatFitAreLeftAlone() {
    for name in Clouds.hardNames where !name.contains("\n") {
      #expect(measure.fit(name, font: font, width: 2000) == [name])
    }
    #expect(measure.fit("two\nlines", font: font, width: 2000) == ["two lines"])
  }

  @Test func wrappedTextKeepsEveryWordAndTheWidth() {
    forEachSeed(60) { random in
      let words = (0..<30).map { _ in
        String(repeating: "n", count: 1 + Int(random.uniform() * 9))
      }
      let width = 60 + 100 * random.uniform()
      let lines = measure.wrap(words.joined(separator: " "), font: font, width: width)
      let back = lines.flatMap { $0.split(separator: " ").map(String.init) }
      try require(back == words, "words changed")
      for line in lines {
        let found = measure.width(of: line, font: font)
        try require(found <= width + 0.01, "\(found) > \(width)")
      }
    }
    #expect(measure.wrap("", font: font, width: 50).isEmpty)
    #expect(measure.wrap("a\nb", font: font, width: 500) == ["a", "b"])
  }

  @Test func thePictureIsAsWideAsMeasuredAtAnyResolution() throws {
    let text: StyledText = "HHHHHHHHHHHHHHHHHHHH"
    let extent = measure.extent(of: text, font: font)
    for dpi in [72.0, 200, 600] {
      var scene = Scene(width: 200, height: 20)
      scene.write(text, at: SIMD2(10, 15), font: font)
      let picture = try DecodedPNG(scene.png(dpi: dpi))
      let inked = (0..<picture.width).filter { x in
        (0..<picture.height).contains { y in picture.pixel(x, y)[0] < 200 }
      }
      let first = try #require(inked.first)
      let last = try #require(inked.last)
      let found = Double(last - first + 1) * 72 / dpi
      // The H's own margins at both ends are left out of the ink.
      #expect(abs(found - extent.width) < 3)
      #expect(Double(first) * 72 / dpi >= 9)
    }
  }

  private static func name(_ random: inout SplitMix64) -> String {
    let letters = Array("abcWi-_/. 通义قي🚀é1")
    return String(
      (0..<Int(random.uniform() * 60)).map { _ in
        letters[Int(random.uniform() * Double(letters.count))]
      })
  }
}
