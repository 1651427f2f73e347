import AmbitMeasures
import Testing

@Suite struct WordTokenizerTests {
  @Test(arguments: [
    ("The cat, sat.", ["The", "cat", ",", "sat", "."]),
    (
      "don't stop: it’s 3.14, not 1,000!",
      ["don't", "stop", ":", "it’s", "3.14", ",", "not", "1,000", "!"]
    ),
    ("one\ntwo\r\n\tthree\u{00A0}four\u{2028}five", ["one", "two", "three", "four", "five"]),
    ("snake_case __bold__ a_", ["snake_case", "_", "_", "bold", "_", "_", "a", "_"]),
    ("x=2.", ["x", "=", "2", "."]),
    ("'quoted' end'", ["'", "quoted", "'", "end", "'"]),
    ("naïve Straße e\u{301}tude ДОМ", ["naïve", "Straße", "e\u{301}tude", "ДОМ"]),
    ("我爱猫。", ["我", "爱", "猫", "。"]),
    ("カナ hangul 한국어", ["カ", "ナ", "hangul", "한국어"]),
    ("well-known \u{2764}\u{FE0F} ok", ["well", "-", "known", "\u{2764}\u{FE0F}", "ok"]),
    ("# **bold**", ["#", "*", "*", "bold", "*", "*"]),
    ("", []), (" \n ", []), ("\u{301}", ["\u{301}"]), ("a\0b", ["a", "b"]),
  ])
  func tokens(text: String, expected: [String]) {
    #expect(
      WordTokenizer.tokens(of: text).map { Array($0.utf8) } == expected.map { Array($0.utf8) })
  }

  @Test("tokens hold every visible character of a text, in order")
  func nothingIsLost() {
    let text = "## A list:\n- one, 2.5 % of “it”…\n* naïve 猫 🙂 don't_do v1.2.3"
    let joined = WordTokenizer.tokens(of: text).joined()
    #expect(joined == text.filter { !$0.isWhitespace })
  }
}
