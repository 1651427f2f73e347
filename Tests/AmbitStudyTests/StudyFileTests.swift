import AmbitCorpus
import AmbitFormats
import AmbitMatrix
import AmbitRendering
import AmbitStudy
import AmbitTestSupport
import Testing

@Suite struct StudyFileTests {
  let folder = TemporaryFolder()

  func read(_ yaml: String) throws -> StudyFile {
    try StudyFile(path: folder.write(yaml, to: "nightly.yaml"))
  }

  func fault(_ yaml: String) -> InputError? {
    do {
      _ = try read(yaml)
      return nil
    } catch {
      return error as? InputError
    }
  }

  func entry(_ name: String?, _ path: String, line: Int) -> CheckpointArgument {
    .entry(CheckpointEntry(name: name, path: "\(folder.path)/\(path)", line: line))
  }

  @Test func everyFormOfLineagesIsRead() throws {
    func lineages(_ yaml: String) throws -> [LineageArgument]? {
      try read("checkpoints: { a: a.jsonl, b: b.jsonl }\nlineages: " + yaml).options.lineages
    }
    let one = ["a", "b"]
    #expect(try lineages("[a, b]") == [LineageArgument(name: "b", members: one, line: 2)])
    #expect(
      try lineages("{ x: ['*'] }") == [LineageArgument(name: "x", members: ["*"], line: 2)])
    #expect(try lineages("[[a, b]]") == [LineageArgument(name: "b", members: one, line: 2)])
    #expect(
      try lineages("\n  x: [a, b]\n  y: [a, 'b*']\n") == [
        LineageArgument(name: "x", members: one, line: 3),
        LineageArgument(name: "y", members: ["a", "b*"], line: 4),
      ])
  }

  @Test func everyFormOfCheckpointsIsRead() throws {
    let list =
      "checkpoints:\n  - { name: base, path: base.jsonl }\n  - gens/sft.jsonl\n  - /abs/x.jsonl\n"
    #expect(
      try read(list).arguments
        == [
          entry("base", "base.jsonl", line: 2), entry(nil, "gens/sft.jsonl", line: 3),
          .entry(CheckpointEntry(path: "/abs/x.jsonl", line: 4)),
        ])
    let mapping = "checkpoints:\n  base: base.jsonl\n  lr=1e-5: sft.jsonl\n"
    #expect(
      try read(mapping).arguments
        == [
          entry("base", "base.jsonl", line: 2), entry("lr=1e-5", "sft.jsonl", line: 3),
        ])
    let full = try read(
      """
      checkpoints:
        - name: "{run} {step}"
          path: "gens/{run}/{step}.jsonl"
          lineage: "seed {run}"
          decoding: { temperature: 0.7, do_sample: true }
        - { path: x.jsonl, step: 250 }
      """)
    var many = CheckpointEntry(
      name: "{run} {step}", path: "\(folder.path)/gens/{run}/{step}.jsonl", lineage: "seed {run}",
      line: 2)
    many.decoding = [
      DecodingSetting(name: "temperature", values: ["0.7"]),
      DecodingSetting(name: "do_sample", values: ["true"]),
    ]
    #expect(
      full.arguments
        == [
          .entry(many),
          .entry(CheckpointEntry(path: "\(folder.path)/x.jsonl", step: 250, line: 6)),
        ])
  }

  @Test func optionsAreTyped() throws {
    let file = try read(
      """
      checkpoints: { a: a.jsonl, b: b.jsonl }
      baseline: b
      match: n
      resamples: 500
      seed: 7
      width: 82.55mm
      format: [svg, png]
      basis: yesterday.npz
      strip_think: true
      text_field: answer
      pass_if: '>= 0.5'
      logprob_field: scores.lp
      """)
    #expect(file.options.passIf == PassCondition(">= 0.5"))
    #expect(file.options.reading.logProbField == "scores.lp")
    #expect(file.options.name == "nightly")
    #expect(file.options.baseline == "b")
    #expect(file.options.match == .n)
    #expect(file.options.resamples == 500)
    #expect(file.options.seed == 7)
    #expect(agree(file.options.width?.inches ?? 0, 3.25, relative: 1e-12))
    #expect(file.options.formats?.formats == [.png, .svg])
    #expect(file.options.basis == .file("\(folder.path)/yesterday.npz"))
    #expect(file.options.reading.stripsThinking)
    #expect(file.options.reading.textField == "answer")
  }

  @Test(arguments: [
    ("checkpoints:\n  - base.jsonl\nresample: 10\n", 3, "resample"),
    ("checkpoints:\n  - base.jsonl\nseed: often\n", 3, "seed"),
    ("checkpoints:\n  - base.jsonl\nmatch: prompt\n", 3, "match"),
    ("checkpoints:\n  - base.jsonl\npass_if: '>> 1'\n", 3, "pass_if"),
    ("checkpoints:\n  - base.jsonl\nwidth: wide\n", 3, "width"),
    ("checkpoints:\n  - { name: base }\n", 2, "path"),
    ("checkpoints:\n  - { name: base, file: x }\n", 2, "file"),
    ("checkpoints:\n  - { path: x, step: late }\n", 2, "checkpoints"),
    ("checkpoints:\n  - { path: x, decoding: { heat: 1 } }\n", 2, "heat"),
    ("checkpoints:\n  - { path: x, decoding: hot }\n", 2, "checkpoints"),
    ("checkpoints:\n  - { path: x, lineage: '' }\n", 2, "checkpoints"),
    ("checkpoints:\n  - base.jsonl\ndecoding: { top_p: most }\n", 3, "top_p"),
    ("checkpoints:\n  - base.jsonl\nlineages: base\n", 3, "lineages"),
    ("checkpoints:\n  - base.jsonl\nlineages: { a: [base] }\n", 3, "lineages"),
    ("checkpoints:\n  - base.jsonl\nlineages: { a: base }\n", 3, "lineages"),
    ("checkpoints:\n  - base.jsonl\nlineages: [[a, b], [c, b]]\n", 3, "lineages"),
    ("checkpoints:\n  - base.jsonl\nembedder: [minilm, static]\n", 3, "embedder"),
    ("checkpoints:\n  - base.jsonl\nresamples: 5\n", 3, "resamples"),
    ("checkpoints:\n  - base.jsonl\nwide: true\n", 3, "wide"),
    ("checkpoints:\n  - base.jsonl\nthreads: 0\n", 3, "threads"),
  ])
  func faultsNameTheirLineAndField(_ yaml: String, line: Int, field: String) {
    let error = fault(yaml)
    #expect(error?.line == line)
    #expect(error?.field == field)
    #expect(error?.hint != nil)
  }

  @Test func misspeltKeysAreMatched() {
    let list = "checkpoints:\n  - base.jsonl\n"
    #expect(fault(list + "permutation: 99\n")?.hint == "did you mean `permutations`?")
    #expect(
      fault("checkpoints:\n  - { path: x, lineages: a }\n")?.hint == "did you mean `lineage`?")
    #expect(
      fault(list + "decoding: { temperatur: 1 }\n")?.hint == "did you mean `temperature`?")
  }

  @Test(arguments: ["", "just text\n", "- a\n- b\n", "name: x\n", "checkpoints: [\n", "a: b: c\n"])
  func whatIsNoStudyIsAnError(_ yaml: String) {
    #expect(fault(yaml)?.path?.hasSuffix("nightly.yaml") == true)
  }

  @Test func mutatedFilesNeverCrash() throws {
    let yaml = Array(
      "name: x\ncheckpoints:\n  - { name: base, path: b.jsonl }\n  - s.jsonl\nseed: 3\nwidth: 3in\n"
        .utf8)
    forEachSeed(300) { random in
      var bytes = yaml
      for _ in 0..<1 + random.index(below: 4) {
        bytes[random.index(below: bytes.count)] = UInt8(random.index(below: 256))
      }
      do {
        _ = try StudyFile(path: folder.write(bytes, to: "mutated.yaml"))
      } catch {
        try require(error is InputError, "\(error)")
      }
    }
  }
}
