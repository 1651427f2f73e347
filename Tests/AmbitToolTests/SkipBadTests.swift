import AmbitTestSupport
import Foundation
import Testing

/// Files that cannot be used: told all at once before any work, or left out where that was asked for.
@Suite struct SkipBadTests {
  let folder = TemporaryFolder()
  var out: String { folder.path(of: "results") }

  /// Six prompts with four outputs each.
  func checkpoint(_ name: String) -> String {
    var text = ""
    for prompt in 0..<6 {
      for sample in 0..<4 {
        text += """
          {"prompt_id": "p\(prompt)", "output": "\(name) says word\(prompt * 7 + sample) and \
          word\(sample * 3 + name.count) again", "sample": \(sample)}

          """
      }
    }
    return folder.write(text, to: "\(name).jsonl")
  }

  var good: [String] { ["base", "sft", "dpo"].map { "\($0)=\(checkpoint($0))" } }
  var bad: String { folder.write("{\"prompt_id\": \"p1\", \"output\": \"cut", to: "bad.jsonl") }

  func run(_ arguments: [String], out: String? = nil) throws -> AmbitProcess {
    try AmbitProcess.run(
      ["run"] + arguments + [
        "--out", out ?? self.out, "--permutations", "99", "--resamples", "100", "--embedder",
        "lexical", "--figures", "forest",
      ])
  }

  func text(_ name: String, in folder: String? = nil) throws -> String {
    try String(contentsOfFile: (folder ?? out) + "/" + name, encoding: .utf8)
  }

  @Test func allBadFilesAreToldAtOnce() throws {
    let empty = folder.write("", to: "empty.jsonl")
    let process = try run(good + ["x=\(bad)", "y=\(empty)"])
    process.expectBadData(mentions: ["bad.jsonl", "line 1"], nothingIn: out)
    let hint = try #require(process.hintLines.first)
    #expect(hint.contains("empty.jsonl"))
    #expect(hint.contains("--skip-bad goes on without them"))
  }

  @Test func aRunGoesOnWithoutAndSaysSo() throws {
    let process = try run(good + ["x=\(bad)", "--skip-bad"])
    #expect(process.status == 0, "\(process.talk)")
    #expect(process.output.contains("Left out, as they could not be read: x;"))
    #expect(process.talk.contains("note: x: left out by --skip-bad: "))
    #expect(process.talk.contains("1 file left out"))
    let rows = try MetricsFile(folder: out).rows
    #expect(rows.allSatisfy { $0["flags"]!.split(separator: ";").contains("incomplete:1") })
    #expect(
      try text("per_prompt.csv").split(separator: "\n").dropFirst()
        .allSatisfy { $0.hasSuffix("incomplete:1") })
    #expect(try text("figures/captions.md").contains("Left out, as they could not be read: x."))
    #expect(try text("metrics.json").contains("\"left_out\""))
    let manifest = try text("manifest.json")
    #expect(manifest.contains("\"bad_skipped\"") && manifest.contains("bad.jsonl: line 1"))

    // Nothing but the flag differs from a run of the good ones, and a study file does the same.
    _ = try run(good, out: folder.path(of: "whole"))
    #expect(
      try text("metrics.csv").replacing(";incomplete:1", with: "")
        .replacing("incomplete:1", with: "") == text("metrics.csv", in: folder.path(of: "whole")))
    let list = ["base", "sft", "bad", "dpo"].map { "  \($0 == "bad" ? "x" : $0): \($0).jsonl\n" }
    let study = folder.write(
      "skip_bad: true\ncheckpoints:\n" + list.joined(), to: "study.yaml")
    _ = try run([study], out: folder.path(of: "file"))
    #expect(try text("metrics.csv", in: folder.path(of: "file")) == text("metrics.csv"))
  }

  @Test func aBadBaselineEndsTheRun() throws {
    try run(["x=\(bad)"] + good + ["--skip-bad"])
      .expectBadData(mentions: ["bad.jsonl"], nothingIn: out)
    try run(good + ["x=\(bad)", "--skip-bad", "--baseline", "x"])
      .expectBadData(mentions: ["bad.jsonl"], nothingIn: out)
    try run(good + ["x=\(bad)", "--skip-bad", "--lineage", "x,dpo"])
      .expectBadData(mentions: ["bad.jsonl"], nothingIn: out)
  }

  @Test func oneGoodFileIsTooFew() throws {
    try run([good[0], "x=\(bad)", "--skip-bad"])
      .expectBadData(mentions: ["only one checkpoint"], nothingIn: out)
  }
}
