import AmbitEmbedding
import AmbitMatrix
import AmbitTestSupport
import Testing

@Suite("Halves of a text") struct TextHalvesTests {
  @Test(arguments: [
    ("One. Two! Three? Four…", "One. Three?", "Two! Four…"),
    ("First line\nsecond line\r\nthird", "First line third", "second line"),
    ("今日は晴れ。明日は雨。", "今日は晴れ。", "明日は雨。"),
    ("\"Stop!\" she said. He did.", "\"Stop!\" He did.", "she said."),
    ("Pi is 3.14 and e 2.72 or so", "Pi is 3.14 and", "e 2.72 or so"),
    ("word", "word", ""), ("", "", ""), (" \n ", "", ""),
    ("two words", "two", "words"),
  ]) func sentencesTakeTurns(_ text: String, first: String, second: String) {
    let halves = TextHalves(of: text)
    #expect(halves.first == first)
    #expect(halves.second == second)
  }

  @Test func noLetterIsLostOrAdded() {
    let pieces = ["Ab. ", "c d e", "! ", "\n", "。", "ü ", "日本", "\u{2028}", ")", " 1.5 ", "…"]
    forEachSeed(300) { random in
      let text = (0..<random.index(below: 12)).map { _ in pieces[random.index(below: pieces.count)]
      }
      .joined()
      func letters(_ text: String) -> [Unicode.Scalar] {
        text.unicodeScalars.filter { !$0.properties.isWhitespace }.sorted { $0.value < $1.value }
      }
      let halves = TextHalves(of: text)
      try require(
        letters(halves.first + halves.second) == letters(text), "\(text.debugDescription)")
    }
  }
}
