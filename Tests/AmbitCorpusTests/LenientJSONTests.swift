import AmbitCorpus
import AmbitTestSupport
import Testing

/// What Python's `json` writes and the standard forbids, through the whole reader.
@Suite struct LenientJSONTests {
  let folder = TemporaryFolder()

  func read(_ row: String) throws -> OutputFile {
    try OutputFile(path: folder.write(row + "\n", to: "x.jsonl"))
  }

  @Test func scores() throws {
    for (score, value) in [
      ("NaN", nil), ("Infinity", nil), ("0.5", 0.5), ("true", 1), ("\"2\"", 2), ("null", nil),
    ] as [(String, Double?)] {
      let file = try read("{\"prompt\": \"q\", \"output\": \"a\", \"score\": \(score)}")
      #expect(file.records.map(\.score) == [value])
      #expect(
        file.notices.map(\.code) == (score == "NaN" || score == "Infinity" ? [.mendedJSON] : []))
    }
  }

  @Test("ids beyond 64 bits stay apart") func largeIDs() throws {
    let ids = ["123456789012345678901234567890", "123456789012345678901234567891"]
    let file = try read(
      ids.map { "{\"prompt_id\": \($0), \"output\": \"a\"}" }.joined(separator: "\n"))
    #expect(file.records.map(\.promptID) == ids)
    #expect(file.notices.first { $0.code == .mendedJSON }?.count == 2)
  }

  @Test func surrogates() throws {
    let file = try read(#"{"prompt": "q", "output": "\ud83d cut, \ud83d\ude00 whole"}"#)
    #expect(file.records.map(\.output) == ["\u{FFFD} cut, 😀 whole"])
    #expect(file.notices.map(\.count) == [1])
  }

  @Test("ids may be numbers or strings, and mean the same") func ids() throws {
    let numbers = try read(#"{"question_id": 81, "model_id": "m", "text": "a"}"#)
    let strings = try read(#"{"question_id": "81", "model_id": "m", "text": "a"}"#)
    #expect(numbers.records == strings.records)
    #expect(try read(#"{"prompt_id": 1.5, "output": "a"}"#).records[0].promptID == "1.5")
    #expect(try read(#"{"prompt_id": null, "output": "a"}"#).hasPrompts == false)
  }

  @Test("names differ in case, blanks and hyphens") func spelling() throws {
    let file = try read(#"{"Prompt": "q", "Generated Text": "a", "model-name": "m"}"#)
    #expect(file.records == [Record(prompt: "q", output: "a", generator: "m", line: 1)])
    #expect(file.ignoredFields.isEmpty)
  }

  @Test("text in shapes that services send") func shapes() throws {
    for output in [
      #""a""#, #"{"text": "a"}"#, #"{"content": "a"}"#, #"{"message": {"content": "a"}}"#,
      #"[{"role": "assistant", "content": "a"}]"#,
      #"{"content": [{"type": "text", "text": "a"}]}"#, #"[{"type": "text", "text": "a"}]"#,
    ] {
      let file = try read("{\"prompt\": \"q\", \"output\": \(output)}")
      #expect(file.records.map(\.output) == ["a"], "\(output)")
    }
  }
}
