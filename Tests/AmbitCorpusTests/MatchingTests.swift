import AmbitCorpus
import AmbitFormats
import AmbitMatrix
import AmbitTestSupport
import Testing

@Suite struct MatchingTests {
  static func checkpoint(
    _ name: String, _ records: [Record]
  ) -> Checkpoint {
    Checkpoint(
      name: name,
      file: OutputFile(
        path: "\(name).jsonl", kind: .outputs, format: "test", why: "", records: records,
        rowCount: records.count, ignoredFields: [], decoding: [], vectors: nil, notices: [],
        sha256: ""))
  }

  /// A random corpus: prompts that some checkpoints lack, uneven sample counts, some empty outputs.
  static func corpus(_ random: inout SplitMix64, byID: Bool) -> [Checkpoint] {
    let prompts = 1 + random.index(below: 12)
    return (0..<2 + random.index(below: 3)).map { index in
      var records: [Record] = [
        Record(promptID: byID ? "p0" : nil, prompt: "Prompt 0", output: "always", sample: 99)
      ]
      for prompt in 0..<prompts where random.index(below: 5) > 0 {
        for sample in 0..<random.index(below: 7) {
          records.append(
            Record(
              promptID: byID ? "p\(prompt)" : nil, prompt: " Prompt \(prompt)\n",
              output: random.index(below: 8) == 0 ? " \n" : "out \(index) \(sample)",
              sample: sample))
        }
      }
      random.shuffle(&records)
      return checkpoint("c\(index)", records)
    }
  }

  static func kept(_ corpus: MatchedCorpus, _ name: String) -> [[String]] {
    let index = corpus.checkpointNames.firstIndex(of: name)!
    return corpus.records(of: index).map { [TextTrimming.trimmed($0.prompt!), "\($0.sample)"] }
  }

  @Test("the same rows are kept whatever the order of the checkpoints and records")
  func orderDoesNotMatter() {
    forEachSeed(150) { random in
      let checkpoints = Self.corpus(&random, byID: random.index(below: 2) == 0)
      let seed = random.next()
      let mode = MatchMode.allCases[random.index(below: 3)]
      let first = try Matching(mode: mode, seed: seed).match(checkpoints)
      var shuffled = checkpoints
      random.shuffle(&shuffled)
      for index in shuffled.indices { random.shuffle(&shuffled[index].records) }
      let second = try Matching(mode: mode, seed: seed).match(
        shuffled, baseline: random.index(below: shuffled.count))
      try require(first.prompts.map(\.id) == second.prompts.map(\.id), "other prompts")
      for name in first.checkpointNames {
        try require(Self.kept(first, name) == Self.kept(second, name), "other rows of \(name)")
      }
    }
  }

  @Test("per prompt every checkpoint keeps the smallest count, and the offsets say where")
  func counts() {
    forEachSeed(150) { random in
      let checkpoints = Self.corpus(&random, byID: true)
      let matched = try Matching(seed: random.next()).match(checkpoints)
      func count(_ checkpoint: Checkpoint, _ id: String) -> Int {
        checkpoint.records.count { $0.promptID == id && !$0.isEmpty }
      }
      let ids = Set(checkpoints.flatMap { $0.records.map { $0.promptID! } })
      let smallest = ids.map { id in checkpoints.map { count($0, id) }.min()! }.filter { $0 > 0 }
        .sorted()
      let doubled = smallest[(smallest.count - 1) / 2] + smallest[smallest.count / 2]
      let expected = ids.filter { id in
        let least = checkpoints.map { count($0, id) }.min()!
        return least > 0 && 4 * least >= doubled
      }
      try require(Set(matched.prompts.map(\.id)) == expected, "other prompts kept")
      try require(
        matched.report.promptsWithFewSamples == smallest.count - expected.count, "few samples")
      try require(
        matched.report.promptsUnshared == ids.filter { id in
          checkpoints.contains { count($0, id) > 0 }
        }.count - smallest.count, "unshared")
      for (index, checkpoint) in checkpoints.enumerated() {
        try require(matched.promptOffsets[index] == matched.promptOffsets[0], "offsets differ")
        try require(matched.rows[index].count == matched.promptOffsets[index].last, "row count")
        let records = matched.records(of: index)
        try require(!records.contains { $0.isEmpty }, "an empty output was kept")
        for (position, prompt) in matched.prompts.enumerated() {
          let range =
            matched.promptOffsets[index][position]..<matched.promptOffsets[index][position + 1]
          try require(range.count == checkpoints.map { count($0, prompt.id) }.min()!, "r_p")
          try require(records[range].allSatisfy { $0.promptID == prompt.id }, "another prompt")
          let samples = records[range].map(\.sample)
          try require(samples == samples.sorted() && Set(samples).count == samples.count, "samples")
        }
        try require(
          matched.report.checkpoints[index].emptyDropped
            == checkpoint.records.count(where: \.isEmpty),
          "empties")
      }
    }
  }

