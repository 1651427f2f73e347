import AmbitCorpus
import AmbitFormats
import AmbitStudy
import AmbitTestSupport
import Foundation
import Testing

/// What `ambit init` makes of a folder. That a run can read it, `StudyProposal` checks itself.
@Suite struct StudyProposalTests {
  let folder = TemporaryFolder()

  func write(_ names: String..., fields: String = "") {
    for name in names {
      folder.write(
        "{\"prompt\": \"q\", \"output\": \"a\"\(fields)}\n", to: "g/\(name).jsonl")
    }
  }

  func propose(replaces: Bool = false, executable: String? = nil) throws -> String {
    let proposal = StudyProposal(
      folder: folder.path(of: "g"), replaces: replaces, executablePath: executable)
    return try String(contentsOfFile: proposal.run().path, encoding: .utf8)
  }

  /// The checkpoints, baseline and lineages that a run takes from the proposal.
  func resolved() throws -> CheckpointArguments.Resolved {
    let file = try StudyFile(path: folder.path(of: "g/study.yaml"))
    return try CheckpointArguments(
      arguments: file.arguments, baseline: file.options.baseline
    ).resolve()
  }

  @Test func stepsBecomeOneEntry() throws {
    write("base", "step-900", "step-12000", "dpo")
    let yaml = try propose()
    #expect(yaml.contains("  - path: \"step-{step}.jsonl\"\n"))
    #expect(yaml.contains("# 2 files; each JSON Lines, 1 output: 1 prompt × 1 sample"))
    #expect(yaml.contains("#   main: [base, \"step-*\", dpo]"))
    let found = try resolved()
    #expect(found.checkpoints.map(\.name) == ["base", "dpo", "step-900", "step-12000"])
    #expect(found.checkpoints.map(\.step) == [nil, nil, 900, 12_000])
    #expect(found.baselineIndex == 0)
  }

  @Test func seedsBecomeLineages() throws {
    write("zero/base", "seed1/step-5", "seed1/step-10", "seed2/step-5")
    _ = try propose()
    let found = try resolved()
    #expect(
      found.checkpoints.map(\.name) == [
        "base", "seed-1 step-5", "seed-1 step-10", "seed-2 step-5",
      ])
    #expect(found.lineages.map(\.name) == ["seed-1", "seed-2"])
    #expect(found.lineages.map(\.members) == [[0, 1, 2], [0, 3]])
  }

  @Test func foldersOfStepsGiveTheNames() throws {
    write("checkpoint-5/out", "checkpoint-10/out", "a/samples", "b/samples")
    _ = try propose()
    #expect(
      Set(try resolved().checkpoints.map(\.name))
        == ["checkpoint-5", "checkpoint-10", "a/samples", "b/samples"])
  }

  @Test(arguments: [
    (["dpo", "my-base", "sft"], "my-base"), (["phi-2-dpo", "phi-2", "phi-2-sft"], "phi-2"),
    (["step-10", "step-0", "step-5"], "step-0"), (["b", "a"], "a"), (["ref", "reform"], "ref"),
  ])
  func theBaselineIsGuessedByName(_ names: [String], baseline: String) throws {
    for name in names { write(name) }
    _ = try propose()
    let found = try resolved()
    #expect(found.checkpoints[found.baselineIndex].name == baseline)
  }

  @Test func whatIsFoundIsSaid() throws {
    write("base", fields: ", \"score\": 0.5, \"temperature\": 0.7")
    write("tuned", fields: ", \"score\": 0.5, \"temperature\": 0.7")
    folder.write("{\"output\": ", to: "g/bad.jsonl")
    folder.write("{\"question_id\": 1, \"text\": \"q\"}\n", to: "g/question.jsonl")
    folder.write("{\"prompt\": \"q\", \"output\": \"a\"}\n", to: "g/.hidden.jsonl")
    folder.write("{\"tool\": \"ambit\", \"files\": []}", to: "g/out/manifest.json")
    folder.write("a,b\n1,2\n", to: "g/out/figures/data/x.csv")
    let yaml = try propose()
    #expect(yaml.contains("# bad.jsonl cannot be read: "))
    #expect(yaml.contains("# question.jsonl holds prompts only"))
    #expect(yaml.contains("was found in the files: temperature."))
    #expect(yaml.contains("# pass_if:"))
    #expect(!yaml.contains("hidden") && !yaml.contains("x.csv") && !yaml.contains("$schema"))
  }

  @Test func theSchemaIsNamedWhereItLies() throws {
    write("base", "tuned")
    folder.write("{}", to: "prefix/share/ambit/study.schema.json")
    let yaml = try propose(executable: folder.path(of: "prefix/bin/ambit"))
    let line = "# yaml-language-server: $schema="
    #expect(yaml.hasPrefix(line + folder.path(of: "prefix/share/ambit/study.schema.json") + "\n"))
  }

  /// Whatever files are called, a run reads back the same checkpoints.
  @Test func strangeNamesAreQuoted() throws {
    let names = [
      "#1 \"best\"", "7", "a{b}c-1", "a{b}c-2", "base", "lr=1e-5", "naïve é", "no: x", "y",
    ]
    for name in names { write(name) }
    _ = try propose()
    let found = try resolved().checkpoints.map(\.name).sorted()
    #expect(found == names)
  }

  @Test func whatIsThereIsKept() throws {
    write("base", "tuned")
    folder.write("mine", to: "g/study.yaml")
    #expect(throws: InputError.self) { try propose() }
    #expect(try String(contentsOfFile: folder.path(of: "g/study.yaml"), encoding: .utf8) == "mine")
    #expect(try propose(replaces: true).contains("checkpoints:"))
  }

  @Test func twoCheckpointsAreNeeded() {
    write("base")
    #expect(throws: InputError.self) { try propose() }
    #expect(!FileManager.default.fileExists(atPath: folder.path(of: "g/study.yaml")))
  }
}
