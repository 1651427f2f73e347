import AmbitFormats
import AmbitMatrix
import AmbitTestSupport
import Testing

@Suite struct JSONRoundTripTests {
  @Test("what is written reads back the same, compact and pretty")
  func roundTrip() {
    let parser = JSONParser()
    forEachSeed(300) { random in
      let value = RandomJSON.value(&random)
      for isPretty in [false, true] {
        let bytes = JSONWriter(isPretty: isPretty).bytes(value)
        let read = try parser.parse(InputBytes(bytes)).tree
        try require(read == value, "\(JSONWriter().string(value)) read back as \(read)")
      }
      try require(parser.repairs == JSONRepairs(), "the writer's output needed mending")
    }
  }

  @Test("lines hold no separator but their ends")
  func lines() {
    forEachSeed(100) { random in
      let values = (0..<5).map { _ in RandomJSON.value(&random) }
      let bytes = JSONWriter().lines(values)
      let input = InputBytes(bytes)
      try require(input.lineRanges.count == 5, "\(input.lineRanges.count) lines of 5 values")
      let scalars = String(decoding: bytes, as: UTF8.self).unicodeScalars
      try require(
        !scalars.contains { ["\u{85}", "\u{2028}", "\u{2029}", "\r"].contains($0) },
        "a raw line separator")
      let parser = JSONParser()
      let read = try input.lineRanges.map { try parser.parse(input, in: $0).tree }
      try require(read == values, "other values came back")
    }
  }

  @Test("members keep their order, and of two with one name the last counts")
  func order() throws {
    let parser = JSONParser()
    let tree = try parser.parse(InputBytes(#"{"b":1,"a":2,"é":3,"b":4}"#.utf8)).tree
    #expect(tree.object?.members.map(\.name) == ["b", "a", "é"])
    #expect(tree["b"] == 4)
    #expect(try parser.parse(InputBytes(#"{"b":1,"b":4}"#.utf8)).member("b")?.integer == 4)
    var object: JSONObject = ["x": 1, "y": 2]
    object["x"] = nil
    object["z"] = [true, nil ?? .null, 1.5]
    #expect(JSONWriter().string(.object(object)) == #"{"y":2,"z":[true,null,1.5]}"#)
    #expect(
      JSONWriter(isPretty: true).string(["a": [], "b": [1]]) == """
        {
          "a": [],
          "b": [
            1
          ]
        }
        """)
    #expect(
      JSONWriter().string([.number(.nan), .number(-.infinity), .number(-0.0), 1e300])
        == "[null,null,0,1e+300]")
  }
}