  @Test("the choice of samples is uniform and depends on the seed")
  func choice() {
    var hits = [Int](repeating: 0, count: 10)
    for seed in 0..<4_000 {
      let hash = SampleChoice.hash(ofPrompt: "prompt \(seed % 7)")
      let ranks = (0..<10).map {
        SampleChoice.rank(seed: UInt64(seed), promptHash: hash, sample: $0)
      }
      #expect(Set(ranks).count == 10)
      hits[ranks.firstIndex(of: ranks.min()!)!] += 1
    }
    // Binomial(4000, 1/10): mean 400, standard deviation 19; five of them.
    #expect(hits.allSatisfy { abs($0 - 400) < 95 }, "\(hits)")
  }

  @Test("by n, all keep as many records as the smallest has") func byN() {
    forEachSeed(60) { random in
      let checkpoints = Self.corpus(&random, byID: false)
      let matched = try Matching(mode: .n, seed: 3).match(checkpoints)
      let least = checkpoints.map { $0.records.count { !$0.isEmpty } }.min()!
      try require(matched.rows.allSatisfy { $0.count == least }, "other counts")
      for offsets in matched.promptOffsets {
        try require(offsets.count == matched.prompts.count + 1 && offsets.last == least, "offsets")
      }
    }
  }

  @Test("files without prompts are samples of one unnamed prompt") func withoutPrompts() throws {
    let five = (0..<5).map { Record(output: "a\($0)", sample: $0) }
    let three = (0..<3).map { Record(output: "b\($0)", sample: $0) }
    let matched = try Matching().match([
      Self.checkpoint("a", five), Self.checkpoint("b", three),
    ])
    #expect(!matched.hasPrompts)
    #expect(matched.prompts == [.init(id: "", text: nil)])
    #expect(matched.promptOffsets == [[0, 3], [0, 3]])
    #expect(matched.report.notices.map(\.code) == [.samplesDropped, .noPrompts])
    let mixed = [
      Self.checkpoint("a", five),
      Self.checkpoint("c", [Record(prompt: "q", output: "x")]),
    ]
    let error = #expect(throws: InputError.self) { try Matching().match(mixed) }
    #expect(error?.code == .unmatched)
    #expect(error?.hint?.contains("--match none") == true)
    let whole = try Matching(mode: .none).match(mixed)
    #expect(whole.rows.map(\.count) == [5, 1])
    #expect(
      whole.report.notices.last?.text == "a names no prompts, so all outputs are compared without")
  }

  @Test("ids count only where every file has them; else trimmed texts") func keys() throws {
    let withIDs = Self.checkpoint("a", [Record(promptID: "7", prompt: " Hi\n", output: "x")])
    let without = Self.checkpoint("b", [Record(prompt: "Hi", output: "y")])
    let matched = try Matching().match([withIDs, without])
    #expect(matched.prompts.map(\.text) == [" Hi\n"])
    #expect(matched.prompts[0].id == "text-" + SHA256.hexadecimal(of: "Hi").prefix(12))
    let other = Self.checkpoint("c", [Record(promptID: "7", prompt: "Bye", output: "z")])
    let byID = try Matching().match([withIDs, other])
    #expect(byID.prompts.map(\.id) == ["7"])
    #expect(byID.report.notices.map(\.code) == [.idTextConflict])
    #expect(byID.report.notices[0].count == 1)
    let error = #expect(throws: InputError.self) { try Matching().match([without, other]) }
    #expect(error?.code == .unmatched)
    #expect(error?.message.contains("no prompt is shared") == true)
  }

  @Test("where ids differ but texts agree, the hint names the field") func textsAgree() {
    func file(_ name: String, _ id: String, _ field: String) -> Checkpoint {
      var checkpoint = Self.checkpoint(name, [Record(promptID: id, prompt: "Hi", output: "x")])
      checkpoint.source.promptField = field
      return checkpoint
    }
    let error = #expect(throws: InputError.self) {
      try Matching().match([file("a", "1", "question"), file("b", "2", "question")])
    }
    #expect(error?.hint?.contains("--id-field question matches by text") == true)
    let mixed = #expect(throws: InputError.self) {
      try Matching().match([file("a", "1", "question"), file("b", "2", "prompt")])
    }
    #expect(mixed?.hint?.contains("--id-field") == false)
    #expect(mixed?.hint?.contains("texts of the prompts agree") == true)
  }

  @Test("each checkpoint's own prompts are counted") func promptsKept() throws {
    func records(_ count: Int) -> [Record] {
      (0..<count).map { Record(prompt: "p\($0)", output: "x") }
    }
    let pair = [Self.checkpoint("a", records(4)), Self.checkpoint("b", records(8))]
    #expect(
      try Matching(mode: .none).match(pair).report.checkpoints.map(\.promptsKept) == [4, 8])
    #expect(try Matching().match(pair).report.checkpoints.map(\.promptsKept) == [4, 4])
  }

  @Test("notices count in words that fit one and many") func wording() throws {
    func records(_ count: Int, empty: Int = 0) -> [Record] {
      (0..<count).map { Record(prompt: "p\($0)", output: $0 < empty ? "" : "x") }
    }
    let notices = try Matching().match([
      Self.checkpoint("a", records(10)), Self.checkpoint("b", records(10)),
      Self.checkpoint("c", records(10, empty: 1)),
    ]).report.notices
    #expect(
      notices.map(\.description) == [
        "c: 1 of 10 outputs is empty and was dropped",
        "matched to the 9 prompts that all have (a 10, b 10, c 10); 1 dropped",
        "c: answers only 9 of the others' 10 prompts (1 empty output); without it 10 would count",
      ])
    #expect(notices.last?.hint == "--drop c")
    let twice = try Matching().match([
      Self.checkpoint(
        "a", [Record(prompt: "q", output: "x"), Record(prompt: "q", output: "y", sample: 1)]),
      Self.checkpoint("b", [Record(prompt: "q", output: "x")]),
    ]).report.notices
    #expect(
      twice.map(\.text) == [
        "matched to 1 sample a prompt, 1 output a checkpoint (outputs: a 2, b 1)"
      ])
  }

  @Test("a name cannot steer the terminal") func controlCharacters() throws {
    let name = "evil\u{1B}[31m\nname"
    let notices = try Matching().match([
      Self.checkpoint(name, (0..<9).map { Record(prompt: "p\($0)", output: $0 < 5 ? "" : "x") }),
      Self.checkpoint("b", (0..<9).map { Record(prompt: "p\($0)", output: "x") }),
      Self.checkpoint("c", (0..<9).map { Record(prompt: "p\($0)", output: "x") }),
    ]).report.notices
    #expect(notices.count == 3)
    for notice in notices {
      let shown = notice.description + (notice.hint ?? "")
      #expect(!shown.unicodeScalars.contains { $0.properties.generalCategory == .control })
    }
    #expect(notices[0].description.hasPrefix("evil\u{FFFD}[31m\u{FFFD}name: 5 of 9"))
    let error = InputError(.unmatched, "`\(name)` is odd", hint: "drop \(name)")
    #expect(!(error.description + error.hint!).unicodeScalars.contains("\u{1B}"))
  }

  @Test("nothing but empty outputs, and one checkpoint alone, are errors") func nothingLeft() {
    let full = Self.checkpoint("a", [Record(prompt: "q", output: "x")])
    let empty = Self.checkpoint("b", [Record(prompt: "q", output: " \u{A0}\n")])
    #expect(throws: InputError.self) { try Matching().match([full, empty]) }
    #expect(throws: Never.self) { try Matching(keepsEmpty: true).match([full, empty]) }
    #expect(throws: InputError.self) { try Matching().match([full]) }
    #expect(throws: Never.self) { try Matching().match([full], allowsOne: true) }
  }

  @Test("prompts come in natural order of their ids") func promptOrder() throws {
    let records = ["10", "9", "1", "02", "b", "a"].map {
      Record(promptID: $0, prompt: $0, output: "x")
    }
    let matched = try Matching().match([
      Self.checkpoint("a", records), Self.checkpoint("b", records.reversed()),
    ])
    #expect(matched.prompts.map(\.id) == ["1", "02", "9", "10", "a", "b"])
  }

  @Test("rows that were matched before stay as they are") func matchedBefore() throws {
    // Too few samples of `c` for a first matching to keep it.
    let records: [Record] = [("b", 5), ("a", 5), ("c", 1)].flatMap { id, count in
      (0..<count).map { Record(promptID: id, output: "x", sample: $0) }
    }
    var matching = Matching()
    #expect(
      try matching.match([Self.checkpoint("m", records), Self.checkpoint("n", records)])
        .prompts.map(\.id) == ["a", "b"])
    matching.keepsOrder = true
    let kept = try matching.match([Self.checkpoint("m", records), Self.checkpoint("n", records)])
    #expect(kept.prompts.map(\.id) == ["b", "a", "c"])
    #expect(kept.rows == [Array(0..<11), Array(0..<11)])
    let fewer = try matching.match([
      Self.checkpoint("m", records), Self.checkpoint("n", records.dropLast()),
    ])
    #expect(fewer.prompts.map(\.id) == ["b", "a"])
  }
}
