import AmbitFormats
import AmbitTestSupport
import Foundation
import Testing

/// `ambit distill` with a teacher of two small random layers.
@Suite struct DistillTests {
  let folder = TemporaryFolder()
  var out: String { folder.path(of: "model") }
  static let teacher = SharedData.repository
    .appendingPathComponent("Tests/AmbitEmbeddingTests/Fixtures/encoders/bert").path

  func texts() -> String {
    let words = ["the cat", "sat on", "a quick fox", "brown", "never", "the mat", "no", "xyz"]
    let lines = (0..<1500).map { index in
      let text = (0..<12).map { words[(index * (3 + $0) + $0 * $0) % 8] }.joined(separator: " ")
      return #"{"text":"\#(text) n\#(index)","source":"\#(index % 3 == 0 ? "a" : "b")/x"}"#
    }
    return folder.write(lines.joined(separator: "\n"), to: "texts.jsonl")
  }

  func pairs() -> String {
    let lines = (0..<20).map {
      #"{"output_a":"the cat sat \#($0)","output_b":"a fox \#($0 * $0)","similar":\#($0 % 2)}"#
    }
    return folder.write(lines.joined(separator: "\n"), to: "pairs.jsonl")
  }

  func distill(_ arguments: String...) throws -> AmbitProcess {
    try AmbitProcess.run(
      ["distill", Self.teacher, "-o", out, "--dimension", "8"] + arguments
        + ["--cache", folder.path(of: "cache")])
  }

  @Test func aModelAndItsReportAreWritten() throws {
    let process = try distill("--texts", texts(), "--pairs", pairs(), "--threads", "1")
    #expect(process.status == 0, "\(process.talk)")
    for word in ["all", "a ", "b ", "cosines", "area under the curve", "20 pairs"] {
      #expect(process.output.contains(word), "\(process.output)")
    }
    #expect(process.talk.contains("model"))
    let path = folder.path(of: "model/model.safetensors")
    let first = try Data(contentsOf: URL(fileURLWithPath: path))

    // Again from the cache, on other threads, as JSON: the same model.
    let again = try distill("--texts", texts(), "--pairs", pairs(), "--threads", "2", "--json")
    #expect(again.status == 0)
    #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == first)
    let report = try JSONSerialization.jsonObject(with: Data(again.output.utf8))
    let written = try Data(contentsOf: URL(fileURLWithPath: folder.path(of: "model/report.json")))
    #expect(
      report as? NSDictionary == (try JSONSerialization.jsonObject(with: written)) as? NSDictionary)
    let judged = (report as? [String: Any])?["judged_pairs"] as? [String: Any]
    #expect(judged?["count"] as? Int == 20)
  }

  @Test func heldOutFamiliesMustExist() throws {
    let process = try distill("--texts", texts(), "--holdout-family", "c")
    #expect(process.status == 1)
    #expect(process.errorLines.first?.contains("c: no text is of that family") == true)
    #expect(process.hintLines == ["hint: families: a, b"])
    let held = try distill("--texts", texts(), "--holdout-family", "a", "--quiet")
    #expect(held.status == 0)
    #expect(held.talk.isEmpty)
  }

  @Test func badInputIsNamed() throws {
    let bad = folder.write("{\"text\":\"one\"}\n{\"output\":\"two\"}\n", to: "bad.jsonl")
    try distill("--texts", bad).expectBadData(mentions: ["bad.jsonl", "2", "text"], nothingIn: out)
    let judged = folder.write(#"{"output_a":"x","output_b":"y","similar":3}"#, to: "judged.jsonl")
    try distill("--texts", texts(), "--pairs", judged)
      .expectBadData(mentions: ["judged.jsonl", "similar"], nothingIn: out)
    try AmbitProcess.run(["distill", "no-such-model", "--texts", texts(), "-o", out])
      .expectBadData(mentions: ["no-such-model"], nothingIn: out)
  }

  @Test func senselessOptionsAreUsageErrors() throws {
    for arguments in [["--dimension", "41"], ["--threads", "0"], ["--text-limit", "-1"]] {
      let process = try AmbitProcess.run(
        ["distill", Self.teacher, "-o", out, "--texts", texts()] + arguments)
      #expect(process.status == 1, "\(arguments): \(process.talk)")
      #expect(process.errorLines.count == 1)
      #expect(process.hintLines.count == 1)
    }
  }
}
