import AmbitFormats
import AmbitMatrix
import AmbitTestSupport
import Foundation
import Testing

/// `ambit project`, and the map of neighbours of a run.
@Suite struct ProjectTests {
  let folder = TemporaryFolder()

  /// Three groups of 30 rows in 6 dimensions, far apart.
  func clusters(seed: UInt64 = 1, count: Int = 30) -> String {
    var random = SplitMix64(seed: seed)
    let rows = (0..<3 * count).map { row in
      (0..<6).map { column in (column == row / count ? 10 : 0) + random.normal() }
    }
    return folder.write(NPYFixture.matrix(rows), to: "clusters-\(seed).npy")
  }

  func project(_ arguments: [String], out: String = "places.npy") throws -> AmbitProcess {
    try AmbitProcess.run(["project"] + arguments + ["-o", folder.path(of: out)])
  }

  func places(_ name: String = "places.npy") throws -> NPYArray {
    let data = try #require(FileManager.default.contents(atPath: folder.path(of: name)))
    return try NPYArray(bytes: Array(data))
  }

  /// How many rows lie nearest to the mean place of their own group.
  func countAtHome(_ array: NPYArray, groups: NPYArray) -> Int {
    func point(_ array: NPYArray, _ row: Int) -> SIMD2<Double> {
      SIMD2(array.doubles[2 * row], array.doubles[2 * row + 1])
    }
    let size = groups.rowCount / 3
    let means = (0..<3).map { group in
      (0..<size).reduce(SIMD2<Double>.zero) { $0 + point(groups, group * size + $1) }
        / Double(size)
    }
    let own = array.rowCount / 3
    return (0..<array.rowCount).count { row in
      let distances = means.map { mean in
        let difference = point(array, row) - mean
        return (difference * difference).sum()
      }
      return distances.firstIndex(of: distances.min()!) == row / own
    }
  }

  @Test(arguments: ["pca", "tsne", "densne"])
  func groupsStayTogetherForAnyThreadCount(_ method: String) throws {
    let rows = clusters()
    for threads in ["1", "2"] {
      let process = try project(
        [rows, "--method", method, "--threads", threads], out: "\(threads).npy")
      #expect(process.status == 0, "\(process.talk)")
      #expect(process.output.contains("trustworthiness"))
    }
    let array = try places("1.npy")
    #expect(array.shape == [90, 2])
    #expect(array == (try places("2.npy")))
    #expect(countAtHome(array, groups: array) == 90)
  }

  @Test(arguments: ["pca", "tsne"]) func laterRowsJoinAKeptMap(_ method: String) throws {
    let rows = clusters()
    let map = folder.path(of: "map.npz")
    #expect(try project([rows, "--method", method, "--save-map", map], out: "map.npy").status == 0)
    let again = try project([rows, "--reference", map], out: "again.npy")
    #expect(again.status == 0, "\(again.talk)")
    #expect(try places("again.npy") == places("map.npy"))
    let fresh = try project([clusters(seed: 2, count: 10), "--reference", map], out: "fresh.npy")
    #expect(fresh.status == 0, "\(fresh.talk)")
    #expect(try countAtHome(places("fresh.npy"), groups: places("map.npy")) == 30)
  }

  @Test(arguments: [
    (["--perplexity", "30"], 1, "for a map of neighbours"),
    (["--late-exaggeration", "4"], 1, "for a map of neighbours"),
    (["--method", "tsne", "--late-exaggeration", "0.5"], 1, "from 1 to 12"),
    (["--method", "tsne", "--perplexity", "30,0"], 1, "found 0"),
    (["--method", "tsne", "--perplexity", "30,"], 1, "30,"),
    (["--reference", "a.npz", "--perplexity", "30"], 1, "for a new map"),
    (["--method", "tsne", "--perplexity", "0.5"], 1, "at least 1"),
    (["--method", "umap"], 1, "umap"),
    (["--threads", "0"], 1, "--threads"),
    (["--reference", "no-such.npz"], 2, "no-such.npz"),
    (["--reference", "a.npz", "--save-map", "b.npz"], 1, "--save-map"),
  ]) func whatCannotBeDoneIsSaid(_ flags: [String], status: Int32, message: String) throws {
    let process = try project([clusters()] + flags)
    #expect(process.status == status, "\(process.talk)")
    #expect(process.errorLines.count == 1 && process.hintLines.count == 1, "\(process.talk)")
    #expect(process.errorLines.first?.contains(message) == true, "\(process.talk)")
    #expect(!FileManager.default.fileExists(atPath: folder.path(of: "places.npy")))
  }

