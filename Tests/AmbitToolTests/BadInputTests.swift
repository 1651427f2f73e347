import AmbitTestSupport
import Foundation
import Testing

/// Bad input ends with exit 2, one error line that says where, one hint, and nothing written.
@Suite struct BadInputTests {
  let folder = TemporaryFolder()
  var out: String { folder.path(of: "results") }

  /// A well-formed checkpoint of `prompts` prompts with two samples each.
  func checkpoint(_ name: String, prompts: Int = 10, prefix: String = "p") -> String {
    var text = ""
    for prompt in 0..<prompts {
      for sample in 0..<2 {
        text += """
          {"prompt_id": "\(prefix)\(prompt)", "prompt": "Say \(prefix) \(prompt)", "output": \
          "\(name) says word\(prompt * 7 + sample) and word\(sample * 3 + name.count)", "sample": \(sample)}

          """
      }
    }
    return folder.write(text, to: "\(name).jsonl")
  }

  func run(_ arguments: String...) throws -> AmbitProcess {
    try AmbitProcess.run(["run"] + arguments + ["--out", out, "--permutations", "99"])
  }

  @Test func missingFile() throws {
    let base = checkpoint("base")
    let missing = folder.path(of: "bse.jsonl")
    let process = try run("base=\(base)", "sft=\(missing)")
    process.expectBadData(mentions: ["bse.jsonl"], nothingIn: out)
    #expect(process.hintLines.first?.contains("base.jsonl") == true)
  }

  @Test func folderAsNamedCheckpoint() throws {
    let base = checkpoint("base")
    try run("base=\(base)", "sft=\(folder.path)").expectBadData(mentions: ["sft"], nothingIn: out)
  }

  @Test func emptyFile() throws {
    let empty = folder.write("", to: "empty.jsonl")
    try run("base=\(checkpoint("base"))", "sft=\(empty)")
      .expectBadData(mentions: ["empty.jsonl", "empty"], nothingIn: out)
  }

  @Test func binaryFile() throws {
    var random = SystemRandomNumberGenerator()
    let bytes = [0, 1, 2, 0] + (0..<4000).map { _ in UInt8.random(in: 0...255, using: &random) }
    let binary = folder.write(bytes, to: "model.bin")
    try run("base=\(checkpoint("base"))", "sft=\(binary)")
      .expectBadData(mentions: ["model.bin"], nothingIn: out)
  }

  @Test func brokenLine17() throws {
    let whole = try String(contentsOfFile: checkpoint("base", prompts: 20), encoding: .utf8)
    var lines = whole.split(separator: "\n", omittingEmptySubsequences: false)
    lines[16] = "{\"prompt_id\": \"p8\", \"output\": \"never closed"
    let broken = folder.write(lines.joined(separator: "\n"), to: "broken.jsonl")
    try run("base=\(checkpoint("base"))", "sft=\(broken)")
      .expectBadData(mentions: ["broken.jsonl", "line 17"], nothingIn: out)
  }

  @Test func listWhereTextShouldBe() throws {
    let whole = try String(contentsOfFile: checkpoint("base", prompts: 20), encoding: .utf8)
    var lines = whole.split(separator: "\n").map(String.init)
    lines[4] = "{\"prompt_id\": \"p2\", \"prompt\": [\"Say\", 3], \"output\": \"x\", \"sample\": 0}"
    let broken = folder.write(lines.joined(separator: "\n"), to: "list.jsonl")
    try run("base=\(checkpoint("base"))", "sft=\(broken)")
      .expectBadData(mentions: ["list.jsonl", "line 5", "prompt", "list"], nothingIn: out)
  }

  @Test func noPromptShared() throws {
    try run("base=\(checkpoint("base"))", "sft=\(checkpoint("sft", prefix: "q"))")
      .expectBadData(mentions: ["prompt"], nothingIn: out)
  }

  @Test func oneCheckpointOnly() throws {
    try run("base=\(checkpoint("base"))").expectBadData(mentions: ["checkpoint"], nothingIn: out)
  }

  @Test func twoOfTheSameName() throws {
    try run("base=\(checkpoint("base"))", "base=\(checkpoint("sft"))")
      .expectBadData(mentions: ["base"], nothingIn: out)
  }

  @Test func baselineThatIsNotThere() throws {
    try run("base=\(checkpoint("base"))", "sft=\(checkpoint("sft"))", "--baseline", "bse")
      .expectBadData(mentions: ["bse"], nothingIn: out)
  }

  @Test func notANumberInVectors() throws {
    let good = folder.write(
      NPYFixture.matrix([[1, 2], [3, 4], [5, 7], [0, 1]]), to: "good.npy")
    let bad = folder.write(
      NPYFixture.matrix([[1, 2], [3, .nan], [5, 7], [0, 1]]), to: "bad.npy")
    try run("base=\(good)", "sft=\(bad)").expectBadData(
      mentions: ["bad.npy", "NaN"], nothingIn: out)
  }

  @Test func vectorsOfDifferentWidths() throws {
    let two = folder.write(NPYFixture.matrix([[1, 2], [3, 4], [5, 7]]), to: "two.npy")
    let three = folder.write(
      NPYFixture.matrix([[1, 2, 3], [3, 4, 5], [5, 7, 8]]), to: "three.npy")
    try run("base=\(two)", "sft=\(three)").expectBadData(mentions: ["2", "3"], nothingIn: out)
  }

  @Test func outputFolderThatIsAFile() throws {
    let file = folder.write("here", to: "taken")
    let process = try AmbitProcess.run(
      ["run", "base=\(checkpoint("base"))", "sft=\(checkpoint("sft"))", "--out", file + "/inside"])
    process.expectBadData(mentions: ["taken"], nothingIn: file + "/inside")
  }

  @Test func unknownKeyInAStudyFile() throws {
    let study = folder.write(
      "checkpoints:\n  - {name: base, path: base.jsonl}\nresample: 10\n", to: "study.yaml")
    try run(study).expectBadData(mentions: ["study.yaml", "line 3", "resample"], nothingIn: out)
  }

  @Test func usageErrorsAreExit1() throws {
    let process = try AmbitProcess.run(["run", "--no-such-flag"])
    #expect(process.status == 1)
    #expect(process.errorLines.count == 1)
    #expect(process.hintLines.count == 1)
  }
}
