import AmbitCorpus
import AmbitFormats
import AmbitTestSupport
import Testing

@Suite struct FormatDetectionTests {
  struct Sample: Sendable, CustomTestStringConvertible {
    let format: String
    let text: String
    let outputs: [String]
    let prompts: [String?]
    var testDescription: String { "\(format): \(text.prefix(60))" }

    init(_ format: String, _ text: String, _ outputs: [String], _ prompts: [String?]) {
      self.format = format
      self.text = text
      self.outputs = outputs
      self.prompts = prompts
    }
  }

  static let samples = [
    Sample(
      "JSON Lines",
      #"{"question": "q", "answer": "a"}"# + "\n" + #"{"question": "r", "answer": "b"}"#,
      ["a", "b"], ["q", "r"]),
    Sample("JSON Lines", #"{"prompt": "q", "generations": ["a", "b"]}"#, ["a", "b"], ["q", "q"]),
    Sample(
      "JSON Lines",
      #"{"input": "q", "completions": [{"text": "a"}, {"message": {"content": "b"}}]}"#,
      ["a", "b"], ["q", "q"]),
    Sample(
      "JSON", "[\n {\"instruction\": \"q\", \"input\": \"x\", \"output\": [\"a\", \"b\"]}\n]",
      ["a", "b"], ["q\n\nx", "q\n\nx"]),
    Sample("JSON", #"["a", "b"]"#, ["a", "b"], [nil, nil]),
    Sample(
      "JSON",
      "{\n\"model\": \"m\",\n\"data\": [{\"prompt\": \"q\", \"response\": \"a\"},\n{\"prompt\": \"r\", \"response\": null}]}",
      ["a", ""], ["q", "r"]),
    Sample(
      "AlpacaEval", #"[{"instruction": "q", "output": ["a", "b"], "generator": "m"}]"#, ["a", "b"],
      ["q", "q"]),
    Sample(
      "lm-eval samples",
      """
      {"doc_id": 3, "doc": {"question": "q"}, "target": "t", "arguments": [["Q: q", {"temperature": 0.6}]], "resps": [["a", "b"]], "filtered_resps": ["a"], "filter": "strict", "prompt_hash": "h"}
      {"doc_id": 3, "doc": {"question": "q"}, "target": "t", "arguments": [["Q: q", {"temperature": 0.6}]], "resps": [["a", "b"]], "filtered_resps": ["1"], "filter": "flexible", "prompt_hash": "h"}
      {"doc_id": 4, "doc": {"question": "r"}, "target": "t", "arguments": {"gen_args_0": {"arg_0": "Q: r", "arg_1": {"temperature": 0.6}}}, "resps": [["c"]], "filtered_resps": ["c"], "filter": "strict", "prompt_hash": "i"}
      """, ["a", "b", "c"], ["Q: q", "Q: q", "Q: r"]),
    Sample(
      "chat messages",
      #"{"messages": [{"role": "system", "content": "s"}, {"role": "user", "content": "q"}, {"role": "assistant", "content": "a"}]}"#,
      ["a"], ["system: s\n\nuser: q"]),
    Sample(
      "chat messages",
      #"[{"role": "user", "content": "q"}, {"role": "assistant", "content": [{"type": "text", "text": "a"}]}]"#
        + "\n" + #"[{"role": "user", "content": "r"}, {"role": "assistant", "content": "b"}]"#,
      ["a", "b"], ["q", "r"]),
    Sample(
      "chat messages",
      #"{"conversations": [{"from": "human", "value": "q"}, {"from": "gpt", "value": "a"}]}"#,
      ["a"], ["q"]),
    Sample(
      "JSON Lines",
      #"{"prompt": [{"role": "user", "content": "q"}], "completion": [{"role": "assistant", "content": "a"}], "step": 5}"#,
      ["a"], ["q"]),
    Sample(
      "FastChat answers",
      #"{"question_id": 81, "answer_id": "x", "model_id": "m", "choices": [{"index": 0, "turns": ["a", "later"]}], "tstamp": 1}"#,
      ["a"], [nil]),
    Sample(
      "CSV", "prompt,output\nq,\"a\nb\"\nr,\"c, \"\"d\"\"\"\n", ["a\nb", "c, \"d\""], ["q", "r"]),
    Sample("TSV", "prompt\toutput\r\nq\ta, b\r\n", ["a, b"], ["q"]),
    Sample("plain text", "a, b\n\n{not json}\n", ["a, b", "{not json}"], [nil, nil]),
    Sample("plain text", "[1] a note\nanother\n", ["[1] a note", "another"], [nil, nil]),
    Sample(
      "plain text", "Hello, world\nIt, too, has, commas\n",
      ["Hello, world", "It, too, has, commas"], [nil, nil]),
  ]

  @Test("content alone tells the format", arguments: samples) func detected(_ sample: Sample) throws
  {
    let folder = TemporaryFolder()
    let path = folder.write(sample.text, to: "file")
    let file = try OutputFile(path: path)
    #expect(file.format == sample.format)
    #expect(!file.why.isEmpty)
    #expect(file.records.map(\.output) == sample.outputs)
    #expect(file.records.map(\.prompt) == sample.prompts)
  }

  @Test(
    "byte order mark, CRLF, blank lines, no last newline and gzip change nothing",
    arguments: samples)
  func packed(_ sample: Sample) throws {
    let folder = TemporaryFolder()
    var text = sample.text
    if !text.contains("\r") && sample.format != "CSV" {
      text = "\u{FEFF}\r\n" + text.split(separator: "\n").joined(separator: "\r\n\r\n")
    }
    let plain = try OutputFile(path: folder.write(sample.text, to: "plain"))
    let packed = try OutputFile(path: folder.write(Gzip.compress(Array(text.utf8)), to: "packed"))
    #expect(packed.format == plain.format)
    #expect(packed.records.map(\.output) == plain.records.map(\.output))
    #expect(packed.records.map(\.prompt) == plain.records.map(\.prompt))
  }

  @Test("raw line separators stay inside their strings") func separators() throws {
    let folder = TemporaryFolder()
    let text = "a\u{2028}b\u{85}c\u{2029}d"
    let path = folder.write("{\"prompt\":\"q\",\"output\":\"\(text)\"}\n", to: "x.jsonl")
    #expect(try OutputFile(path: path).records.map(\.output) == [text])
  }

  @Test("rows of lm-eval that differ only in their filter are counted") func filters() throws {
    let folder = TemporaryFolder()
    let sample = Self.samples.first { $0.format == "lm-eval samples" }!
    let file = try OutputFile(path: folder.write(sample.text, to: "samples_x.jsonl"))
    #expect(file.notices.first { $0.code == .filteredRows }?.count == 1)
    #expect(file.records.map(\.promptID) == ["3", "3", "4"])
    #expect(file.records.map(\.sample) == [0, 1, 0])
    #expect(file.decoding == [DecodingSetting(name: "temperature", values: ["0.6"])])
  }

  @Test("an id that numbers rows is no prompt id; a prompt_id is") func rowNumbers() throws {
    let folder = TemporaryFolder()
    func text(_ field: String) -> String {
      (0..<12).map { "{\"\(field)\": \($0), \"prompt\": \"p\($0 / 3)\", \"output\": \"x\($0)\"}\n" }
        .joined()
    }
    let rows = try OutputFile(path: folder.write(text("id"), to: "a.jsonl"))
    #expect(rows.records.allSatisfy { $0.promptID == nil })
    #expect(rows.records.map(\.sample) == (0..<12).map { $0 % 3 })
    #expect(rows.notices.map(\.code) == [.idsIgnored])
    let prompts = try OutputFile(path: folder.write(text("prompt_id"), to: "b.jsonl"))
    #expect(prompts.records.map(\.promptID) == (0..<12).map { "\($0)" })
  }

  @Test("repeated sample numbers are settled and counted") func duplicates() throws {
    let folder = TemporaryFolder()
    let rows = [0, 0, 1, 0].map { "{\"prompt_id\": 1, \"output\": \"x\", \"sample\": \($0)}" }
    let file = try OutputFile(path: folder.write(rows.joined(separator: "\n"), to: "x.jsonl"))
    #expect(file.records.map(\.sample) == [0, 2, 1, 3])
    #expect(file.notices.first { $0.code == .duplicateSamples }?.count == 2)
  }

  @Test("fields that the user names win, dotted ones reach inside") func overrides() throws {
    let folder = TemporaryFolder()
    let path = folder.write(
      #"{"prompt": "no", "output": "no", "a.b": "dotted", "q": {"t": "yes"}, "r": [{"c": "out"}], "k": "7", "run": "m", "mark": true}"#,
      to: "x.jsonl")
    let file = try OutputFile(
      path: path,
      options: ReadingOptions(
        textField: "r.0.c", promptField: "q.t", idField: "a.b", sampleField: "k",
        checkpointField: "run", scoreField: "mark"))
    #expect(
      file.records == [
        Record(
          promptID: "dotted", prompt: "yes", output: "out", sample: 7, generator: "m", score: 1,
          line: 1)
      ])
    #expect(file.ignoredFields == ["prompt", "output"])
    let wrong = #expect(throws: InputError.self) {
      try OutputFile(path: path, options: ReadingOptions(promptField: "promt"))
    }
    #expect(wrong?.hint == "did you mean `prompt`?")
  }

