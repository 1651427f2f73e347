import AmbitCorpus
import AmbitTestSupport
import Testing

@Suite(.needsSharedData) struct SharedMatchingTests {
  static func checkpoint(_ path: String) throws -> Checkpoint {
    let file = try OutputFile(path: SharedData.path("normalized/\(path).jsonl"))
    return Checkpoint(name: String(path.split(separator: "/").last!), file: file)
  }

  @Test("phi-2 has 803 prompts and the others 805: all are matched to 803, and it is said")
  func phi2() throws {
    let matched = try Matching().match(
      ["phi-2", "phi-2-sft", "phi-2-dpo"].map { try Self.checkpoint("alpacaeval-phi2/\($0)") })
    #expect(matched.prompts.count == 803)
    #expect(matched.rows.map(\.count) == [803, 803, 803])
    #expect(matched.report.promptsUnshared == 2)
    #expect(matched.report.notices.map(\.code) == [.promptsDropped])
    #expect(matched.report.notices[0].text.contains("803 prompts"))
    for checkpoint in 0..<3 {
      let records = matched.records(of: checkpoint)
      #expect(records.map(\.promptID) == matched.prompts.map(\.id))
    }
  }

  @Test("human answers have 8 samples and the models 10: matched to 8")
  func noveltyBench() throws {
    let matched = try Matching().match(
      ["human", "olmo-2-7b-instruct", "olmo-2-7b-instruct-randomdoc", "gpt-4o"].map {
        try Self.checkpoint("noveltybench-100/\($0)")
      })
    #expect(matched.rows.map(\.count) == [800, 800, 800, 800])
    #expect(matched.report.samplesPerPrompt == 8...8)
    #expect(matched.report.notices.map(\.code) == [.samplesDropped])
    let kept = matched.records(of: 1).map { [$0.promptID!, "\($0.sample)"] }
    #expect(kept == matched.records(of: 3).map { [$0.promptID!, "\($0.sample)"] })
    #expect(matched.promptOffsets[0] == Array(stride(from: 0, through: 800, by: 8)))
  }

  @Test("a checkpoint with many empty outputs is named as costly, with --drop as hint")
  func costly() throws {
    let names = ["davinci", "davinci-t0-ft", "text-davinci-001"]
    let matched = try Matching().match(names.map { try Self.checkpoint("selfinstruct-252/\($0)") })
    let costly = matched.report.notices.filter { $0.code == .costlyCheckpoint }
    #expect(costly.map(\.subject) == ["davinci-t0-ft"])
    #expect(costly.first?.count == 48)
    #expect(costly.first?.hint?.contains("--drop davinci-t0-ft") == true)
    #expect(matched.report.checkpoints[1].emptyDropped == 48)
    #expect(matched.prompts.count == 204)
    let keeping = try Matching(keepsEmpty: true).match(
      names.map { try Self.checkpoint("selfinstruct-252/\($0)") })
    #expect(keeping.prompts.count == 252)
    #expect(keeping.report.notices.contains { $0.code == .emptyKept && $0.count == 48 })
  }
}
