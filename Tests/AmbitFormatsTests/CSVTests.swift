import AmbitFormats
import AmbitMatrix
import AmbitTestSupport
import Testing

@Suite struct CSVTests {
  func rows(_ text: String, delimiter: Character = ",") throws -> [[String]] {
    try CSVReader(delimiter: delimiter.asciiValue!).rows(of: InputBytes(text.utf8)).map(\.cells)
  }

  @Test("what is written reads back the same, comma and tab, LF and CRLF")
  func roundTrip() {
    forEachSeed(200) { random in
      let delimiter = [UInt8(ascii: ","), UInt8(ascii: "\t")][random.index(below: 2)]
      let width = 1 + random.index(below: 4)
      let table = (0..<1 + random.index(below: 6)).map { _ in
        (0..<width).map { _ in RandomJSON.text(&random, upTo: 8) }
      }
      var writer = CSVWriter(header: table[0], delimiter: delimiter)
      for row in table.dropFirst() { writer.append(row) }
      let reader = CSVReader(delimiter: delimiter)
      let read = try reader.rows(of: InputBytes(writer.bytes))
      // A carriage return that is a text's own stands in quotes and stays.
      try require(read.map(\.cells) == table, "\(table) came back as \(read)")
    }
  }

  @Test func rfc4180() throws {
    #expect(try rows("a,b\r\n1,\"x\r\ny\"\r\n") == [["a", "b"], ["1", "x\r\ny"]])
    #expect(
      try rows("\u{FEFF}a,b\n\"he said \"\"no\"\"\",") == [["a", "b"], ["he said \"no\"", ""]])
    #expect(try rows("a\tb\n1,2\t3", delimiter: "\t") == [["a", "b"], ["1,2", "3"]])
    #expect(try rows("a\n\n\"\"\n\nb\n") == [["a"], [""], ["b"]])
    #expect(try rows("it's 5\" wide,x\n") == [["it's 5\" wide", "x"]])
  }

  @Test("rows know their line although cells hold line breaks")
  func lines() throws {
    let text = "a,b\n\"1\n2\n3\",x\n\n4,5\n"
    let read = try CSVReader().rows(of: InputBytes(text.utf8))
    #expect(read.map(\.line) == [1, 2, 6])
  }

  @Test func broken() {
    let open = #expect(throws: InputError.self) { try rows("a,b\n1,\"x\ny") }
    #expect(open?.line == 2)
    let after = #expect(throws: InputError.self) { try rows("a,b\n1,\"x\"y\n") }
    #expect(after?.line == 2)
    #expect(after?.hint?.contains("doubled") == true)
  }

  @Test("any bytes give rows or a typed error")
  func mutated() {
    forEachSeed(200) { random in
      let alphabet = Array("\",\n\r\tab\u{FEFF}é".utf8)
      let bytes = (0..<random.index(below: 60)).map { _ in
        alphabet[random.index(below: alphabet.count)]
      }
      do {
        let read = try CSVReader().rows(of: InputBytes(bytes))
        try require(read.allSatisfy { !$0.cells.isEmpty }, "a row without cells")
      } catch is InputError {}
    }
  }
}
