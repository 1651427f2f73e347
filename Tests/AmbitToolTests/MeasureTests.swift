import AmbitTestSupport
import Foundation
import Testing

/// `ambit measure`: the numbers of a run without the run.
@Suite struct MeasureTests {
  let folder = TemporaryFolder()
  static let demo = SharedData.repository.appendingPathComponent("assets/demo").path
  static let few = ["--permutations", "99", "--resamples", "100"]

  func run(_ arguments: [String], out: String) throws {
    let process = try AmbitProcess.run(
      ["run"] + arguments + Self.few + ["--save-embeddings", "--out", folder.path(of: out)])
    #expect(process.status == 0, "\(process.talk)")
  }

  func measure(_ arguments: [String], out: String? = nil) throws -> AmbitProcess {
    try AmbitProcess.run(
      ["measure"] + arguments + Self.few + (out.map { ["-o", folder.path(of: $0)] } ?? []))
  }

  func text(_ name: String) throws -> String {
    try String(contentsOfFile: folder.path(of: name), encoding: .utf8)
  }

  /// Three checkpoints of 8 prompts × 4 samples, each with fewer words to choose from.
  var checkpoints: [String] {
    ["base", "sft-2", "dpo"].enumerated().map { index, name in
      let lines = (0..<32).map { row in
        let words = (0..<9).map { "word\((row * row * 3 + $0 * ($0 + row)) % (17 - 5 * index))" }
        return "{\"prompt_id\": \"p\(row / 4)\", \"output\": \"\(words.joined(separator: " "))\"}\n"
      }
      return "\(name)=\(folder.write(lines.joined(), to: "\(name).jsonl"))"
    }
  }

  @Test func vectorsOfARunHaveItsNumbersByteForByte() throws {
    let families = ["--measures", "spread,sets,plane"]
    try run(checkpoints + ["--embedder", "lexical", "--baseline", "dpo"] + families, out: "run")
    let process = try measure(
      [
        folder.path(of: "run/embeddings.npy"), "--rows", folder.path(of: "run/rows.csv"),
        "--baseline", "dpo",
      ] + families, out: "metrics.csv")
    #expect(process.status == 0, "\(process.talk)")
    #expect(process.output.contains("metrics.csv"))
    #expect(try text("run/metrics.csv") == text("metrics.csv"))
  }

  @Test func promptsNamedByTheirTextKeepTheirOrder() throws {
    let paths = (0..<2).map { checkpoint in
      folder.write(
        (0..<40).map { row in
          "{\"prompt\": \"say \(row * 37 % 20)\", \"output\": \"word \(row * row % 7) and "
            + "\(row % (4 - checkpoint)) more\"}\n"
        }.joined(), to: "texts-\(checkpoint).jsonl")
    }
    let families = ["--measures", "spread,sets,plane"]
    try run(["a=\(paths[0])", "b=\(paths[1])", "--embedder", "lexical"] + families, out: "run")
    let process = try measure(
      [folder.path(of: "run/embeddings.npy"), "--rows", folder.path(of: "run/rows.csv")]
        + families, out: "metrics.csv")
    #expect(process.status == 0, "\(process.talk)")
    #expect(try text("run/metrics.csv") == text("metrics.csv"))
  }

  @Test func pointsOfARunHaveItsNumbersByteForByte() throws {
    // Planes at random are of the vectors alone.
    let plane = ["--measures", "plane,-projected_hull"]
    try run(
      checkpoints + ["--embedder", "lexical", "--projection", "tsne", "--perplexity", "10"]
        + plane, out: "run")
    let coordinates = folder.path(of: "run/coords.csv")
    #expect(try measure([coordinates] + plane, out: "metrics.csv").status == 0)
    // The map's own quality is of the map and the vectors, as is what is refused of the vectors.
    let ofTheMap = ["trustworthiness", "continuity", "knn_recall", "shepard_rho"]
    let rows = try text("run/metrics.csv").split(separator: "\n").filter { row in
      !ofTheMap.contains { row.contains(",\($0),") } && !row.contains(",embedding,")
    }
    #expect(rows == (try text("metrics.csv").split(separator: "\n")))
  }

  @Test func textsHaveTheLexicalNumbersOfARun() throws {
    try run(
      Array(checkpoints.prefix(2)) + ["--embedder", "lexical", "--measures", "lexical,logprobs"],
      out: "run")
    let process = try measure(Array(checkpoints.prefix(2)), out: "metrics.csv")
    #expect(process.status == 0, "\(process.talk)")
    #expect(try text("run/metrics.csv") == text("metrics.csv"))
  }

  @Test func textsHaveTheLogProbNumbersOfARun() throws {
    let pair = ["base", "sft"].enumerated().map { index, name in
      let lines = (0..<32).map { row in
        "{\"prompt_id\": \"p\(row / 4)\", \"output\": \"word \(row * row % 11) again\", "
          + "\"logprobs\": [-1, -0.\(row % 7 + index), -0.5]}\n"
      }
      return "\(name)=\(folder.write(lines.joined(), to: "\(name)-scored.jsonl"))"
    }
    try run(pair + ["--embedder", "lexical", "--measures", "logprobs"], out: "run")
    let process = try measure(pair + ["--measures", "logprobs"], out: "metrics.csv")
    #expect(process.status == 0, "\(process.talk)")
    #expect(try text("metrics.csv").contains("\nsft,base,within,logprob,entropy,plain,+,8,32,"))
    #expect(try text("run/metrics.csv") == text("metrics.csv"))
  }

