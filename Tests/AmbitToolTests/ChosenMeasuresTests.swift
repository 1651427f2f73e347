import AmbitTestSupport
import Foundation
import Testing

/// `--measures`.
@Suite struct ChosenMeasuresTests {
  let folder = TemporaryFolder()

  func run(_ flags: [String], out: String = "results") throws -> AmbitProcess {
    let demo = SharedData.repository.appendingPathComponent("assets/demo").path
    return try AmbitProcess.run(
      [
        "run", "base=\(demo)/base.jsonl", "dpo=\(demo)/dpo.jsonl", "--embedder", "lexical",
        "--permutations", "99", "--resamples", "100", "--out", folder.path(of: out),
      ] + flags)
  }

  @Test func onlyTheChosenAreMeasured() throws {
    let process = try run(["--measures", "icc,mmd"])
    #expect(process.status == 0, "\(process.talk)")
    let metrics = try MetricsFile(folder: folder.path(of: "results"))
    #expect(Set(metrics.rows.map { $0["metric"]! }) == ["icc", "mmd"])
    #expect(process.output.contains("icc") && process.output.contains("against base"))
    let json = try String(
      contentsOfFile: folder.path(of: "results/metrics.json"), encoding: .utf8)
    #expect(json.contains("\"measures\": ["))
  }

  @Test func halvesAreAskedForWhereTheyAreMissing() throws {
    let refused = try run(["--measures", "split_half_spread"])
    #expect(refused.status == 3 && refused.hintLines.first?.contains("--halves") == true)
    let taken = try run(["--measures", "split_half_spread", "--halves"])
    #expect(taken.status == 0, "\(taken.talk)")
    #expect(try MetricsFile(folder: folder.path(of: "results")).rows.count == 4)
  }

  @Test func aStudyFileAndADashChooseToo() throws {
    let demo = SharedData.repository.appendingPathComponent("assets/demo").path
    let file = folder.write(
      """
      checkpoints: { base: \(demo)/base.jsonl, dpo: \(demo)/dpo.jsonl }
      measures: [icc, mmd, frechet]
      embedder: lexical
      permutations: 99
      resamples: 100
      """, to: "study.yaml")
    var process = try AmbitProcess.run(["run", file, "--out", folder.path(of: "file")])
    #expect(process.status == 0, "\(process.talk)")
    let metrics = try MetricsFile(folder: folder.path(of: "file"))
    #expect(Set(metrics.rows.map { $0["metric"]! }) == ["icc", "mmd", "frechet"])
    process = try run(["--measures", "-lexical,-plane,-spread,-frechet"], out: "dash")
    #expect(process.status == 0, "\(process.talk)")
    let left = Set(try MetricsFile(folder: folder.path(of: "dash")).rows.map { $0["metric"]! })
    #expect(left.contains("mmd") && left.isDisjoint(with: ["frechet", "icc", "distinct"]))
  }

  @Test func anUnknownMeasureIsAUsageError() throws {
    let process = try run(["--measures", "rkee"])
    #expect(process.status == 1)
    #expect(process.hintLines == ["hint: did you mean `rke`?"])
  }

  @Test func aNamedMeasureThatIsRefusedEndsTheRun() throws {
    let rows = (0..<8).map { row in (0..<3).map { Double(row * $0 % 5) } }
    let a = folder.write(NPYFixture.matrix(rows), to: "a.npy")
    let b = folder.write(NPYFixture.matrix(rows.map { $0.map { 2 * $0 } }), to: "b.npy")
    let arguments = ["run", "a=\(a)", "b=\(b)", "--out", folder.path(of: "refused")]
    let process = try AmbitProcess.run(arguments + ["--measures", "mmd,distinct"])
    #expect(process.status == 3, "\(process.talk)")
    #expect(process.errorLines.first?.contains("distinct") == true)
    #expect(process.hintLines.count == 1)
    #expect(!FileManager.default.fileExists(atPath: folder.path(of: "refused")))
    #expect(try AmbitProcess.run(arguments + ["--measures", "distinct", "--force"]).status == 0)
  }
}
