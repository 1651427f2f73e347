import AmbitFormats
import AmbitMatrix
import AmbitTestSupport
import Testing

@Suite struct TerminalTextTests {
  @Test func widthsAreCells() {
    #expect(TerminalText.width("sft-1") == 5)
    #expect(TerminalText.width("后训练") == 6)
    #expect(TerminalText.width("e\u{301}") == 1)
    #expect(TerminalText.width("🚀") == 2)
    #expect(TerminalText.width("a\u{7}b") == 2)
  }

  @Test func shortenedTextFitsAndKeepsBothEnds() {
    let alphabet = Array("abcdefgh后训练éß🚀-_ ")
    forEachSeed(200) { random in
      let name = String(
        (0..<random.index(below: 60)).map { _ in
          alphabet[random.index(below: alphabet.count)]
        })
      let limit = 4 + random.index(below: 30)
      let short = TerminalText.shortened(name, to: limit)
      try require(TerminalText.width(short) <= limit, "\(short) is wider than \(limit)")
      if TerminalText.width(name) <= limit {
        try require(short == name, "\(name) was changed without need")
      } else {
        try require(short.first == name.first && short.contains("…"), "\(name) → \(short)")
      }
    }
  }

  @Test func controlCharactersCannotSteerTheTerminal() {
    #expect(TerminalText.shortened("a\u{1B}[2Jb", to: 20) == "a[2Jb")
  }
}
