import AmbitTestSupport
import Foundation
import Testing

/// A study on a real Slurm, where its programs are installed and the tests may start them.
@Suite(.serialized) struct SlurmTests {
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

  func ambit(_ arguments: [String], _ cluster: SlurmCluster? = nil) throws -> AmbitProcess {
    try AmbitProcess.run(
      arguments + ["--cache", folder.path(of: "cache")],
      environment: cluster?.environment ?? ["SLURM_CONF": "/nonexistent"])
  }

  func states(_ study: String, _ cluster: SlurmCluster) throws -> [String] {
    let process = try ambit(["status", study, "--json"], cluster)
    #expect(process.status == 0, "\(process.talk)")
    let json = try JSONSerialization.jsonObject(with: Data(process.output.utf8)) as? [String: Any]
    return (json?["tasks"] as? [[String: Any]] ?? []).compactMap { $0["state"] as? String }
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

  @Test(.enabled(if: SlurmCluster.isPossible, "needs slurm-wlm, munge and root"))
  func theClusterGivesTheSameBytesAndGoesOnAfterLosses() throws {
    let cluster = try SlurmCluster()
    let study = study()
    let out = folder.path(of: "out")
    let submitted = try ambit(
      ["submit", study, "--tasks", "3", "--cores", "1", "--out", out], cluster)
    #expect(submitted.status == 0, "\(submitted.talk)")
    let again = try ambit(["submit", study, "--tasks", "3", "--out", out], cluster)
    #expect(again.status == 1 && again.talk.contains("in the queue already"), "\(again.talk)")
    try cluster.wait(seconds: 240) { try states(study, cluster).last == "done" }
    #expect(try states(study, cluster) == ["done", "done", "done", "done"])

    // One machine alone, another cache: the same bytes.
    let local = folder.path(of: "local")
    let process = try AmbitProcess.run(
      ["run", study, "--out", local, "--cache", folder.path(of: "cache2"), "--threads", "2"])
    #expect(process.status == 0, "\(process.talk)")
    let names = try FileManager.default.subpathsOfDirectory(atPath: local).sorted()
    #expect(try FileManager.default.subpathsOfDirectory(atPath: out).sorted() == names)
    for name in names where name != "manifest.json" {
      let left = FileManager.default.contents(atPath: "\(out)/\(name)")
      #expect(left == FileManager.default.contents(atPath: "\(local)/\(name)"), "\(name)")
    }
    // The joint task embedded nothing: it found all in the cache.
    let bytes = try #require(FileManager.default.contents(atPath: out + "/manifest.json"))
    let manifest = try JSONSerialization.jsonObject(with: bytes)
    let embedder = (manifest as? [String: Any])?["embedder"] as? [String: Any]
    #expect((embedder?["cache"] as? [String: Any])?["embedded"] as? Int == 0)

    // A task whose record is lost, and one that was killed: only they run again.
    let tasks = folder.path(of: "cache/tasks")
    let folders = try FileManager.default.contentsOfDirectory(atPath: tasks)
    let own = tasks + "/" + (try #require(folders.first))
    try FileManager.default.removeItem(atPath: own + "/task-1.json")
    let data = try #require(FileManager.default.contents(atPath: own + "/task-2.json"))
    let found = try JSONSerialization.jsonObject(with: data) as? [String: Any]
    var record = try #require(found)
    record["state"] = "running"
    record["seconds"] = nil
    try JSONSerialization.data(withJSONObject: record).write(
      to: URL(fileURLWithPath: own + "/task-2.json"))
    #expect(try states(study, cluster)[2] == "lost")
    let resumed = try ambit(
      ["submit", study, "--tasks", "3", "--cores", "1", "--out", out], cluster)
    #expect(resumed.output.contains("2 tasks; 1 of 3 are done already"), "\(resumed.output)")
    try cluster.wait(seconds: 240) {
      try cluster.slurm(["squeue", "-h"]).isEmpty && states(study, cluster).last == "done"
    }
    #expect(try states(study, cluster) == ["done", "done", "done", "done"])
  }
}
