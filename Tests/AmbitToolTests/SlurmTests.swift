import AmbitTestSupport
import Foundation
import Testing

/// What `ambit submit` says before any queue; `.ci/check-slurm` hands a study to a real one.
@Suite struct SlurmTests {
  let folder = TemporaryFolder()

  /// A study of four checkpoints with vectors that are kept.
  func study() -> String {
    let demo = SharedData.repository.appendingPathComponent("assets/demo").path
    return folder.write(
      """
      name: cluster
      embedder: \(EmbedTests.model)
      permutations: 99
      resamples: 100
      dpi: 60
      checkpoints:
        - { name: base, path: \(demo)/base.jsonl }
        - { name: sft-1, path: \(demo)/sft-1.jsonl }
        - { name: sft-2, path: \(demo)/sft-2.jsonl }
        - { name: dpo, path: \(demo)/dpo.jsonl }

      """, to: "study.yaml")
  }

  func ambit(_ arguments: [String]) throws -> AmbitProcess {
    try AmbitProcess.run(
      arguments + ["--cache", folder.path(of: "cache")],
      environment: ["SLURM_CONF": "/nonexistent"])
  }

  @Test func aDryRunPrintsBothScriptsAndNeedsNoSlurm() throws {
    let process = try ambit(["submit", study(), "--tasks", "2", "--dry-run"])
    #expect(process.status == 0, "\(process.talk)")
    #expect(process.output.contains("#SBATCH --array=0-1\n"))
    #expect(process.output.contains("--task joint --tasks 2"))
    #expect(!FileManager.default.fileExists(atPath: folder.path(of: "cache")))
  }

  @Test func whatIsNoStudyFileIsRefused() throws {
    let process = try ambit(["submit", "base=base.jsonl"])
    #expect(process.status == 1)
    #expect(
      process.errorLines.count == 1 && process.hintLines.first?.contains("ambit init") == true)
  }

  @Test func aBadFileEndsBeforeTheQueue() throws {
    folder.write("{\"prompt\": ", to: "bad.jsonl")
    folder.write("{\"prompt\": \"q\", \"output\": \"a\"}\n", to: "good.jsonl")
    let study = folder.write("checkpoints: [good.jsonl, bad.jsonl]\n", to: "bad.yaml")
    let process = try ambit(["submit", study])
    #expect(process.status == 2, "\(process.talk)")
    #expect(process.errorLines.first?.contains("bad.jsonl") == true)
  }
}
