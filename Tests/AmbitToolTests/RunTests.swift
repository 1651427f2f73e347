import AmbitFormats
import AmbitTestSupport
import Foundation
import Testing

/// Whole runs on small studies, checked by what must hold of their files.
@Suite struct RunTests {
  let folder = TemporaryFolder()

  static let demo = SharedData.repository.appendingPathComponent("assets/demo").path

  @discardableResult
  func run(_ arguments: [String], out: String = "results") throws -> AmbitProcess {
    // What is installed must not change what is tested.
    let holdsVectors = arguments.contains { $0.hasSuffix(".npy") }
    let process = try AmbitProcess.run(
      ["run"] + arguments + (holdsVectors ? [] : ["--embedder", "lexical"])
        + ["--out", folder.path(of: out), "--permutations", "199", "--resamples", "200"])
    #expect(process.status == 0, "\(process.talk)")
    return process
  }

  @Test func theSameBaseTwiceShowsNoEffect() throws {
    let base = Self.demo + "/base.jsonl"
    try run(["base=\(base)", "copy=\(base)"])
    let metrics = try MetricsFile(folder: folder.path(of: "results"))
    let copies = metrics.rows.filter { $0["checkpoint"] == "copy" }
    #expect(!copies.isEmpty)
    for row in copies {
      if let effect = row["effect"].flatMap(Double.init) {
        #expect(effect == 0, "\(row)")
        #expect(Double(row["ci_low"]!) ?? 0 <= 0 && Double(row["ci_high"]!) ?? 0 >= 0, "\(row)")
      }
      // A classifier that has nothing to learn is one of its relabelled kind, anywhere among them.
      let isClassified = ["classifier_auc", "js"].contains(row["metric"])
      if let p = row["p"].flatMap(Double.init) {
        #expect(p > (isClassified ? 0.05 : 0.9), "\(row)")
      }
      guard let value = row["value"].flatMap(Double.init) else { continue }
      switch row["metric"] {
      case "hull_kept", "hull_jaccard":
        #expect(abs(value - 1) < 1e-9)
        #expect(Double(row["null_low"]!)! <= value + 1e-9)
      case "hull_lost", "hull_gained":
        #expect(abs(value) < 1e-9)
        #expect(Double(row["null_high"]!)! >= value - 1e-9)
      default: break
      }
    }
  }