  @Test func vectorsWithoutPromptsAndOfOneCheckpointAreMeasured() throws {
    let rows = (0..<24).map { row in (0..<3).map { Double((row * 7 + $0 * 5) % 11) } }
    let path = folder.write(NPYFixture.matrix(rows), to: "x.npy")
    let process = try measure([path, "--measures", "dispersion,hull_area"])
    #expect(process.status == 0, "\(process.talk)")
    #expect(process.output.contains("24 outputs, no prompts"))
    #expect(process.output.contains("dispersion") && process.output.contains("hull_area[peel95]"))
    let other = folder.write(NPYFixture.matrix(rows.map { $0.map { $0 / 2 } }), to: "y.npy")
    let pair = ["x=\(path)", "y=\(other)"]
    try run(pair, out: "run")
    #expect(try measure(pair, out: "pair.csv").status == 0)
    #expect(try text("run/metrics.csv") == text("pair.csv"))
    // Rows without prompts, in one file.
    #expect(
      try measure(
        [folder.path(of: "run/embeddings.npy"), "--rows", folder.path(of: "run/rows.csv")],
        out: "rows.csv"
      ).status == 0)
    #expect(try text("run/metrics.csv") == text("rows.csv"))
  }

  @Test func whatCannotBeMeasuredIsSaid() throws {
    let base = Self.demo + "/base.jsonl"
    let cases: [([String], Int32, String)] = [
      ([], 1, "no file"),
      (["a.npy", "b.npy", "--rows", "rows.csv"], 1, "--rows"),
      ([base, "-o", "metrics.npy"], 1, "metrics.npy"),
      ([base, "--measures", "dispersion"], 3, "dispersion"),
      ([base, "--measures", "spread"], 3, "none of the chosen"),
      (["no-such.npy"], 2, "no-such.npy"),
      ([write("checkpoint,x,y,projection\na,1,2,pca2\n")], 2, "prompt_id"),
      ([write("\(Self.header)a,p,0,1,2,umap\n")], 2, "umap"),
      ([write("\(Self.header)a,p,0,1,far,pca2\n")], 2, "far"),
      ([write("\(Self.header)a,p,0,1,2,pca2\na,p,1,1,2,pca2_within\n")], 2, "different rows"),
      ([write("\(Self.header)a,p,0,1,2,tsne2\nb,p,0,1,2,tsne2\n")], 3, "no measurement"),
    ]
    for (arguments, status, part) in cases {
      let process = try measure(arguments)
      #expect(process.status == status, "\(arguments): \(process.talk)")
      #expect(
        process.errorLines.count == 1 && process.errorLines[0].contains(part), "\(process.talk)")
      #expect(process.output.isEmpty)
    }
  }

  static let header = "checkpoint,prompt_id,sample,x,y,projection\n"

  func write(_ text: String) -> String {
    folder.write(text, to: "points-\(text.utf8.reduce(0) { ($0 &* 31) &+ Int($1) }).csv")
  }

  @Test func numbersOfPackagesAreGiven() throws {
    let rows = (0..<12).map { row in (0..<3).map { Double((row * 7 + $0 * 5) % 11) } }
    let path = folder.write(NPYFixture.matrix(rows), to: "x.npy")
    func compat(_ package: String, _ files: [String], _ flags: [String] = []) throws -> AmbitProcess
    {
      try AmbitProcess.run(["measure"] + files + ["--compat", package] + flags)
    }
    #expect(try compat("vendi", [path]).output.contains("score_X(q=2)"))
    let csv = folder.path(of: "prdc.csv")
    #expect(try compat("prdc", ["a=\(path)", "b=\(path)"], ["-o", csv]).status == 0)
    let table = try MetricsFile.table(csv)
    #expect(table.map { $0["score"]! } == ["precision", "recall", "density", "coverage"])
    #expect(table.allSatisfy { $0["reference"] == "a" && $0["checkpoint"] == "b" })
    let texts = checkpoints[0]
    #expect(try compat("diversity", [texts]).output.contains("homogenization_score(rougel)"))
    #expect(try compat("kirk2023", [texts]).output.contains("mean_per_input_ead"))
    for (package, files, flags, status) in [
      ("prdc", [path], [], 3), ("vendi", [texts], [], 3), ("diversity", [path], [], 3),
      ("kirk2023", [path], [], 3), ("vendi", [path], ["--measures", "rke"], 1),
      ("gem", [path], [], 1),
    ] as [(String, [String], [String], Int32)] {
      let process = try compat(package, files, flags)
      #expect(process.status == status, "\(package): \(process.talk)")
      #expect(process.errorLines.count == 1 && process.hintLines.count == 1)
    }
  }
}
