import AmbitCorpus
import AmbitFormats
import AmbitMatrix
import AmbitTestSupport
import Testing

@Suite struct InspectionTests {
  let folder = TemporaryFolder()

  func inspection(_ text: String, _ name: String) throws -> Inspection {
    var file = try OutputFile(path: folder.write(text, to: name))
    file.path = name
    return Inspection(file)
  }

  static let rows = """
    {"prompt_id": 1, "prompt": "q", "output": "one two three", "model": "m", "temperature": 0.7, "kind": "x"}
    {"prompt_id": 1, "prompt": "q", "output": " one two three\\n", "model": "m", "temperature": 0.7}
    {"prompt_id": 2, "prompt": "r", "output": "да", "model": "n", "temperature": 1.0, "note": 1}
    {"prompt_id": 2, "prompt": "r", "output": " ", "model": "n", "temperature": 1.0, "note": 1}
    """

  @Test("the lines for people") func text() throws {
    #expect(
      try inspection(Self.rows, "x.jsonl").text == """
        x.jsonl
          format          JSON Lines: one JSON value a line, `output` holds the output
          records         4
          prompts         2 by id; 2 checkpoints, 2 samples of a prompt each
          checkpoints     2 named in the file: m, n
          words           mean 1.8, median 2
          empty           1 (25.0 %)
          duplicates      1 (25.0 %)
          scripts         Latin 91.7 %, Cyrillic 8.3 %
          decoding        temperature 0.7, 1
          fields ignored  kind, note

        """)
    #expect(
      try inspection("a b c\n", "y.txt").text == """
        y.txt
          format          plain text: lines of text, one output each
          records         1
          prompts         none
          words           mean 3.0, median 3
          empty           0
          duplicates      0
          scripts         Latin 100.0 %
          fields ignored  none

        """)
  }

  @Test("the keys for programs") func json() throws {
    let value = Inspection.json([
      try inspection(Self.rows, "x.jsonl"), try inspection("a\n", "y.txt"),
    ])
    #expect(
      JSONWriter().string(value) == """
        {"files":[{"path":"x.jsonl","format":"JSON Lines","why":"one JSON value a line, `output` holds \
        the output","records":4,"prompts":2,"samples_per_prompt":{"min":2,"max":2},"mean_words":1.75,\
        "median_words":2,"empty":1,"duplicates":1,"scripts":{"Latin":0.9167,"Cyrillic":0.0833},\
        "ignored_fields":["kind","note"]},{"path":"y.txt","format":"plain text","why":\
        "lines of text, one output each","records":1,"prompts":0,"samples_per_prompt":{"min":null,"max":\
        null},"mean_words":1,"median_words":1,"empty":0,"duplicates":0,"scripts":{"Latin":1},\
        "ignored_fields":[]}]}
        """)
  }

  @Test("a path cannot steer the terminal") func controlCharacters() throws {
    let text = try inspection("a\n", "evil\u{1B}[31m\nname.txt").text
    #expect(!text.unicodeScalars.contains("\u{1B}"))
    #expect(text.hasPrefix("evil\u{FFFD}[31m\u{FFFD}name.txt\n"))
  }

  @Test("counts agree with a plain recount") func recount() {
    forEachSeed(60) { random in
      let pool = ["a", "b b", " b b ", "", " \t", "c\u{A0}d e", "漢字"]
      let rows = (0..<1 + random.index(below: 30)).map { _ in
        (prompt: random.index(below: 4), output: pool[random.index(below: pool.count)])
      }
      let lines = JSONWriter().lines(
        rows.map { ["prompt": .string("p\($0.prompt)"), "response": .string($0.output)] })
      let found = Inspection(
        try OutputFile(
          InputFile(path: "x.jsonl", packed: lines), options: ReadingOptions()))
      let words = rows.map { Double($0.output.split(whereSeparator: \.isWhitespace).count) }
        .sorted()
      let perPrompt = Dictionary(grouping: rows, by: \.prompt).mapValues(\.count)
      let texts = rows.map {
        $0.output.split(whereSeparator: \.isWhitespace).isEmpty
          ? "" : TextTrimming.trimmed($0.output)
      }
      try require(found.records == rows.count, "records")
      try require(found.prompts == perPrompt.count, "prompts")
      try require(
        found.samplesPerPrompt == perPrompt.values.min()!...perPrompt.values.max()!, "samples")
      try require(
        agree(found.meanWords!, words.reduce(0, +) / Double(words.count), relative: 1e-12), "mean")
      try require(
        found.medianWords! == (words[(words.count - 1) / 2] + words[words.count / 2]) / 2, "median")
      try require(found.empty == texts.count { $0.isEmpty }, "empty")
      try require(found.duplicates == texts.count - Set(texts).count, "duplicates")
      try require(
        found.scripts.isEmpty
          || agree(found.scripts.reduce(0) { $0 + $1.share }, 1, relative: 1e-12),
        "shares")
    }
  }
}
