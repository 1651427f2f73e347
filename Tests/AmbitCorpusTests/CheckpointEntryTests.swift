import AmbitCorpus
import AmbitFormats
import AmbitTestSupport
import Testing

/// Entries of study files: gaps, steps, lineages, decoding, and files that cannot be used.
@Suite struct CheckpointEntryTests {
  let folder = TemporaryFolder()

  init() {
    for name in ["base", "dpo", "a/step-900", "a/step-12000", "b/step-900"] {
      write("\(name).jsonl")
    }
    folder.write("{\"output\": \"never", to: "bad.jsonl")
    folder.write("", to: "empty.jsonl")
  }

  func write(_ name: String, _ fields: String = "") {
    folder.write("{\"prompt\": \"q\", \"output\": \"a\"\(fields)}\n", to: name)
  }

  func entry(_ path: String, name: String? = nil, line: Int? = nil) -> CheckpointEntry {
    CheckpointEntry(name: name, path: folder.path(of: path), line: line)
  }

  func resolve(
    _ entries: [CheckpointEntry], _ change: (inout CheckpointArguments) -> Void = { _ in }
  ) throws -> CheckpointArguments.Resolved {
    var arguments = CheckpointArguments(arguments: entries.map { .entry($0) })
    change(&arguments)
    return try arguments.resolve()
  }

  func fault(
    _ entries: [CheckpointEntry], _ change: (inout CheckpointArguments) -> Void = { _ in }
  ) -> InputError? {
    do {
      _ = try resolve(entries, change)
      return nil
    } catch {
      return error as? InputError
    }
  }

  @Test func aGapNamesAndNumbersCheckpoints() throws {
    let found = try resolve([
      entry("base.jsonl"), entry("{run}/step-{step}.jsonl", name: "{run} {step}"),
    ])
    #expect(found.checkpoints.map(\.name) == ["base", "a 900", "a 12000", "b 900"])
    #expect(found.checkpoints.map(\.step) == [nil, 900, 12_000, 900])
    let words = try CheckpointArguments([
      "base=\(folder.path(of: "base.jsonl"))", folder.path(of: "a/step-{step}.jsonl"),
      "{x}!=\(folder.path(of: "b/{x}.jsonl"))",
    ]).resolve()
    #expect(words.checkpoints.map(\.name) == ["base", "step-900", "step-12000", "step-900!"])
    #expect(words.checkpoints.map(\.step) == [nil, 900, 12_000, nil])
  }

  @Test func aStepIsGivenOrReadFromTheRecords() throws {
    write("x.jsonl", ", \"step\": 70")
    var given = entry("dpo.jsonl")
    given.step = 3
    let found = try resolve([entry("base.jsonl"), given, entry("x.jsonl")])
    #expect(found.checkpoints.map(\.step) == [nil, 3, 70])
  }

