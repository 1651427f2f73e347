import AmbitFormats
import AmbitTestSupport
import Foundation
import Testing

/// `ambit plot` on the results of a small run.
@Suite struct PlotTests {
  let folder = TemporaryFolder()

  static let demo = SharedData.repository.appendingPathComponent("assets/demo").path

  /// Runs three checkpoints of the demo study into `results`, under names with steps.
  func results(_ arguments: [String] = []) throws -> String {
    let out = folder.path(of: "results")
    let process = try AmbitProcess.run(
      [
        "run", "base=\(Self.demo)/base.jsonl", "step-100=\(Self.demo)/sft-2.jsonl",
        "step-1000=\(Self.demo)/dpo.jsonl", "--embedder", "lexical", "--out", out, "--quiet",
        "--measures",
        "dispersion,rke,coverage,recall,density,hull_area,cluster_count,clusters_lost,length_words",
        "--permutations", "199", "--resamples", "200", "--dpi", "60",
      ] + arguments)
    #expect(process.status == 0, "\(process.talk)")
    return out
  }

  func bytes(_ path: String) -> Data? { FileManager.default.contents(atPath: path) }

  @Test func drawsTheFiguresOfARunAgainByteForByte() throws {
    let results = try results(["--format", "png,svg,pdf"])
    let data = try FileManager.default.contentsOfDirectory(atPath: results + "/figures/data")
    let names = data.filter { $0.hasSuffix(".json") }.map { String($0.dropLast(5)) }.sorted()
    #expect(
      names == [
        "drift_map", "drift_map_within", "forest", "hill_profile", "lengths", "metric_lines",
        "prompt_panels", "rarefaction", "similarity", "support_map", "support_plane",
        "trajectory", "variance_bars", "waterfall",
      ])
    let again = folder.path(of: "again")
    let plot = try AmbitProcess.run(
      ["plot", results, "-o", again, "--dpi", "60", "--format", "png,svg,pdf"])
    #expect(plot.status == 0, "\(plot.talk)")
    for name in names {
      for suffix in ["png", "svg", "pdf"] {
        let first = bytes("\(results)/figures/\(name).\(suffix)")
        #expect(first != nil)
        #expect(first == bytes("\(again)/\(name).\(suffix)"), "\(name).\(suffix)")
      }
      #expect(data.contains("\(name).csv"))
    }
    #expect(plot.output.split(separator: "\n").count == 3 * names.count)
  }

  @Test func captionsNameEveryFigureAndItsNumbers() throws {
    let results = try results()
    let captions = try String(contentsOfFile: results + "/figures/captions.md", encoding: .utf8)
    let figures = try FileManager.default.contentsOfDirectory(atPath: results + "/figures")
      .filter { $0.hasSuffix(".png") }
    for figure in figures {
      let name = String(figure.dropLast(4))
      let parts = captions.components(separatedBy: "## \(name)\n\n")
      #expect(parts.count == 2, "\(name)")
      #expect(parts.last?.contains("60 prompts × 10 samples") == true, "\(name)")
    }
  }

  @Test func flagsOfAppearanceChangeTheFigure() throws {
    let results = try results()
    let plain = bytes(results + "/figures/forest.png")
    for flags in [["--theme", "dark"], ["--venue", "nature"], ["--title", "A title"]] {
      let out = folder.path(of: flags[1])
      let plot = try AmbitProcess.run(
        ["plot", results, "--figures", "forest", "-o", out, "--dpi", "60"] + flags)
      #expect(plot.status == 0, "\(plot.talk)")
      #expect(try FileManager.default.contentsOfDirectory(atPath: out) == ["forest.png"])
      #expect(bytes(out + "/forest.png") != plain, "\(flags)")
    }
  }

  @Test func stepsMayStandALogarithmApart() throws {
    let results = try results()
    func drawn(_ flags: [String]) throws -> Data? {
      let out = folder.path(of: "x" + flags.joined())
      let plot = try AmbitProcess.run(
        ["plot", results, "--figures", "metric_lines", "-o", out, "--dpi", "60"] + flags)
      #expect(plot.status == 0, "\(plot.talk)")
      return bytes(out + "/metric_lines.png")
    }
    let plain = try drawn([])
    #expect(try drawn(["--x", "step"]) == plain)
    #expect(try drawn(["--x", "step", "--log-x"]) != plain)
    #expect(try drawn(["--x", "name"]) != plain)
  }

  @Test func tablesAloneGiveTheirCharts() throws {
    let results = try results()
    for (file, expected) in [
      ("metrics.csv", ["forest", "metric_lines", "support_plane", "variance_bars"]),
      ("coords.csv", ["drift_map", "drift_map_within"]),
    ] {
      let out = folder.path(of: file + "-figures")
      let plot = try AmbitProcess.run(["plot", "\(results)/\(file)", "-o", out, "--dpi", "60"])
      #expect(plot.status == 0, "\(plot.talk)")
      let names = try FileManager.default.contentsOfDirectory(atPath: out).sorted()
      #expect(names == expected.map { $0 + ".png" })
    }
  }

  @Test func refusesWhatItCannotDraw() throws {
    let results = try results()
    let out = folder.path(of: "none")
    func fails(_ arguments: [String], _ parts: String...) throws {
      try AmbitProcess.run(["plot"] + arguments + ["-o", out])
        .expectBadData(mentions: parts, nothingIn: out)
    }
    try fails([folder.path(of: "nowhere")], "nowhere")
    try fails([Self.demo + "/base.jsonl"], "no results of Ambit")
    for (name, words) in [
      ("quality_diversity", "nothing for the figure"), ("forrest", "`forrest` is no figure"),
    ] {
      let plot = try AmbitProcess.run(["plot", results, "--figures", name, "-o", out])
      #expect(plot.status == 1)
      #expect(plot.errorLines.first?.contains(words) == true, "\(plot.talk)")
      #expect(!FileManager.default.fileExists(atPath: out))
    }
    let path = results + "/figures/data/forest.json"
    let text = try String(contentsOfFile: path, encoding: .utf8)
    try text.replacingOccurrences(of: "dispersion", with: "power")
      .write(toFile: path, atomically: true, encoding: .utf8)
    try fails([results], "changed after it was written")
    try "{}".write(toFile: path, atomically: true, encoding: .utf8)
    try fails([path], "holds no figure")
  }

  @Test func figureDataAgreeWithTheResults() throws {
    let results = try results(["--save-embeddings"])
    func table(_ name: String) throws -> [[String: String]] {
      try MetricsFile.table("\(results)/figures/data/\(name).csv")
    }
    let metrics = try MetricsFile(folder: results)
    for row in try table("forest") where row["measure"] == "dispersion" {
      let scope = row["group"] == "within prompts" ? "within" : "across"
      for (own, column) in [("effect", "effect"), ("ci_low", "ci_low"), ("null_high", "null_high")]
      {
        let value = metrics.value(
          column, of: row["checkpoint"]!, metric: "dispersion", space: "embedding", scope: scope)
        #expect(value != nil && value == Double(row[own]!))
      }
    }
    // Order 0 counts every cluster, as do all outputs together.
    let kinds = try table("hill_profile").filter { $0["order"] == "0" }
    let curves = try table("rarefaction").filter { $0["outputs"] == "600" }
    #expect(kinds.count == 3)
    #expect(kinds.map { $0["effective_number"] } == curves.map { $0["clusters"] })
    for name in ["base", "step-100", "step-1000"] {
      let counts = try table("lengths").filter { $0["checkpoint"] == name }
      #expect(counts.compactMap { Int($0["outputs"]!) }.reduce(0, +) == 600)
    }
    let shares = try table("support_map").filter { $0["checkpoint"] == "step-1000" }
    #expect(shares.count == 1200)
  }

  @Test func similarityIsTheMeanCosineOfOutputsToOnePrompt() throws {
    let results = try results(["--save-embeddings"])
    let vectors = try NPYArray(
      bytes: InputFile(path: results + "/embeddings.npy").contents.bytes)
    let rows = try MetricsFile.table(results + "/rows.csv")
    let width = vectors.columnCount
    let values = vectors.floats
    func vector(_ row: Int) -> [Double] {
      let own = values[(row * width)..<((row + 1) * width)].map(Double.init)
      let length = own.reduce(0) { $0 + $1 * $1 }.squareRoot()
      return own.map { $0 / length }
    }
    let places = Dictionary(grouping: rows.indices) {
      [rows[$0]["checkpoint"]!, rows[$0]["prompt_id"]!]
    }
    let prompts = Set(rows.map { $0["prompt_id"]! }).sorted()
    func cosine(_ left: Int, _ right: Int) -> Double {
      zip(vector(left), vector(right)).reduce(0) { $0 + $1.0 * $1.1 }
    }
    let table = try MetricsFile.table(results + "/figures/data/similarity.csv")
    for row in table where row["prompts"] == "same prompt" {
      let means = prompts.map { prompt -> Double in
        let (left, right) = (
          places[[row["checkpoint"]!, prompt]]!, places[[row["other"]!, prompt]]!
        )
        let pairs = left.flatMap { one in right.filter { $0 != one }.map { (one, $0) } }
        let cosines = pairs.map(cosine)
        return cosines.reduce(0, +) / Double(cosines.count)
      }
      let naive = means.reduce(0, +) / Double(means.count)
      #expect(agree(Double(row["cosine"]!)!, naive, relative: 1e-9))
    }
    // Over different prompts, of one pair of checkpoints: the naive sum has n² terms.
    let other = try #require(table.first { $0["prompts"] == "different prompts" })
    let units = rows.indices.map(vector)
    var total = 0.0
    var count = 0
    for left in rows.indices where rows[left]["checkpoint"] == other["checkpoint"] {
      for right in rows.indices where rows[right]["checkpoint"] == other["other"] {
        guard rows[left]["prompt_id"] != rows[right]["prompt_id"] else { continue }
        total += zip(units[left], units[right]).reduce(0) { $0 + $1.0 * $1.1 }
        count += 1
      }
    }
    #expect(agree(Double(other["cosine"]!)!, total / Double(count), relative: 1e-9))
  }

  @Test func curvesOfClustersLieInTheirIntervals() throws {
    let results = try results()
    for (name, column) in [("rarefaction", "clusters"), ("hill_profile", "effective_number")] {
      let rows = try MetricsFile.table(results + "/figures/data/\(name).csv")
      #expect(!rows.isEmpty)
      for row in rows {
        let ends = ["ci_low", column, "ci_high"].compactMap { Double(row[$0]!) }
        #expect(ends.count == 3 && ends == ends.sorted() && ends[0] >= 0, "\(row)")
      }
    }
  }
}
