import AmbitFormats
import AmbitTestSupport
import Foundation
import Testing

/// `ambit embed`, the cache and the list of models, run as a person would.
@Suite struct EmbedTests {
  let folder = TemporaryFolder()

  /// A small random encoder whose weights stand in the repository.
  static let model = SharedData.repository
    .appendingPathComponent("Tests/AmbitEmbeddingTests/Fixtures/encoders/bert").path

  /// Five records, one of them empty, two alike.
  var texts: String {
    folder.write(
      """
      {"prompt_id": "p1", "output": "The tide came in. It went out."}
      {"prompt_id": "p1", "output": "   "}
      {"prompt_id": "p2", "output": "One word"}
      {"prompt_id": "p2", "output": "The tide came in. It went out."}
      {"prompt_id": "p3", "output": "word"}

      """, to: "texts.jsonl")
  }

  func vectors(_ name: String) throws -> NPYArray {
    let data = try #require(FileManager.default.contents(atPath: folder.path(of: name)))
    return try NPYArray(bytes: Array(data))
  }

  func lines(_ name: String) throws -> [Substring] {
    try String(contentsOfFile: folder.path(of: name), encoding: .utf8).split(separator: "\n")
  }

  func embed(_ arguments: [String]) throws -> AmbitProcess {
    try AmbitProcess.run(["embed"] + arguments + ["--cache", folder.path(of: "cache")])
  }

  @Test func aRowARecordInFileOrder() throws {
    let process = try embed([
      "a=\(texts)", "--embedder", "lexical", "-o", folder.path(of: "v.npy"),
    ])
    #expect(process.status == 0, "\(process.talk)")
    #expect(process.output.hasPrefix("Vectors: lexical, 512 dimensions"))
    #expect(process.talk.contains("1 empty output has no row"))
    let rows = try lines("rows.csv")
    #expect(rows.first == "checkpoint,prompt_id,sample,text_sha256")
    #expect(rows.dropFirst().map { $0.prefix(7) } == ["a,p1,0,", "a,p2,0,", "a,p2,1,", "a,p3,0,"])
    let array = try vectors("v.npy")
    #expect(array.shape == [4, 512])
    let values = array.floats
    #expect(values[0..<512] == values[1024..<1536])
    #expect(values[0..<512] != values[512..<1024])
  }

  @Test func emptyRecordsAreKeptOnRequest() throws {
    let process = try embed([
      texts, "--embedder", "lexical", "--keep-empty", "-o", folder.path(of: "v.npy"),
    ])
    #expect(process.status == 0, "\(process.talk)")
    let array = try vectors("v.npy")
    #expect(array.shape == [5, 512])
    #expect(array.floats[512..<1024].allSatisfy { $0 == 0 })
    #expect(process.talk.contains("1 output has no tokens"))
  }

  @Test func halvesAreTheVectorsOfTheirSentences() throws {
    let halves = folder.write(
      """
      {"output": "The tide came in."}
      {"output": "It went out."}

      """, to: "halves.jsonl")
    for (file, name) in [(texts, "whole"), (halves, "parts")] {
      let process = try embed([
        file, "--embedder", Self.model, "--halves", "-o", folder.path(of: "\(name).npy"),
      ])
      #expect(process.status == 0, "\(process.talk)")
    }
    let parts = try vectors("parts.npy")
    let width = parts.shape[1]
    #expect(try vectors("whole.half1.npy").floats[..<width] == parts.floats[..<width])
    #expect(try vectors("whole.half2.npy").floats[..<width] == parts.floats[width...])
    // `word` cannot be cut: all of it is in the first half.
    let (whole, first, second) = try (
      vectors("whole.npy").floats, vectors("whole.half1.npy").floats,
      vectors("whole.half2.npy").floats
    )
    #expect(whole[(3 * width)...] == first[(3 * width)...])
    #expect(second[(3 * width)...].allSatisfy { $0 == 0 })
  }

  @Test func tokenIdsAreWrittenWithTheirFrame() throws {
    let process = try embed([
      texts, "--embedder", Self.model, "--keep-empty", "--window-tokens", "3", "-o",
      folder.path(of: "v.npy"), "--tokens", folder.path(of: "ids.jsonl"),
    ])
    #expect(process.status == 0, "\(process.talk)")
    let ids = try lines("ids.jsonl").map {
      try JSONDecoder().decode([Int].self, from: Data($0.utf8))
    }
    #expect(ids.map(\.count) == [5, 2, ids[2].count, 5, ids[4].count])
    #expect(Set(ids.map(\.first)).count == 1 && Set(ids.map(\.last)).count == 1)
    #expect(ids[0] == ids[3])
    #expect(process.talk.contains("Outputs cut at 3 tokens: texts "))
  }

