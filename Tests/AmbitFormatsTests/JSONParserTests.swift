import AmbitFormats
import AmbitMatrix
import AmbitTestSupport
import Testing

@Suite struct JSONParserTests {
  let parser = JSONParser()

  func parse(_ text: String) throws -> JSON { try parser.parse(InputBytes(text.utf8)).tree }
  func parse(_ bytes: [UInt8]) throws -> JSON { try parser.parse(InputBytes(bytes)).tree }

  @Test func kinds() throws {
    let text =
      #"{"s":"a\u00e9\n","i":-7,"u":18446744073709551615,"d":2.5e-3,"t":true,"n":null,"l":[1,"x"]}"#
    let value = try parser.parse(InputBytes(text.utf8))
    #expect(value.member("s")?.string == "aé\n")
    #expect(value.member("i")?.integer == -7)
    #expect(value.member("u")?.integer == nil)
    #expect(value.member("u")?.number == 0x1p64)
    #expect(value.member("d")?.number == 0.0025)
    #expect(value.member("t")?.boolean == true)
    #expect(value.member("n")?.isNull == true)
    #expect(value.member("l")?.elements.map(\.kind) == [.integer, .string])
    #expect(value.member("absent") == nil)
    #expect(value.childCount == 7)
    #expect(value.member("s")?.elements.first { _ in true } == nil)
  }

  @Test("what Python writes beyond the standard is read and counted")
  func lenience() throws {
    #expect(
      try parse(#"{"a": NaN, "b": -Infinity, "c": Infinity, "d": 1e999}"#)
        == ["a": .null, "b": .null, "c": .null, "d": .null])
    #expect(parser.repairs.nonFiniteNumbers == 4)
    #expect(
      try parse(#"["\ud83d", "\ud83d\ude00", "x\ude00y", "\ud83d\u0041"]"#)
        == ["\u{FFFD}", "😀", "x\u{FFFD}y", "\u{FFFD}A"])
    #expect(parser.repairs.loneSurrogates == 3)
    #expect(
      try parse("[123456789012345678901234567890, -99999999999999999999, 1]")
        == ["123456789012345678901234567890", "-99999999999999999999", 1])
    #expect(parser.repairs.largeIntegers == 2)
    #expect(try parse("[\"a\tb\u{1}\"]") == ["a\tb\u{1}"])
    #expect(parser.repairs.controlCharacters == 2)
    #expect(
      try parse([0x5B, 0x22, 0x61, 0xFF, 0xE2, 0x82, 0x22, 0x5D]) == ["a\u{FFFD}\u{FFFD}\u{FFFD}"])
    #expect(parser.repairs.invalidBytes == 3)
    #expect(try parse([0xEF, 0xBB, 0xBF, 0x31]) == 1)
  }

  @Test(
    "broken documents name line and column",
    arguments: [
      ("{\"a\": 1,\n \"b\": }", 2, 7, "expected a value"),
      ("[1, 2", 1, 6, "ends inside the list"),
      ("{\"a\": \"x", 1, 7, "no closing quote"),
      ("{\"a\" 1}", 1, 6, "expected `:`"),
      ("{a: 1}", 1, 2, "expected a name in quotes"),
      ("[1 2]", 1, 4, "expected `,` or `]`"),
      ("[1,]", 1, 4, "expected a value"),
      ("[01]", 1, 2, "`01` is not a value"),
      ("[tru]", 1, 2, "`tru` is not a value"),
      ("\n\n[\"\\x\"]", 3, 3, "escape"),
      ("1 2", 1, 3, "more follows"),
      ("[\"a\nb\"]", 1, 2, "on its line"),
    ])
  func broken(_ text: String, _ line: Int, _ column: Int, _ message: String) {
    let error = #expect(throws: InputError.self) { try parse(text) }
    #expect(error?.code == .malformed)
    #expect(error?.line == line)
    #expect(error?.column == column)
    #expect(error?.message.contains(message) == true, "\(error?.message ?? "")")
  }

  @Test("deep nesting is an error, not a crash")
  func deep() {
    for text in [
      String(repeating: "[", count: 5_000_000),
      String(repeating: "[", count: 100_000) + String(repeating: "]", count: 100_000),
      String(repeating: "{\"a\":", count: 100_000) + "1" + String(repeating: "}", count: 100_000),
    ] {
      let error = #expect(throws: InputError.self) { try parse(text) }
      #expect(error?.code == .tooLarge)
    }
    #expect(throws: Never.self) {
      try parse(String(repeating: "[", count: 900) + String(repeating: "]", count: 900))
    }
  }

  @Test("any bytes give a value or a typed error")
  func mutated() {
    let parser = JSONParser()
    forEachSeed(400) { random in
      var bytes = JSONWriter().bytes(RandomJSON.value(&random))
      for _ in 0...random.index(below: 4) where !bytes.isEmpty {
        switch random.index(below: 3) {
        case 0: bytes[random.index(below: bytes.count)] = UInt8(random.index(below: 256))
        case 1: bytes.removeSubrange(random.index(below: bytes.count)...)
        default: bytes.insert(UInt8(random.index(below: 128)), at: random.index(below: bytes.count))
        }
      }
      let input = InputBytes(bytes)
      do {
        let tree = try parser.parse(input).tree
        // What was accepted must survive being written and read again.
        let again = try parser.parse(InputBytes(JSONWriter().bytes(tree))).tree
        try require(again == tree || "\(tree)".contains("inf"), "unstable: \(tree)")
      } catch let error as InputError {
        try require(error.line != nil || error.code == .empty, "no line in \(error)")
      }
    }
  }

  @Test("a splitter finds the elements and members, whatever their strings hold")
  func splitter() {
    let parser = JSONParser()
    forEachSeed(200) { random in
      let values = (0..<random.index(below: 6)).map { _ in RandomJSON.value(&random) }
      let writer = JSONWriter(isPretty: random.index(below: 2) == 0)
      let input = InputBytes(writer.bytes(.array(values)))
      let split = try JSONSplitter.elements(of: input, from: 0)
      try require(split.end == input.count, "ended at \(split.end) of \(input.count)")
      let read = try split.ranges.map { try parser.parse(input, in: $0).tree }
      try require(read == values, "other elements came back")
    }
    for text in ["[1,,2]", "[,1]", "[1,]", "[1", "[1}", "[\"a]"] {
      #expect(throws: InputError.self) {
        _ = try JSONSplitter.elements(of: InputBytes(text.utf8), from: 0)
      }
    }
  }
}
