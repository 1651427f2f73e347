import AmbitFormats
import AmbitTestSupport
import Foundation
import Testing

/// `ambit export` on runs that it writes itself.
@Suite struct ExportTests {
  let folder = TemporaryFolder()

  /// Outputs that are hard on tables: quotes, tabs, line breaks, commas, other scripts.
  private static func output(_ checkpoint: String, _ prompt: Int, _ sample: Int) -> String {
    [
      "\(checkpoint) says \"\(sample)\", plainly",
      "a tab\tand\nlines\r\nof \(checkpoint) \(prompt)",
      "日本語 \(checkpoint) \(prompt) \(sample)", " blanks at both ends \(prompt) \(checkpoint) ",
    ][(prompt + sample) % 4] + " \(prompt).\(sample)"
  }

  private static func rows(_ checkpoint: String) -> [JSON] {
    (0..<12).map { index in
      [
        "prompt_id": .string("p\(index / 3)"), "prompt": .string("Question, \"\(index / 3)\"?"),
        "output": .string(output(checkpoint, index / 3, index % 3)),
      ]
    }
  }

  /// Runs a small study of two checkpoints into `results`.
  private func study(_ arguments: [String] = []) throws {
    for name in ["base", "tuned"] {
      folder.write(JSONWriter().lines(Self.rows(name)), to: "in/\(name).jsonl")
    }
    try run(["in/base.jsonl", "in/tuned.jsonl"] + arguments)
  }

  private func run(_ arguments: [String]) throws {
    let process = try AmbitProcess.run(
      ["run"] + arguments
        + [
          "--embedder", "lexical", "--out", "results", "--permutations", "99", "--resamples", "100",
        ], in: folder.path)
    try #require(process.status == 0, "\(process.talk)")
  }

  private func export(_ arguments: String...) throws -> AmbitProcess {
    try AmbitProcess.run(["export"] + arguments, in: folder.path)
  }

  private func table(_ name: String) throws -> [[String: String]] {
    let rows = try CSVReader().rows(of: InputFile(path: folder.path(of: name)).contents)
    return rows.dropFirst().map { row in
      Dictionary(uniqueKeysWithValues: zip(rows[0].cells, row.cells))
    }
  }

  private func lines(_ name: String) throws -> [String] {
    String(decoding: try InputFile(path: folder.path(of: name)).contents.bytes, as: UTF8.self)
      .split(separator: "\n", omittingEmptySubsequences: false).dropLast().map(String.init)
  }

  @Test("atlas: the first plane, with the texts that the run read") func atlas() throws {
    try study()
    let process = try export("atlas", "results")
    #expect(process.status == 0, "\(process.talk)")
    #expect(process.output.hasPrefix("24 points of pca2: results/export/atlas.csv\n"))
    #expect(process.output.contains("embedding-atlas results/export/atlas.csv --text text"))
    let rows = try table("results/export/atlas.csv")
    let points = try table("results/coords.csv").filter { $0["projection"] == "pca2" }
    #expect(rows.count == 24 && points.count == 24)
    for (row, point) in zip(rows, points) {
      #expect(row["x"] == point["x"] && row["y"] == point["y"])
      #expect(row["checkpoint"] == point["checkpoint"])
      #expect(SHA256.hexadecimal(of: row["text"]!) == point["text_sha256"])
      #expect(row["prompt"] == "Question, \"\(row["prompt_id"]!.dropFirst())\"?")
    }
    let texts = ["base", "tuned"].flatMap { Self.rows($0).map { $0["output"]!.string! } }
    #expect(Set(rows.map { $0["text"]! }) == Set(texts))
  }

  @Test("atlas: another plane and another place") func chosenPlane() throws {
    try study()
    let process = try export(
      "atlas", "results", "--plane", "pca2_within", "-o", "a/b.csv", "--json")
    #expect(process.status == 0, "\(process.talk)")
    let written = try JSONParser().parse(InputBytes(Array(process.output.utf8))).tree
    #expect(written == ["format": "atlas", "rows": 24, "files": ["a/b.csv"]])
    let points = try table("results/coords.csv").filter { $0["projection"] == "pca2_within" }
    #expect(try table("a/b.csv").map { $0["x"] } == points.map { $0["x"] })
  }