  @Test func bytesDoNotDependOnThreads() throws {
    let names = ["base", "sft-2", "dpo"]
    for threads in ["1", "2"] {
      try run(
        names.map { "\($0)=\(Self.demo)/\($0).jsonl" }
          + ["--threads", threads, "--save-embeddings", "--format", "png,svg,pdf"],
        out: threads)
    }
    let files = try FileManager.default.subpathsOfDirectory(atPath: folder.path(of: "1")).sorted()
    #expect(
      try files == FileManager.default.subpathsOfDirectory(atPath: folder.path(of: "2")).sorted())
    #expect(files.count > 15)
    for file in files where file != "manifest.json" {
      let one = FileManager.default.contents(atPath: folder.path(of: "1/\(file)"))
      let two = FileManager.default.contents(atPath: folder.path(of: "2/\(file)"))
      #expect(one == two, "\(file)")
    }
  }

  @Test func goldenVectorsHaveTheirAreas() throws {
    func file(_ points: [SIMD2<Double>], _ name: String) -> String {
      folder.write(NPYFixture.matrix(points.map { [$0.x, $0.y] }), to: name)
    }
    try run(["a=\(file(GoldenPoints.a, "a.npy"))", "b=\(file(GoldenPoints.b, "b.npy"))"])
    let metrics = try MetricsFile(folder: folder.path(of: "results"))
    func area(_ name: String) -> Double {
      metrics.value("value", of: name, metric: "hull_area", variant: "peel100", space: "pca2")
        ?? .nan
    }
    #expect(agree(area("a"), 2.892760175, relative: 1e-6))
    #expect(agree(area("b"), 0.7063513722, relative: 1e-6))
    #expect(agree(area("b") / area("a"), 0.2441790296, relative: 1e-6))
    #expect(metrics.rows.allSatisfy { $0["scope"] == "pooled" })
    #expect(metrics.rows.allSatisfy { $0["flags"]!.contains("no_prompts") })
  }

  @Test(arguments: [
    [[1.0, 2.0]], [[1, 2], [3, 4]], [[0, 0], [1, 1], [2, 2], [3, 3]], [[5, 5], [5, 5], [5, 5]],
  ]) func degenerateCloudsHaveNoArea(_ rows: [[Double]]) throws {
    let cloud = folder.write(NPYFixture.matrix(rows), to: "cloud.npy")
    let other = folder.write(
      NPYFixture.matrix((0..<rows.count).map { [Double($0), Double($0 * $0)] }), to: "other.npy")
    try run(["cloud=\(cloud)", "other=\(other)"])
    let metrics = try MetricsFile(folder: folder.path(of: "results"))
    let areas = metrics.rows(metric: "hull_area", variant: "peel100")
      .filter { $0["checkpoint"] == "cloud" }
    #expect(!areas.isEmpty)
    for row in areas {
      #expect(Double(row["value"]!) == 0, "\(row)")
      #expect(row["flags"]!.contains("degenerate"), "\(row)")
    }
  }

  @Test func dangerousNamesStayInside() throws {
    let before = try FileManager.default.subpathsOfDirectory(atPath: folder.path).count
    try run([
      "../../x=\(Self.demo)/base.jsonl", "a/b=\(Self.demo)/dpo.jsonl",
      "c\u{7}d=\(Self.demo)/sft-1.jsonl",
    ])
    let inside = try FileManager.default.subpathsOfDirectory(atPath: folder.path(of: "results"))
    let after = try FileManager.default.subpathsOfDirectory(atPath: folder.path).count
    #expect(after == before + inside.count + 1)
    #expect(
      !FileManager.default.fileExists(atPath: folder.url.deletingLastPathComponent().path + "/x"))
  }

  @Test func theStudyFileAndFlagsGiveTheSameMeasurements() throws {
    try run([Self.demo + "/study.yaml"], out: "file")
    try run(
      ["base", "sft-1", "sft-2", "sft-3", "dpo"].map { "\($0)=\(Self.demo)/\($0).jsonl" },
      out: "flags")
    let file = FileManager.default.contents(atPath: folder.path(of: "file/metrics.csv"))
    #expect(file == FileManager.default.contents(atPath: folder.path(of: "flags/metrics.csv")))
  }

  @Test func standardInputIsACheckpoint() throws {
    let dpo = try #require(FileManager.default.contents(atPath: Self.demo + "/dpo.jsonl"))
    let process = try AmbitProcess.run(
      [
        "run", "base=\(Self.demo)/base.jsonl", "dpo=-", "--out", folder.path(of: "results"),
        "--permutations", "99", "--embedder", "lexical",
      ], input: Array(dpo))
    #expect(process.status == 0, "\(process.talk)")
  }

  @Test func withinPlaneWithoutSecondSamplesIsRefused() throws {
    let one = folder.write(
      (0..<8).map { "{\"prompt_id\": \"p\($0)\", \"output\": \"word\($0) and more\"}\n" }.joined(),
      to: "one.jsonl")
    let two = folder.write(
      (0..<8).map { "{\"prompt_id\": \"p\($0)\", \"output\": \"other\($0) or less\"}\n" }.joined(),
      to: "two.jsonl")
    let process = try AmbitProcess.run(
      ["run", "a=\(one)", "b=\(two)", "--center", "within", "--out", folder.path(of: "results")])
    #expect(process.status == 3, "\(process.talk)")
    #expect(process.errorLines.count == 1 && process.hintLines.count == 1)
    #expect(!FileManager.default.fileExists(atPath: folder.path(of: "results")))
  }
}
