import AmbitCorpus
import AmbitMatrix
import AmbitTestSupport
import Testing

@Suite struct TextMeasureTests {
  @Test("words are runs without Unicode white space") func words() {
    let pool: [Unicode.Scalar] = [
      "a", "é", "漢", "😀", " ", "\t", "\n", "\u{85}", "\u{A0}", "\u{1680}", "\u{2003}", "\u{2028}",
      "\u{202F}", "\u{205F}", "\u{3000}", "\u{200B}", "\u{E000}", "\u{1C}",
    ]
    forEachSeed(400) { random in
      var text = String.UnicodeScalarView()
      for _ in 0..<random.index(below: 20) { text.append(pool[random.index(below: pool.count)]) }
      let expected = text.split { $0.properties.isWhitespace || (0x1C...0x1F).contains($0.value) }
      let count = WordCount.of(String(text))
      try require(count == expected.count, "\(Array(text)): \(count), not \(expected.count)")
      let trimmed = TextTrimming.trimmed(String(text))
      try require(TextTrimming.trimmed(trimmed) == trimmed, "trimming twice differs")
      try require(trimmed.isEmpty == TextTrimming.isBlank(String(text)), "blank")
    }
  }

  @Test func scripts() {
    let shares = Script.shares(["abc de", "привет", "漢字かな", "123 !?", "né"])
    #expect(shares.map(\.script) == ["Latin", "Cyrillic", "Han", "Hiragana"])
    #expect(shares.map { Int(($0.share * 17).rounded()) } == [7, 6, 2, 2])
    #expect(Script.shares(["123"]).isEmpty)
    for (letter, script) in [
      ("ñ", "Latin"), ("Ω", "Greek"), ("ж", "Cyrillic"), ("ש", "Hebrew"), ("ع", "Arabic"),
      ("ह", "Devanagari"), ("த", "Tamil"), ("ไ", "Thai"), ("한", "Hangul"), ("カ", "Katakana"),
      ("ệ", "Latin"), ("𠀀", "Han"), ("ა", "Georgian"), ("አ", "Ethiopic"), ("ⲁ", "Other"),
    ] as [(Unicode.Scalar, String)] {
      #expect(Script.of(letter) == script)
    }
    #expect(Script.of("1") == nil)
  }

  @Test("natural order is a strict total order that reads digits as numbers") func naturalOrder() {
    #expect(
      ["step-12000", "step-900", "a10b2", "a10b10", "a9", "a", "", "a09"].sorted(
        by: NaturalOrder.precedes)
        == ["", "a", "a9", "a09", "a10b2", "a10b10", "step-900", "step-12000"])
    #expect(
      NaturalOrder.precedes(
        "x99999999999999999999999998", "x99999999999999999999999999"))
    forEachSeed(300) { random in
      let pool = Array("01a-9")
      func name() -> String {
        String((0..<random.index(below: 6)).map { _ in pool[random.index(below: pool.count)] })
      }
      let (a, b, c) = (name(), name(), name())
      let ab = NaturalOrder.precedes(a, b)
      try require(!NaturalOrder.precedes(a, a), "\(a) before itself")
      try require(a == b || ab != NaturalOrder.precedes(b, a), "\(a), \(b) undecided")
      if ab, NaturalOrder.precedes(b, c) {
        try require(NaturalOrder.precedes(a, c), "\(a), \(b), \(c) not transitive")
      }
    }
  }
}