  @Test func severalScalesAndLateExaggerationAreTold() throws {
    let process = try project(
      [
        clusters(), "--method", "tsne", "--perplexity", "5,25", "--late-exaggeration", "4",
        "--json",
      ])
    #expect(process.status == 0, "\(process.talk)")
    let facts = try #require(
      try JSONSerialization.jsonObject(with: Data(process.output.utf8)) as? [String: Any])
    #expect(facts["perplexity"] as? [Double] == [5, 25])
    #expect(facts["late_exaggeration"] as? Double == 4)
    #expect(facts["search_recall"] as? Double == 1)
  }

  @Test func rowsAllEqualAreSaidToBe() throws {
    let rows = [[Double]](repeating: [1, 2, 3], count: 30)
    let equal = folder.write(NPYFixture.matrix(rows), to: "equal.npy")
    let process = try project([equal, "--method", "tsne"])
    #expect(process.status == 0, "\(process.talk)")
    #expect(process.output.contains("all rows are equal"))
    #expect(!process.output.contains("Quality"))
    #expect(try places().doubles.allSatisfy { $0 == 0 })
  }

  @Test func aPerplexityThatRowsDoNotAllowIsSaid() throws {
    let process = try project([clusters(), "--method", "tsne", "--perplexity", "40"])
    #expect(process.status == 0, "\(process.talk)")
    #expect(process.output.contains("perplexity 29.67 (40 needs 121 rows)"), "\(process.output)")
  }

  @Test func rowsThatCannotBeMappedAreRefused() throws {
    let few = folder.write(NPYFixture.matrix([[1, 2], [3, 4], [5, 7]]), to: "few.npy")
    #expect(try project([few, "--method", "tsne"]).status == 3)
    var rows = (0..<20).map { [Double($0), 1, 2] }
    rows[16][1] = .nan
    let broken = try project(
      [folder.write(NPYFixture.matrix(rows), to: "nan.npy"), "--method", "tsne"])
    #expect(broken.status == 2)
    #expect(broken.errorLines.first?.contains("row 17, column 2") == true, "\(broken.talk)")
    rows = rows.map { _ in [1, 1e19, 1] }
    let long = try project(
      [folder.write(NPYFixture.matrix(rows), to: "long.npy"), "--method", "densne"])
    #expect(long.status == 2 && long.hintLines.first?.contains("scale the rows down") == true)
    let text = folder.write("{\"output\": \"text\"}\n", to: "text.jsonl")
    #expect(try project([text]).status == 2)
    let basis = folder.path(of: "map.npz")
    #expect(try project([clusters(), "--save-map", basis], out: "map.npy").status == 0)
    #expect(try project([few, "--reference", basis]).status == 2)
  }

  @Test func aRunDrawsTheMapAndTakesNoAreaFromIt() throws {
    let demo = SharedData.repository.appendingPathComponent("assets/demo").path
    for (out, flags) in [("plain", []), ("forced", ["--allow-nonmetric"])] {
      let process = try AmbitProcess.run(
        [
          "run", "base=\(demo)/base.jsonl", "dpo=\(demo)/dpo.jsonl", "--embedder", "lexical",
          "--projection", "tsne", "--perplexity", "12", "--map-colour", "radius",
          "--permutations", "99", "--resamples", "100", "--out", folder.path(of: out),
        ] + flags)
      #expect(process.status == 0, "\(process.talk)")
      let metrics = try MetricsFile(folder: folder.path(of: out))
      let areas = metrics.rows.filter { $0["space"] == "tsne2" && $0["metric"] == "hull_area" }
      #expect(!areas.isEmpty)
      for row in areas {
        #expect(row["flags"]!.contains("nonmetric"))
        #expect(row["value"]!.isEmpty == flags.isEmpty)
      }
      let quality = metrics.rows.filter { $0["metric"] == "trustworthiness" }
      #expect(quality.map { $0["checkpoint"]! } == ["", "base", "dpo"])
      for row in quality { #expect(Double(row["value"]!)! > 0.5) }
      let files = FileManager.default
      #expect(files.fileExists(atPath: folder.path(of: "\(out)/figures/tsne_map.png")))
      let data = try String(
        contentsOfFile: folder.path(of: "\(out)/figures/data/tsne_map.csv"), encoding: .utf8)
      #expect(data.hasPrefix("checkpoint,kind,index,x,y,radius\n"))
      let coordinates = try String(
        contentsOfFile: folder.path(of: "\(out)/coords.csv"), encoding: .utf8)
      #expect(coordinates.split(separator: "\n").count { $0.contains(",tsne2,") } == 1200)
    }
  }

  @Test func aMapOptionWithoutAMapIsAUsageError() throws {
    for flags in [["--perplexity", "20"], ["--map-colour", "radius"]] {
      let process = try AmbitProcess.run(["run", "a=a.npy", "b=b.npy"] + flags)
      #expect(process.status == 1)
      #expect(process.hintLines.first?.contains("--projection tsne") == true)
    }
  }
}
