import AmbitCorpus
import AmbitFormats
import AmbitTestSupport
import Foundation
import Testing

@Suite struct CheckpointArgumentsTests {
  let folder = TemporaryFolder()

  @discardableResult
  func write(_ name: String, _ fields: String = "") -> String {
    folder.write("{\"prompt\": \"q\", \"output\": \"a\"\(fields)}\n", to: name)
  }

  func names(_ arguments: CheckpointArguments) throws -> [String] {
    try arguments.resolve().checkpoints.map(\.name)
  }

  @Test("an argument that exists is a path, else the name ends at the first =") func equals() throws
  {
    let base = write("base.jsonl")
    let odd = write("lr=1e-5=x.jsonl")
    #expect(try names(CheckpointArguments(["b=\(base)", odd])) == ["b", "lr=1e-5=x"])
    #expect(try names(CheckpointArguments(["b=\(odd)", "c=\(base)"])) == ["b", "c"])
    #expect(
      try names(CheckpointArguments(["../../x=\(odd)", "a/b=\(base)"])) == ["../../x", "a/b"])
  }

  @Test("only known suffixes fall off a name") func suffixes() throws {
    for (name, expected) in [
      ("phi-1.5.jsonl", "phi-1.5"), ("a.jsonl.gz", "a"), ("b.txt.jsonl", "b.txt"),
      ("llama-3.1", "llama-3.1"),
      ("c.JSON", "c"), ("step.900.csv.zst", "step.900"), ("d.gz", "d"),
    ] {
      #expect(FileName.stem(of: name) == expected)
    }
  }

  @Test("a folder, a pattern and a shell's expansion come in natural order") func order() throws {
    for step in [12_000, 900, 48_000] { write("step-\(step).jsonl") }
    folder.write("{\"question_id\": 1, \"text\": \"q\"}\n", to: "question.jsonl")
    folder.write("what is here", to: "README.txt")
    folder.write("p\n", to: "v.ids.txt")
    let expected = ["step-900", "step-12000", "step-48000"]
    let resolved = try CheckpointArguments([folder.path]).resolve()
    #expect(resolved.checkpoints.map(\.name) == expected)
    #expect(resolved.notices.map(\.code) == [.fileSkipped, .baselineChosen])
    #expect(try names(CheckpointArguments([folder.path(of: "step-*.jsonl")])) == expected)
    let expanded = ["step-12000", "step-48000", "step-900"].map { folder.path(of: "\($0).jsonl") }
    let base = write("zero/base.jsonl")
    #expect(try names(CheckpointArguments(["base=\(base)"] + expanded)) == ["base"] + expected)
    #expect(
      try names(CheckpointArguments([expanded[2], expanded[0]])) == ["step-900", "step-12000"])
    #expect(
      try names(CheckpointArguments([expanded[1], expanded[2], expanded[0]])) == [
        "step-48000", "step-900", "step-12000",
      ], "an order that is no shell's is the user's")
  }

  @Test("an order is the user's unless a folder, a pattern or the alphabet gave it")
  func orderGiven() throws {
    let paths = ["base", "dpo", "sft"].map { write("\($0).jsonl") }
    func isGiven(_ words: [String]) throws -> Bool {
      try CheckpointArguments(words).resolve().isOrderGiven
    }
    #expect(try !isGiven([folder.path]))
    #expect(try !isGiven([folder.path(of: "*.jsonl")]))
    #expect(try !isGiven(paths), "a shell's expansion looks like this")
    #expect(try isGiven([paths[0], paths[2], paths[1]]))
    #expect(try isGiven(zip(["base", "dpo", "sft"], paths).map { "\($0)=\($1)" }))
    #expect(try isGiven([paths[0], paths[1]]))
  }

  @Test("a file with several labels is several checkpoints, unless it is named") func labels()
    throws
  {
    let rows = [("m", 900), ("m", 12_000), ("n", 900), ("n", 12_000)]
    func file(_ name: String, _ fields: ((String, Int)) -> String) -> String {
      folder.write(
        rows.map { "{\"prompt\": \"q\", \"output\": \"a\", \(fields($0))}\n" }.joined(), to: name)
    }
    let generators = file("g.jsonl") { "\"generator\": \"\($0.0)\"" }
    #expect(try names(CheckpointArguments([generators])) == ["m", "n"])
    let steps = file("s.jsonl") { "\"step\": \($0.1)" }
    #expect(try names(CheckpointArguments([steps])) == ["step-900", "step-12000"])
    let both = file("b.jsonl") { "\"model\": \"\($0.0)\", \"step\": \($0.1)" }
    #expect(
      try names(CheckpointArguments([both])) == [
        "m step-900", "m step-12000", "n step-900", "n step-12000",
      ])
    #expect(
      try names(CheckpointArguments([both], nameSource: .step)) == ["step-900", "step-12000"])
    let named = try CheckpointArguments(["one=\(both)", "two=\(generators)"]).resolve()
    #expect(named.checkpoints.map(\.name) == ["one", "two"])
    #expect(named.checkpoints[0].records.map(\.sample) == [0, 1, 2, 3])
    #expect(named.notices.contains { $0.code == .duplicateSamples && $0.count == 3 })
  }

  @Test("files of one name take their generators' names") func nameFrom() throws {
    let files = ["phi-2", "phi-2-dpo"].map {
      write("\($0)/model_outputs.jsonl", ", \"generator\": \"\($0)\"")
    }
    let error = #expect(throws: InputError.self) { try names(CheckpointArguments(files)) }
    #expect(error?.code == .selection)
    #expect(error?.message.contains("model_outputs") == true)
    #expect(error?.hint?.contains("--name-from generator") == true)
    #expect(
      try names(CheckpointArguments(files, nameSource: .generator)) == ["phi-2", "phi-2-dpo"])
  }

  @Test("baseline and drop go by name") func selection() throws {
    let files = ["a", "b", "c"].map { write("\($0).jsonl") }
    let resolved = try CheckpointArguments(files, baseline: "c", dropped: ["b"]).resolve()
    #expect(resolved.checkpoints.map(\.name) == ["a", "c"])
    #expect(resolved.baselineIndex == 1)
    #expect(resolved.notices.map(\.code) == [.checkpointDropped])
    for arguments in [
      CheckpointArguments(files, baseline: "bb"), CheckpointArguments(files, dropped: ["bb"]),
      CheckpointArguments(files, baseline: "b", dropped: ["b"]),
    ] {
      let error = #expect(throws: InputError.self) { try arguments.resolve() }
      #expect(error?.code == .selection)
      #expect(error?.hint != nil)
    }
  }

  @Test("what does not make a study is said") func faults() throws {
    let base = write("base.jsonl")
    func code(_ words: String...) -> InputError.Code? {
      do {
        _ = try CheckpointArguments(words).resolve()
        return nil
      } catch { return (error as? InputError)?.code }
    }
    #expect(code("base=\(base)") == .selection)
    #expect(code() == .selection)
    #expect(code("a=\(base)", "a=\(base)") == .selection)
    #expect(code("a=\(base)", "b=\(folder.path)") == .selection)
    #expect(code("a=\(base)", "=\(base)") == .selection)
    #expect(code("a=\(base)", "b=") == .selection)
    #expect(code("a=\(base)", folder.path(of: "bsae.jsonl")) == .missing)
    #expect(code("a=\(base)", folder.path(of: "*.nothing")) == .missing)
    #expect(code("-", "-") == .selection)
    try FileManager.default.createDirectory(
      atPath: folder.path(of: "none"), withIntermediateDirectories: true)
    #expect(code("a=\(base)", folder.path(of: "none")) == .selection)
    let questions = folder.write("{\"question_id\": 1, \"text\": \"q\"}\n", to: "question.jsonl")
    #expect(code("a=\(base)", "b=\(questions)") == .selection)
  }

  @Test("settings that differ between checkpoints are said") func decoding() throws {
    let files = [0.7, 1.0].map { write("t\($0).jsonl", ", \"temperature\": \($0)") }
    let notices = try CheckpointArguments(files).resolve().notices
    #expect(notices.map(\.code) == [.decodingDiffers], "the words were in order")
    #expect(notices[0].text.contains("temperature (t0.7 0.7, t1.0 1"))
  }

  @Test("names become safe, distinct stems") func stems() {
    let names = [
      "base", "Base", "../../x", "a/b", "a-b", "", ".", "..", "\u{7}\n", "phi-2.5+x", "模型",
      ".hidden", String(repeating: "漢", count: 100), "step 900",
    ]
    let stems = FileNameStems.stems(for: names)
    #expect(Set(stems.map { $0.lowercased() }).count == names.count)
    for stem in stems {
      #expect(!stem.isEmpty && stem.utf8.count <= 100)
      #expect(!stem.hasPrefix(".") && !stem.contains("/"))
      #expect(stem.unicodeScalars.allSatisfy { $0.properties.generalCategory != .control })
    }
    #expect(stems[9] == "phi-2.5+x")
    #expect(stems[10] == "模型")
    #expect(FileNameStems.stems(for: names.reversed()) == stems.reversed())
    #expect(FileNameStems.stem(for: "sft") == "sft")
  }
}