  @Test("csv: one row an output, with every plane") func everyPlane() throws {
    try study()
    #expect(try export("csv", "results").output.hasPrefix("24 outputs in 2 planes: "))
    let rows = try table("results/export/points.csv")
    #expect(rows.count == 24)
    for plane in ["pca2", "pca2_within"] {
      let points = try table("results/coords.csv").filter { $0["projection"] == plane }
      #expect(rows.map { $0["\(plane)_x"] } == points.map { $0["x"] })
      #expect(rows.map { $0["\(plane)_y"] } == points.map { $0["y"] })
      #expect(
        rows.map { SHA256.hexadecimal(of: $0["text"]!) } == points.map { $0["text_sha256"] })
    }
  }

  @Test("projector: the vectors as they are, and one line of metadata each") func projector() throws
  {
    try study(["--save-embeddings"])
    let process = try export("projector", "results", "-o", "projector")
    #expect(process.status == 0, "\(process.talk)")
    #expect(process.output.contains("tensorboard --logdir projector"))
    let array = try NPYArray(
      bytes: InputFile(path: folder.path(of: "results/embeddings.npy")).contents.bytes)
    let vectors = try lines("projector/vectors.tsv").flatMap {
      $0.split(separator: "\t").map { Float(String($0))! }
    }
    #expect(array.rowCount == 24 && vectors == array.floats)
    let metadata = try lines("projector/metadata.tsv").map { $0.components(separatedBy: "\t") }
    #expect(metadata.count == 25)
    #expect(metadata.allSatisfy { $0.count == 5 })
    #expect(metadata[0] == ["checkpoint", "prompt_id", "sample", "prompt", "text"])
    let checkpoints = try table("results/rows.csv").map { $0["checkpoint"]! }
    #expect(metadata.dropFirst().map { $0[0] } == checkpoints)
    #expect(metadata.contains { $0[4].hasPrefix("a tab and lines of base 1") })
    let config = try lines("projector/projector_config.pbtxt").joined()
    #expect(config.contains("tensor_path: \"vectors.tsv\""))
    #expect(config.contains("metadata_path: \"metadata.tsv\""))
  }

  @Test("a run without vectors cannot be laid out by the projector") func withoutVectors() throws {
    try study()
    let process = try export("projector", "results", "-o", "projector")
    process.expectBadData(
      mentions: ["results/embeddings.npy", "kept no vectors"],
      nothingIn: folder.path(of: "projector"))
    #expect(process.hintLines.first?.contains("--save-embeddings") == true)
  }

  @Test("inputs that changed, are gone, or moved") func inputs() throws {
    try study()
    let path = folder.path(of: "in/tuned.jsonl")
    let old = try InputFile(path: path).contents.bytes
    folder.write(Array(old) + Array("\n".utf8), to: "in/tuned.jsonl")
    let changed = try export("atlas", "results")
    changed.expectBadData(
      mentions: ["in/tuned.jsonl", "has changed since the run"],
      nothingIn: folder.path(of: "results/export"))
    #expect(changed.hintLines.first?.contains("run `ambit run` again") == true)
    folder.write(Array(old), to: "moved/tuned.jsonl")
    try FileManager.default.removeItem(atPath: path)
    let gone = try export("atlas", "results")
    gone.expectBadData(
      mentions: ["in/tuned.jsonl", "not there"], nothingIn: folder.path(of: "results/export"))
    #expect(gone.hintLines.first?.contains("--inputs") == true)
    try FileManager.default.moveItem(
      atPath: folder.path(of: "in/base.jsonl"), toPath: folder.path(of: "moved/base.jsonl"))
    let moved = try export("atlas", "results", "--inputs", "moved")
    #expect(moved.status == 0, "\(moved.talk)")
    #expect(try table("results/export/atlas.csv").count == 24)
  }

  @Test("what is no finished run, no plane, no file name") func mistakes() throws {
    try study()
    try export("atlas", "nowhere").expectBadData(
      mentions: ["nowhere", "no such folder"], nothingIn: folder.path(of: "nowhere"))
    try export("atlas", "in").expectBadData(
      mentions: ["in", "manifest.json"], nothingIn: folder.path(of: "in/export"))
    let plane = try export("atlas", "results", "--plane", "pca2_witin")
    plane.expectBadData(
      mentions: ["pca2_witin"], nothingIn: folder.path(of: "results/export"))
    #expect(plane.hintLines.first?.contains("pca2_within") == true)
    for arguments in [
      ["atlas", "results", "-o", "a.parquet"], ["csv", "results", "--plane", "pca2"],
      ["excel", "results"], ["csv", "results", "-o", ""],
    ] {
      let process = try AmbitProcess.run(["export"] + arguments, in: folder.path)
      #expect(process.status == 1, "\(arguments): \(process.talk)")
    }
  }

  @Test("damaged results are told with their line") func damaged() throws {
    try study()
    let text = String(
      decoding: try InputFile(path: folder.path(of: "results/coords.csv")).contents.bytes,
      as: UTF8.self)
    var rows = text.split(separator: "\n").map(String.init)
    func error(_ changed: [String]) throws -> String {
      folder.write(changed.joined(separator: "\n") + "\n", to: "results/coords.csv")
      let process = try export("csv", "results")
      #expect(process.status == 2)
      return process.talk
    }
    #expect(try error(Array(rows.dropLast())).contains("has 23 rows"))
    #expect(
      try error([rows[0].replacing("text_sha256", with: "digest")] + rows.dropFirst())
        .contains("text_sha256"))
    rows.swapAt(30, 31)
    #expect(try error(rows).contains("line 31"))
    rows.swapAt(30, 31)
    rows[5] = rows[5].replacing(rows[5].split(separator: ",")[3], with: "far")
    #expect(try error(rows).contains("line 6: field `x`"))
  }

  @Test("texts are those that the run measured: without thinking, from tables too") func readings()
    throws
  {
    for name in ["base", "tuned"] {
      let rows = Self.rows(name).map { row -> JSON in
        var object = row.object!
        object["output"] = .string("<think>hm</think>" + row["output"]!.string!)
        return .object(object)
      }
      folder.write(JSONWriter().lines(rows), to: "in/\(name).jsonl")
    }
    try run(["in/base.jsonl", "in/tuned.jsonl", "--strip-think"])
    #expect(try export("csv", "results").status == 0)
    #expect(try table("results/export/points.csv").allSatisfy { !$0["text"]!.contains("think") })

    let table = Array(
      try Data(
        contentsOf: SharedData.repository.appendingPathComponent(
          "Tests/AmbitFormatsTests/Fixtures/parquet/trl-strings.parquet")))
    folder.write(table, to: "logs/completions_00100.parquet")
    folder.write(table, to: "logs/completions_00200.parquet")
    try run(["logs"])
    #expect(try export("csv", "results").status == 0)
    let rows = try self.table("results/export/points.csv")
    // One output of each file is empty, and a run drops those.
    #expect(rows.count == 14)
    #expect(Set(rows.map { $0["checkpoint"]! }) == ["completions_00100", "completions_00200"])
    #expect(rows.allSatisfy { $0["prompt"]!.hasPrefix("What is ") })
  }

  @Test("vectors have places but no texts") func vectors() throws {
    for name in ["a", "b"] {
      let values = (0..<40).map { Float(($0 * 7919 + name.utf8.first.map(Int.init)!) % 101) }
      folder.write(NPYArray(shape: [10, 4], floats: values).encoded(), to: "\(name).npy")
    }
    let process = try AmbitProcess.run(
      ["run", "a.npy", "b.npy", "--out", "results", "--permutations", "99", "--resamples", "100"],
      in: folder.path)
    #expect(process.status == 0, "\(process.talk)")
    try FileManager.default.removeItem(atPath: folder.path(of: "a.npy"))
    #expect(try export("atlas", "results").status == 0)
    #expect(
      try table("results/export/atlas.csv").map { $0["text"] } == Array(repeating: "", count: 20))
  }
}