  @Test func theSecondRunEmbedsNothing() throws {
    let demo = SharedData.repository.appendingPathComponent("assets/demo").path
    func run(_ out: String) throws -> [String: Any] {
      let process = try AmbitProcess.run([
        "run", "base=\(demo)/base.jsonl", "dpo=\(demo)/dpo.jsonl", "--embedder", Self.model,
        "--permutations", "99", "--resamples", "100", "--cache", folder.path(of: "cache"), "--out",
        folder.path(of: out),
      ])
      #expect(process.status == 0, "\(process.talk)")
      let data = try #require(
        FileManager.default.contents(atPath: folder.path(of: "\(out)/manifest.json")))
      let manifest = try JSONSerialization.jsonObject(with: data) as? [String: Any]
      let embedder = try #require(manifest?["embedder"] as? [String: Any])
      return try #require(embedder["cache"] as? [String: Any])
    }
    let first = try run("first")
    let second = try run("second")
    #expect(first["found"] as? Int == 0)
    #expect((first["embedded"] as? Int ?? 0) > 100)
    #expect(second["embedded"] as? Int == 0)
    #expect(second["found"] as? Int == first["embedded"] as? Int)
    for name in ["metrics.csv", "coords.csv", "figures/drift_map.png"] {
      #expect(
        FileManager.default.contents(atPath: folder.path(of: "first/\(name)"))
          == FileManager.default.contents(atPath: folder.path(of: "second/\(name)")))
    }
    let info = try AmbitProcess.run([
      "cache", "info", "--cache", folder.path(of: "cache"), "--json",
    ])
    let object = try JSONSerialization.jsonObject(with: Data(info.output.utf8)) as? [String: Any]
    #expect(object?["rows"] as? Int == first["embedded"] as? Int)
    let cleared = try AmbitProcess.run(["cache", "clear", "--cache", folder.path(of: "cache")])
    #expect(cleared.status == 0 && cleared.output.hasPrefix("removed: "))
    let empty = try AmbitProcess.run(["cache", "info", "--cache", folder.path(of: "cache")])
    #expect(empty.output.contains(": 0 vectors"))
  }

  @Test func longTextsArePooledOnRequest() throws {
    var rows: [[Float]] = []
    for flags in [[], ["--pool-windows"]] {
      let process = try embed(
        [texts, "--embedder", Self.model, "--window-tokens", "3", "-o", folder.path(of: "v.npy")]
          + flags)
      #expect(process.status == 0, "\(process.talk)")
      #expect(process.talk.contains("Outputs cut at 3 tokens") == flags.isEmpty)
      #expect(process.output.contains("mean of windows of 3 tokens") != flags.isEmpty)
      rows.append(try vectors("v.npy").floats)
    }
    #expect(rows[0] != rows[1])
  }

  @Test(arguments: [
    (["-o", "v.csv"], 1, "NPY"), ([], 1, "--out is missing"),
    (["-o", "v.npy", "--embedder", "vectors"], 1, "embeds nothing"),
    (["-o", "v.npy", "--embedder", "lexical", "--tokens", "t"], 1, "no token ids"),
    (["-o", "v.npy", "--embedder", "lexical", "--pool-windows"], 1, "for transformers"),
    (["-o", "v.npy", "--embedder", Self.model, "--window-tokens", "9999"], 1, "is more than the"),
    (["-o", "v.npy", "--embedder", "no-such-model"], 2, "no-such-model"),
  ]) func whatCannotBeDoneIsSaid(_ arguments: [String], status: Int32, message: String) throws {
    let process = try AmbitProcess.run(
      ["embed", texts] + arguments.map { $0 == "v.npy" ? folder.path(of: $0) : $0 })
    #expect(process.status == status)
    #expect(process.errorLines.count == 1 && process.hintLines.count == 1, "\(process.talk)")
    #expect(process.errorLines.first?.contains(message) == true, "\(process.talk)")
    #expect(!FileManager.default.fileExists(atPath: folder.path(of: "v.npy")))
  }

  @Test func filesWithoutTextsAreRefused() throws {
    let vectors = folder.write(NPYFixture.matrix([[1, 2], [3, 4]]), to: "vectors.npy")
    let empty = folder.write("{\"output\": \" \"}\n", to: "empty.jsonl")
    for (file, message) in [(vectors, "found vectors"), (empty, "every output is empty")] {
      let process = try embed([file, "--embedder", "lexical", "-o", folder.path(of: "v.npy")])
      #expect(process.status == 2)
      #expect(process.errorLines.first?.contains(message) == true, "\(process.talk)")
    }
  }

  @Test func modelsListsWhatIsThere() throws {
    let process = try AmbitProcess.run(["models", "--json"])
    #expect(process.status == 0)
    let object = try JSONSerialization.jsonObject(with: Data(process.output.utf8))
    let models = try #require((object as? [String: Any])?["models"] as? [[String: Any]])
    #expect(models.last?["name"] as? String == "lexical")
    #expect(models.count { $0["default"] as? Bool == true } <= 1)
    let text = try AmbitProcess.run(["models"]).output
    #expect(text.contains("AMBIT_MODELS") && text.contains("built in"))
  }
}