  @Test func entriesNameTheirLineage() throws {
    var runs = entry("{run}/step-{step}.jsonl", name: "{run} {step}")
    runs.lineage = "seed {run}"
    let found = try resolve([entry("base.jsonl"), runs, entry("dpo.jsonl")])
    #expect(
      found.lineages == [
        CheckpointLineage(name: "seed a", members: [0, 1, 2]),
        CheckpointLineage(name: "seed b", members: [0, 3]),
      ])
  }

  @Test func listsNameTheirMembersInOrder() throws {
    let entries = [
      entry("base.jsonl"), entry("{run}/step-{step}.jsonl", name: "{run} {step}"),
      entry("dpo.jsonl"),
    ]
    let found = try resolve(entries) {
      $0.lineages = [
        LineageArgument(name: "tulu", members: ["base", "a *", "dpo"]),
        LineageArgument(name: "b", members: ["a 900", "b 900"]),
      ]
    }
    #expect(found.lineages.map(\.members) == [[0, 1, 2, 4], [1, 3]])
    let dropped = try resolve(entries) {
      $0.lineages = [LineageArgument(name: "tulu", members: ["base", "a 900", "dpo"])]
      $0.dropped = ["a 900"]
    }
    #expect(dropped.lineages.map(\.members) == [[0, 3]])
  }

  @Test(arguments: [
    ["base", "bse"], ["base", "x-*"], ["base", "base"], ["base", "*", "dpo"], ["dropped", "dpo"],
  ])
  func lineagesThatCannotBeAreErrors(_ members: [String]) {
    let error = fault([
      entry("base.jsonl"), entry("dpo.jsonl"), entry("dpo.jsonl", name: "dropped"),
    ]) {
      $0.lineages = [LineageArgument(name: "l", members: members, line: 9)]
      $0.dropped = ["dropped"]
    }
    #expect(error?.line == 9)
    #expect(error?.field == "lineages")
    #expect(error?.hint != nil)
  }

  @Test func typedLineagesAreRead() {
    #expect(
      LineageArgument("tulu = base, sft")
        == LineageArgument(name: "tulu", members: ["base", "sft"]))
    #expect(LineageArgument("base,sft,dpo")?.name == "dpo")
    #expect(LineageArgument("lora=step-*")?.members == ["step-*"])
    for text in ["", "base", "=a,b", "a,,b", ",a"] { #expect(LineageArgument(text) == nil) }
  }

  @Test(
    arguments: [
      ("{run}.jsonl", "{step}"), ("base.jsonl", "{step}"), ("*.jsonl", "x"), ("a", "x"),
      ("none-{step}.jsonl", nil), ("bse.jsonl", "x"),
    ] as [(String, String?)])
  func faultsNameTheLineOfTheirEntry(_ path: String, name: String?) {
    let error = fault([entry("base.jsonl", line: 2), entry(path, name: name, line: 3)])
    #expect(error?.line == 3)
    #expect(error?.field == "checkpoints")
    #expect(error?.path == nil)
  }

  @Test func decodingIsStatedAndCompared() throws {
    write("hot.jsonl", ", \"temperature\": 1.0")
    var cool = entry("dpo.jsonl")
    cool.decoding = [DecodingSetting(name: "temperature", stated: "0.7")!]
    let one = [DecodingSetting(name: "temperature", stated: "1")!]
    let same = try resolve([entry("base.jsonl"), entry("hot.jsonl")]) { $0.decoding = one }
    #expect(same.notices.isEmpty, "1 is 1.0")
    let differing = try resolve([entry("base.jsonl"), cool]) { $0.decoding = one }
    #expect(differing.checkpoints.map(\.source.decoding[0].values) == [["1"], ["0.7"]])
    #expect(differing.notices.map(\.code) == [.decodingDiffers])
    #expect(differing.notices[0].text.contains("temperature (base 1, dpo 0.7)"))
    let unknown = try resolve([entry("base.jsonl"), cool])
    #expect(unknown.notices.map(\.text).contains { $0.contains("not known of base") })
    let narrow = try resolve([cool, entry("base.jsonl")]) { $0.decoding = cool.decoding }
    #expect(narrow.notices.map(\.code) == [.decodingNarrowed])
    let contradiction = try resolve([entry("base.jsonl"), entry("hot.jsonl")]) {
      $0.decoding = cool.decoding
    }
    #expect(contradiction.notices.map(\.code) == [.decodingContradicts, .decodingDiffers])
    #expect(contradiction.checkpoints[1].source.decoding[0].values == ["1"])
  }

  @Test func statedSettingsAreNumbers() {
    #expect(DecodingSetting(name: "top_p", stated: "1.0")?.values == ["1"])
    #expect(DecodingSetting(name: "do_sample", stated: "false") != nil)
    for (name, value) in [("top_p", "high"), ("heat", "1"), ("do_sample", "0"), ("top_k", "nan")] {
      #expect(DecodingSetting(name: name, stated: value) == nil)
    }
  }

  @Test func allBadFilesAreNamedAtOnce() {
    let error = fault([
      entry("base.jsonl"), entry("bad.jsonl"), entry("dpo.jsonl"), entry("empty.jsonl"),
    ])
    #expect(error?.path?.hasSuffix("bad.jsonl") == true)
    #expect(error?.line == 1)
    #expect(error?.hint?.contains("empty.jsonl") == true)
    #expect(error?.hint?.contains("--skip-bad") == true)
    #expect(
      fault([entry("base.jsonl"), entry("bad.jsonl")])?.hint?.contains("--skip-bad") == false)
  }

  @Test func badFilesAreLeftOutWhereAsked() throws {
    let found = try resolve([
      entry("base.jsonl"), entry("bad.jsonl"), entry("dpo.jsonl"), entry("missing.jsonl"),
    ]) {
      $0.skipsBad = true
      $0.lineages = [LineageArgument(name: "l", members: ["base", "bad", "dpo"])]
    }
    #expect(found.checkpoints.map(\.name) == ["base", "dpo"])
    #expect(found.skipped.map(\.name) == ["bad", "missing"])
    #expect(found.notices.map(\.code) == [.badSkipped, .badSkipped])
    #expect(found.lineages.map(\.members) == [[0, 1]])
  }

  @Test func aBaselineIsNeverLeftOut() {
    let entries = [entry("bad.jsonl"), entry("base.jsonl"), entry("dpo.jsonl")]
    #expect(fault(entries) { $0.skipsBad = true }?.path?.hasSuffix("bad.jsonl") == true)
    #expect(
      fault(entries) {
        $0.skipsBad = true
        $0.baseline = "base"
      } == nil)
    let ofLineage = fault([entries[1], entries[0], entries[2]]) {
      $0.skipsBad = true
      $0.lineages = [LineageArgument(name: "l", members: ["bad", "dpo"])]
    }
    #expect(ofLineage?.path?.hasSuffix("bad.jsonl") == true)
  }

  @Test func oneGoodFileIsTooFew() {
    let error = fault([entry("base.jsonl"), entry("bad.jsonl")]) { $0.skipsBad = true }
    #expect(error?.code == .selection)
  }

  @Test func whatIsDroppedNeedNotBeReadable() throws {
    let found = try resolve([entry("base.jsonl"), entry("bad.jsonl"), entry("dpo.jsonl")]) {
      $0.dropped = ["bad"]
    }
    #expect(found.checkpoints.map(\.name) == ["base", "dpo"])
    #expect(found.notices.map(\.code) == [.checkpointDropped])
  }
}
