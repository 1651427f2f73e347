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

  @Test func everyFormOfCheckpointsIsRead() throws {
    let list =
      "checkpoints:\n  - { name: base, path: base.jsonl }\n  - gens/sft.jsonl\n  - /abs/x.jsonl\n"
    #expect(
      try read(list).arguments
        == [
          .named("base", path: "\(folder.path)/base.jsonl"), .word("\(folder.path)/gens/sft.jsonl"),
          .word("/abs/x.jsonl"),
        ])
    let mapping = "checkpoints:\n  base: base.jsonl\n  lr=1e-5: sft.jsonl\n"
    #expect(
      try read(mapping).arguments
        == [
          .named("base", path: "\(folder.path)/base.jsonl"),
          .named("lr=1e-5", path: "\(folder.path)/sft.jsonl"),
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
  ])
  func faultsNameTheirLineAndField(_ yaml: String, line: Int, field: String) {
    let error = fault(yaml)
    #expect(error?.line == line)
    #expect(error?.field == field)
    #expect(error?.hint != nil)
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