  @Test("prompts are joined from the file that the user names") func prompts() throws {
    let folder = TemporaryFolder()
    let answers = folder.write(
      "{\"question_id\": 1, \"text\": \"a\", \"model_id\": \"m\"}\n", to: "answers.jsonl")
    let questions = folder.write(
      "prompt_id,prompt\n1,\"What, then?\"\n", to: "asked.csv")
    let alone = try OutputFile(path: answers)
    #expect(alone.notices.map(\.code) == [.promptsMissing])
    let error = #expect(throws: InputError.self) {
      try OutputFile(path: answers, options: ReadingOptions(promptsPath: questions + "x"))
    }
    #expect(error?.code == .missing)
    let more = folder.write(
      "{\"question_id\": 1, \"turns\": [\"What, then?\", \"And then?\"]}\n", to: "q.jsonl")
    let joined = try OutputFile(path: answers, options: ReadingOptions(promptsPath: more))
    #expect(joined.records.map(\.prompt) == ["What, then?"])
  }

  @Test("reasoning is stripped where asked") func thinking() throws {
    let folder = TemporaryFolder()
    let path = folder.write(
      #"{"prompt": "q", "output": "<think>hm</think>\n\nYes."}"#, to: "x.jsonl")
    let kept = try OutputFile(path: path)
    #expect(kept.records[0].output.hasPrefix("<think>"))
    let stripped = try OutputFile(path: path, options: ReadingOptions(stripsThinking: true))
    #expect(stripped.records[0].output == "Yes.")
    #expect(Thinking.stripped("hm</think> A") == "A")
    #expect(Thinking.stripped("a <think>never closed") == "a")
    #expect(Thinking.stripped("a<think>x</think>b<think>y</think>c") == "abc")
    #expect(Thinking.stripped(" a < b ") == " a < b ")
  }
}
