import AmbitTestSupport
import Foundation
import Testing

/// Every family of real outputs runs, and its numbers are finite or have a reason.
@Suite(.needsSharedData) struct SharedDataRunTests {
  let folder = TemporaryFolder()

  func files(_ family: String) throws -> [String] {
    let path = SharedData.path("normalized/\(family)")
    return try FileManager.default.contentsOfDirectory(atPath: path).sorted().map {
      "\(path)/\($0)"
    }
  }

  @Test(arguments: [
    ("alpacaeval-phi2", "phi-2"), ("selfinstruct-252", "davinci"), ("noveltybench-100", "human"),
    ("arenahard-tulu-lora-checkpoints", "step06000"),
  ]) func familyRuns(_ family: String, baseline: String) throws {
    let process = try AmbitProcess.run(
      ["run"] + (try files(family)) + [
        "--baseline", baseline, "--out", folder.path(of: family), "--permutations", "99",
        "--resamples", "200", "--embedder", "lexical",
      ])
    #expect(process.status == 0, "\(process.talk)")
    let metrics = try MetricsFile(folder: folder.path(of: family))
    #expect(metrics.rows.count > 20)
    for row in metrics.rows {
      let value = row["value"]!
      #expect(Double(value)?.isFinite == true || !row["flags"]!.isEmpty, "\(row)")
    }
    let text = process.talk + process.output
    if family == "alpacaeval-phi2" {
      #expect(text.contains("803"))
      // An answer of one word has no pair of words, so measures of texts may stand on fewer.
      #expect(
        metrics.rows.allSatisfy { $0["space"] == "text" || $0["samples"] == "803" })
    }
    if family == "noveltybench-100" {
      #expect(metrics.rows.filter { $0["scope"] == "pooled" }.allSatisfy { $0["samples"] == "800" })
    }
  }
}
