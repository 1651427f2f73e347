import AmbitTestSupport
import Foundation
import Testing

/// Whole training runs: lineages, steps and decoding settings, from the study file to the results.
@Suite struct LineageRunTests {
  let folder = TemporaryFolder()

  func run(_ study: String, _ more: [String] = []) throws -> AmbitProcess {
    let process = try AmbitProcess.run(
      [
        "run", study, "--out", folder.path(of: "results"), "--permutations", "199", "--resamples",
        "200", "--embedder", "lexical",
      ] + more)
    #expect(process.status == 0, "\(process.talk)")
    return process
  }

  func json(_ name: String) throws -> [String: Any] {
    let data = try #require(
      FileManager.default.contents(atPath: folder.path(of: "results/\(name)")))
    return try #require(JSONSerialization.jsonObject(with: data) as? [String: Any])
  }

  func text(_ name: String) throws -> String {
    try String(contentsOfFile: folder.path(of: "results/\(name)"), encoding: .utf8)
  }

  @Test func theDemoIsALineage() throws {
    _ = try run(RunTests.demo + "/study.yaml", ["--figures", "waterfall,trajectory"])
    let metrics = try json("metrics.json")
    let lineage = try #require(metrics["lineage"] as? [String: Any])
    #expect(lineage["checkpoints"] as? [String] == ["base", "sft-1", "sft-2", "sft-3", "dpo"])
    #expect(try #require(lineage["trend_p"] as? Double) < 0.01)
    let stages = try #require(lineage["stages"] as? [[String: Any]])
    #expect(stages.map { $0["to"] as? String } == ["sft-1", "sft-2", "sft-3", "dpo"])
    #expect(stages.allSatisfy { ($0["change"] as? Double ?? 0) < 0 }, "every stage lost some")
    let shares = stages.compactMap { $0["share"] as? Double }
    #expect(agree(shares.reduce(0, +), 1, relative: 1e-9))
    #expect(try text("reading.md").contains("### main\n"))
    #expect(try text("figures/captions.md").contains("## waterfall"))
  }

  /// Two seeds of a recipe, each with its own baseline.
  @Test func seedsAreComparedWithTheirOwnBaseline() throws {
    let demo = RunTests.demo
    let study = folder.write(
      """
      decoding: { temperature: 1, top_p: 1 }
      checkpoints:
        - { name: base-1, path: \(demo)/base.jsonl }
        - { name: base-2, path: \(demo)/sft-1.jsonl }
        - { name: tuned-1, path: \(demo)/sft-3.jsonl }
        - { name: tuned-2, path: \(demo)/dpo.jsonl, decoding: { temperature: 0.7 } }
      lineages:
        one: [base-1, tuned-1]
        two: [base-2, tuned-2]
      """, to: "seeds.yaml")
    let process = try run(study, ["--figures", "forest,metric_lines"])
    let rows = try MetricsFile(folder: folder.path(of: "results")).rows
    let pairs = Set(rows.map { "\($0["checkpoint"]!) \($0["reference"]!)" })
    #expect(pairs == ["base-1 ", "base-2 ", "tuned-1 base-1", "tuned-2 base-2"])
    let lineages = try #require(try json("metrics.json")["lineages"] as? [[String: Any]])
    #expect(lineages.map { $0["name"] as? String } == ["one", "two"])
    #expect(try text("reading.md").contains("Over 2 lineages the change of dispersion"))
    #expect(process.talk.contains("decoding settings differ: temperature"))
    let captions = try text("figures/captions.md")
    #expect(captions.contains("Effects against the baseline of the lineage"))
    #expect(
      captions.contains(
        "Decoding differs: temperature 1, top_p 1 (base-1, base-2, tuned-1); temperature 0.7, top_p 1 "
          + "(tuned-2)."))
  }

  @Test func pathsWithGapsAndLineagesAreTheSameAsFlags() throws {
    let demo = RunTests.demo
    _ = try run(
      folder.write(
        """
        checkpoints:
          - { name: base, path: \(demo)/base.jsonl }
          - path: "\(demo)/sft-{step}.jsonl"
        lineages: { sft: [base, "sft-*"] }
        """, to: "study.yaml"), ["--figures", "none"])
    let file = try text("metrics.csv")
    let flags = try AmbitProcess.run([
      "run", "base=\(demo)/base.jsonl", "\(demo)/sft-{step}.jsonl", "--lineage", "sft=base,sft-*",
      "--out", folder.path(of: "results"), "--permutations", "199", "--resamples", "200",
      "--embedder", "lexical", "--figures", "none",
    ])
    #expect(flags.status == 0, "\(flags.talk)")
    #expect(try text("metrics.csv") == file)
    let lineage = try #require(try json("metrics.json")["lineage"] as? [String: Any])
    #expect(lineage["slope"] is Double, "the steps are 1, 2 and 3")
  }

  /// Three checkpoints of one training run by their steps; r = 1, so nothing is taken within prompts.
  @Test(.needsSharedData) func publishedCheckpointsAreARunWithSteps() throws {
    let data = SharedData.path("normalized/arenahard-tulu-lora-checkpoints")
    _ = try run(
      folder.write(
        """
        checkpoints:
          - path: "\(data)/step{step}.jsonl"
            name: "step {step}"
        lineages: { lora: ["step *"] }
        """, to: "study.yaml"), ["--figures", "metric_lines,trajectory"])
    let checkpoints = try #require(try json("manifest.json")["checkpoints"] as? [[String: Any]])
    #expect(checkpoints.map { $0["step"] as? Double } == [6000, 12_000, 48_000])
    let lines = try MetricsFile.table(
      folder.path(of: "results/figures/data/metric_lines.csv"))
    #expect(Set(lines.map { Double($0["position"]!) }) == [6000, 12_000, 48_000])
  }
}
