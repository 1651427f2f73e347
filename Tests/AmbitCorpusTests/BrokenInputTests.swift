import AmbitCorpus
import AmbitFormats
import AmbitMatrix
import AmbitTestSupport
import Testing

@Suite struct BrokenInputTests {
  let folder = TemporaryFolder()

  func error(_ text: String, _ name: String = "x.jsonl") -> InputError? {
    let path = folder.write(text, to: name)
    let error = #expect(throws: InputError.self) { try OutputFile(path: path) }
    #expect(error?.path == path)
    #expect(error?.hint?.isEmpty == false)
    return error
  }

  static func lines(_ count: Int, replacing line: Int, with text: String) -> String {
    (1...count).map { $0 == line ? text : "{\"prompt\": \"q\($0)\", \"output\": \"a\"}" }
      .joined(separator: "\n")
  }

  @Test("the error for a list where a string should be") func list() {
    let found = error(Self.lines(20, replacing: 17, with: #"{"prompt": "q", "output": ["a"]}"#))
    #expect(found?.code == .wrongType)
    #expect(
      found?.description.hasSuffix(
        "x.jsonl: line 17: field `output`: expected a string, found a list") == true)
    #expect(found?.hint?.contains("--text-field") == true)
  }

  @Test("a JSON array names the line of the file too") func array() {
    let rows = (1...9).map { "  {\"prompt\": \"q\",\n   \"output\": \($0 == 7 ? "5" : "\"a\"")}" }
    let text = "[\n" + rows.joined(separator: ",\n") + "\n]\n"
    let found = error(text, "x.json")
    #expect(found?.line == 14)
    #expect(found?.message == "expected a string, found a number")
    let broken = error(text.replacing("\"output\": 5}", with: "\"output\": \"a}"), "x.json")
    #expect(broken?.code == .malformed)
    #expect(broken?.line == 15 || broken?.line == 16)
    #expect(error("[\n{\"a\": 1},\n{\"b\" 2}\n]", "x.json")?.line == 3)
    #expect(error("[{\"output\": \"a\"}", "x.json")?.message.contains("ends inside") == true)
  }

  @Test func brokenLine17() {
    for line in ["{\"prompt\": \"q\", \"output\": \"never closed", "not json", "{\"prompt\": }"] {
      let found = error(Self.lines(60, replacing: 17, with: line))
      #expect(found?.code == .malformed)
      #expect(found?.line == 17)
      let late = error(Self.lines(90, replacing: 77, with: line))
      #expect(late?.line == 77)
    }
    #expect(error("{\"prompt\": \"q\", \"output\": \n{\"a\": 1}\n")?.line == 1)
    #expect(error("{\n \"prompt\": \"q\",\n \"output\" 5\n}", "x.json")?.line == 3)
  }

  @Test("other faults have their own messages") func others() {
    #expect(error(Self.lines(5, replacing: 3, with: "{\"prompt\": \"q\"}"))?.code == .missingField)
    #expect(error(Self.lines(5, replacing: 3, with: "[1]"))?.line == 3)
    #expect(
      error(Self.lines(5, replacing: 3, with: "5"))?.message == "expected an object, found a number"
    )
    #expect(
      error(#"{"prompt": "q", "output": "a", "sample": "x"}"#)?.field == "sample")
    #expect(
      error(#"{"prompt": "q", "output": "a", "score": [1], "sample": 1.5}"#)?.field == "sample")
    #expect(error(#"{"prompt": "q", "output": "a", "prompt_id": {}}"#)?.field == "prompt_id")
    #expect(error(#"{"prompt": "q", "outputs": ["a", 5]}"#)?.field == "outputs[1]")
    #expect(
      error(#"{"doc_id": 1, "resps": [[["-1.5", "False"]]]}"#)?.hint?.contains("generate_until")
        == true)
    #expect(
      error(#"{"messages": [{"role": "user", "content": "q"}]}"#)?.message.contains("assistant")
        == true)
    #expect(error(#"{"weight": 1, "height": 2}"#)?.hint?.contains("--text-field") == true)
    #expect(error("[]", "x.json")?.code == .empty)
    #expect(error("  \n \n")?.code == .empty)
    #expect(error("\u{0}\u{1}binary", "x.bin")?.message.contains("binary") == true)
    #expect(error("PAR1\u{15}\u{0}", "x.parquet")?.message.contains("Parquet") == true)
    #expect(error("prompt,output\nq,\"a\nb\"\nr\n", "x.csv")?.line == 4)
    #expect(error("prompt,output\nq,\"a\n", "x.csv")?.line == 2)
    #expect(error("prompt,output,score\nq,a,high\n", "x.csv")?.field == "score")
  }

  @Test("what promises JSON is never read as plain text") func notText() throws {
    #expect(error("[{\"output\":\"a\"}] xx", "x.txt")?.line == 1)
    #expect(error("[{\"output\":\"a\"}] xx", "x.json")?.code == .malformed)
    #expect(error("hello\n{\"output\": \"a\"}\n")?.line == 1)
    #expect(error("{\"output\": \"a\"", "x")?.line == 1)
    #expect(error("{'output': 'a'}\n{'output': 'b'}\n", "x.txt")?.code == .malformed)
    #expect(error("plain words\n", "x.json")?.code == .malformed)
    let packed = folder.write(Gzip.compress(Array("words\n".utf8)), to: "x.jsonl.gz")
    #expect(throws: InputError.self) { try OutputFile(path: packed) }
    let note = folder.write("[1] a note\n{so} it is\n", to: "y.txt")
    #expect(try OutputFile(path: note).format == "plain text")
  }

  @Test("tables without rows, columns named alike, rows without fields") func tables() {
    #expect(error("prompt,output\n", "x.csv")?.code == .empty)
    #expect(
      error("prompt,output,output\nq,a,b\n", "x.csv")?.message
        == "two columns are named `output`")
    #expect(error("[1, 2]", "x.json")?.message.hasSuffix("found a number") == true)
    #expect(error("[{}]", "x.json")?.message.contains("without fields") == true)
  }

