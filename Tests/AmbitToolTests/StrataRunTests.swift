import AmbitTestSupport
import Foundation
import Testing

/// Kinds of prompts, each measured by itself.
@Suite struct StrataRunTests {
  let folder = TemporaryFolder()

  /// The demo's outputs with the topic of each prompt, `harbour` of `harbour-3`, as a field.
  private func inputs(topic: String? = nil) throws -> [String] {
    try ["base", "sft-1", "dpo"].map { name in
      let text = try String(
        contentsOfFile: RunTests.demo + "/\(name).jsonl", encoding: .utf8)
      let lines = try text.split(separator: "\n").compactMap { line -> String? in
        let id = try #require(line.split(separator: "\"").dropFirst(3).first)
        let own = id.prefix { $0 != "-" }
        guard topic == nil || own == topic! else { return nil }
        return "{\"topic\": \"\(own)\", " + line.dropFirst()
      }
      let path = folder.write(
        lines.joined(separator: "\n") + "\n", to: "\(topic ?? "all")/\(name).jsonl")
      return "\(name)=\(path)"
    }
  }

  @discardableResult
  private func run(_ arguments: [String], out: String) throws -> AmbitProcess {
    try AmbitProcess.run(
      ["run"] + arguments + [
        "--embedder", "lexical", "--window-tokens", "30", "--permutations", "199",
        "--resamples", "200", "--figures", "drift_map", "--out", folder.path(of: out),
      ])
  }

  private func strata(_ out: String) throws -> [[String: String]] {
    try MetricsFile.table(folder.path(of: out) + "/strata.csv")
  }

  /// The oracle: the rows of a stratum are those of a study that has its prompts alone.
  @Test func everyStratumIsAStudyOfItsPrompts() throws {
    let process = try run(inputs() + ["--stratum-field", "topic"], out: "whole")
    #expect(process.status == 0, "\(process.talk)")
    try run(inputs(topic: "harbour"), out: "harbour")
    let alone = try MetricsFile(folder: folder.path(of: "harbour")).rows
    let own = try strata("whole").filter { $0["stratum"] == "harbour" }
    #expect(own.count > 100)
    var compared = 0
    for var row in own {
      // Radius and vocabulary are the whole study's, p values adjusted over all strata.
      if row["metric"]!.hasPrefix("cluster_") || row["metric"] == "ead" { continue }
      row["stratum"] = nil
      let identity = ["checkpoint", "reference", "scope", "space", "metric", "variant"]
      var other = try #require(
        alone.first { other in identity.allSatisfy { other[$0] == row[$0] } }, "\(row)")
      (row["p_adjusted"], other["p_adjusted"]) = (nil, nil)
      #expect(row == other)
      compared += 1
    }
    #expect(compared > 90)
    let reading = try String(
      contentsOfFile: folder.path(of: "whole/reading.md"), encoding: .utf8)
    #expect(reading.contains("## Strata of prompts"))
    #expect(reading.contains("| harbour | "))
  }

  @Test func idsAndAFieldSayTheSame() throws {
    let files = try inputs()
    try run(files + ["--stratum-field", "topic"], out: "field")
    let names = Set(try strata("field").map { $0["stratum"]! }).sorted()
    #expect(names.count > 2)
    try run(
      files + names.flatMap { ["--stratum", "\($0)=\($0)-*"] }, out: "flags")
    let study = folder.write(
      "checkpoints:\n"
        + files.map { $0.split(separator: "=") }.map { "  \($0[0]): \($0[1])\n" }.joined()
        + "strata:\n" + names.map { "  \($0): [\"\($0)-*\"]\n" }.joined(), to: "study.yaml")
    try run([study], out: "file")
    let files3 = try ["field", "flags", "file"].map {
      try String(contentsOfFile: folder.path(of: $0) + "/strata.csv", encoding: .utf8)
    }
    #expect(files3[0] == files3[1] && files3[1] == files3[2])
  }

  @Test func whatCannotBeIsSaid() throws {
    let files = try inputs()
    for (arguments, words) in [
      (["--stratum-field", "kind"], "no output has it"),
      (["--stratum", "code=humaneval/*"], "no id is like `humaneval/*`"),
      (["--stratum", "a=harbour-*", "--stratum", "b=harbour-1"], "is in `a` and in `b`"),
      (["--stratum", "a=harbour-*", "--stratum-field", "topic"], "give one of the two"),
    ] {
      let process = try run(files + arguments, out: "none")
      #expect(process.status == 2 && process.talk.contains(words), "\(process.talk)")
      #expect(!FileManager.default.fileExists(atPath: folder.path(of: "none")))
    }
    let process = try run(files + ["--stratum", "code"], out: "none")
    #expect(process.status == 1 && process.talk.contains("--stratum 'code=humaneval/*'"))
  }

  @Test func aFileOfPromptsMayHoldTheField() throws {
    let files = try ["base", "dpo"].map { name in
      let path = folder.write(
        try String(contentsOfFile: RunTests.demo + "/\(name).jsonl", encoding: .utf8),
        to: "answers/\(name).jsonl")
      return "\(name)=\(path)"
    }
    let text = try String(contentsOfFile: RunTests.demo + "/base.jsonl", encoding: .utf8)
    let ids = Set(
      text.split(separator: "\n").compactMap { $0.split(separator: "\"").dropFirst(3).first })
    let questions = ids.sorted().enumerated().map { index, id in
      "{\"prompt_id\": \"\(id)\", \"prompt\": \"?\", \"category\": \"\(index % 2 == 0 ? "even" : "odd")\"}\n"
    }
    let prompts = folder.write(questions.joined(), to: "questions.jsonl")
    try run(files + ["--prompts", prompts, "--stratum-field", "category"], out: "joined")
    let rows = try strata("joined")
    #expect(Set(rows.map { $0["stratum"]! }) == ["even", "odd"])
    #expect(rows.contains { $0["metric"] == "dispersion" && $0["prompts"] == "30" })
  }
}