  @Test("a prompts or ids file that is named is read, needed or not") func namedFiles() {
    let path = folder.write("{\"prompt\": \"q\", \"output\": \"a\"}\n", to: "full.jsonl")
    let nothing = folder.path(of: "nope")
    for (options, code) in [
      (ReadingOptions(promptsPath: nothing), InputError.Code.missing),
      (ReadingOptions(promptsPath: folder.path), .unreadable),
      (ReadingOptions(idsPath: nothing), .missing),
    ] {
      let error = #expect(throws: InputError.self) {
        try OutputFile(path: path, options: options)
      }
      #expect(error?.code == code)
    }
  }

  @Test("null outputs are counted apart") func nulls() throws {
    let text = #"{"prompt": "q", "output": null}"# + "\n" + #"{"prompt": "r", "output": NaN}"#
    let one = folder.write(String(text.split(separator: "\n")[0]) + "\n", to: "one.jsonl")
    let file = try OutputFile(path: one)
    #expect(file.notices.map(\.text) == ["1 output is null and counts as empty"])
    let two = try OutputFile(path: folder.write(text, to: "two.jsonl"))
    #expect(two.notices.first { $0.code == .nullOutputs }?.count == 2)
  }

  @Test("UTF-16 and invalid UTF-8") func encodings() throws {
    let utf16 = folder.write([0xFF, 0xFE, 0x41, 0x00], to: "x.txt")
    #expect(throws: InputError.self) { try OutputFile(path: utf16) }
    let latin = folder.write(Array("caf".utf8) + [0xE9, 0x0A], to: "latin.txt")
    let file = try OutputFile(path: latin)
    #expect(file.records.map(\.output) == ["caf\u{FFFD}"])
    #expect(file.notices.map(\.code) == [.invalidUTF8])
    #expect(file.notices[0].count == 1)
    let row = Array("{\"prompt\": \"q\", \"output\": \"caf".utf8) + [0xE9] + Array("\"}".utf8)
    let json = try OutputFile(path: folder.write(row, to: "latin.jsonl"))
    #expect(json.records.map(\.output) == ["caf\u{FFFD}"])
    #expect(json.notices.map(\.code) == [.invalidUTF8])
  }

  @Test("whatever happens to a file, it gives records or a typed error")
  func mutated() {
    let samples = FormatDetectionTests.samples
    forEachSeed(400) { random in
      let sample = samples[random.index(below: samples.count)]
      var bytes = Array(sample.text.utf8)
      for _ in 0...random.index(below: 4) where !bytes.isEmpty {
        let place = random.index(below: bytes.count)
        switch random.index(below: 5) {
        case 0: bytes[place] = UInt8(random.index(below: 256))
        case 1: bytes.removeSubrange(place...)
        case 2: bytes.remove(at: place)
        case 3:
          bytes.insert(
            contentsOf: Array("\"],{}\n,:null".utf8)[random.index(below: 12)...], at: place)
        default:
          // Another value for a field: cut from one colon to the next comma.
          if let colon = bytes[place...].firstIndex(of: UInt8(ascii: ":")),
            let comma = bytes[colon...].firstIndex(of: UInt8(ascii: ","))
          {
            bytes.replaceSubrange((colon + 1)..<comma, with: Array("[{}]".utf8))
          }
        }
      }
      guard !bytes.isEmpty else { return }
      do {
        let file = try OutputFile(
          InputFile(path: "mutated", packed: bytes), options: ReadingOptions())
        _ = Inspection(file).text
        let keys = file.records.map {
          [
            $0.promptID ?? $0.prompt.map(TextTrimming.trimmed) ?? "", $0.generator ?? "",
            $0.step ?? "", "\($0.sample)",
          ]
        }
        try require(Set(keys.map { $0.map { TextKey($0) } }).count == keys.count, "samples repeat")
      } catch let error as InputError {
        try require(error.path == "mutated", "no path in \(error)")
      }
    }
  }
}
