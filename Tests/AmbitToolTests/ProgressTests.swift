import AmbitTestSupport
import Foundation
import Testing

/// What is said while a run works and when it has: to a person, to a program, on Ctrl-C.
@Suite struct ProgressTests {
  let folder = TemporaryFolder()

  /// So many prompts with ten outputs each, no two alike.
  func checkpoint(_ name: String, prompts: Int) -> String {
    var text = ""
    for index in 0..<10 * prompts {
      text += """
        {"prompt_id": "p\(index / 10)", "sample": \(index % 10), "output": "\(name) the tide came in \
        \(index) and the boats went out \(index * 7 % 1000) to sea"}

        """
    }
    return folder.write(text, to: "\(name).jsonl")
  }

  func arguments(prompts: Int, _ more: [String]) -> [String] {
    ["run"] + ["base", "sft"].map { "\($0)=\(checkpoint($0, prompts: prompts))" } + [
      "--out", folder.path(of: "results"), "--permutations", "99", "--resamples", "100",
      "--figures", "none", "--measures", "dispersion", "--cache", folder.path(of: "cache"),
      "--embedder", EmbedTests.model,
    ] + more
  }

  func objects(_ talk: String) throws -> [[String: Any]] {
    try talk.split(separator: "\n").map { line in
      try #require(
        JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any], "\(line)")
    }
  }

  @Test func programsAreToldInJSON() throws {
    let process = try AmbitProcess.run(
      arguments(prompts: 20, ["--json-progress", "--quiet"]))
    #expect(process.status == 0, "\(process.talk)")
    let lines = try objects(process.talk)
    var stages: [String] = []
    for line in lines {
      #expect(
        Set(line.keys) == ["stage", "share", "done", "total", "rate", "seconds_left"], "\(line)")
      let stage = try #require(line["stage"] as? String)
      if stages.last != stage { stages.append(stage) }
      if let share = line["share"] as? Double { #expect((0...1).contains(share)) }
      if let done = line["done"] as? Int { #expect(done <= line["total"] as? Int ?? 0) }
    }
    #expect(
      stages == [
        "reading", "embedding", "projecting", "mapping", "measuring", "drawing", "writing",
      ])
    let embedded = lines.last { $0["stage"] as? String == "embedding" }
    #expect(embedded?["done"] as? Int == 400)
    #expect(embedded?["share"] as? Double == 1)
  }

  @Test func quietIsQuiet() throws {
    let process = try AmbitProcess.run(arguments(prompts: 6, ["--quiet"]))
    #expect(process.status == 0)
    #expect(process.talk.isEmpty, "\(process.talk)")
  }

  @Test func theEndSaysWhatWasReadReusedAndWritten() throws {
    let first = try AmbitProcess.run(arguments(prompts: 6, []))
    #expect(!first.talk.contains("\r"), "no line is drawn over where there is no terminal")
    #expect(first.talk.contains("read:    2 files, 120 outputs, all kept\n"))
    #expect(first.talk.contains("reused:  the vectors of 0 texts from the cache; 120 embedded\n"))
    #expect(first.talk.contains("took:    "))
    #expect(first.talk.contains("results: \(folder.path(of: "results"))/\n"))
    let second = try AmbitProcess.run(arguments(prompts: 6, []))
    #expect(second.talk.contains("reused:  the vectors of 120 texts from the cache\n"))
    #expect(first.output == second.output)
  }

  /// A signal while texts are embedded: the block at work is kept, and the next run goes on from there.
  @Test(arguments: [SIGINT, SIGTERM]) func aSignalKeepsWhatIsEmbedded(_ number: Int32) throws {
    let arguments = arguments(prompts: 1500, ["--json-progress", "--quiet"])
    let process = Process()
    process.executableURL = AmbitProcess.executable
    process.arguments = arguments
    let talkPath = folder.write("", to: "talk")
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle(forWritingAtPath: talkPath)
    try process.run()
    func talk() -> String { (try? String(contentsOfFile: talkPath, encoding: .utf8)) ?? "" }
    for _ in 0..<2000 where process.isRunning && !talk().contains("\"embedding\"") {
      Thread.sleep(forTimeInterval: 0.01)
    }
    kill(process.processIdentifier, number)
    process.waitUntilExit()
    #expect(process.terminationStatus == 128 + number)
    #expect(process.terminationReason == .exit)
    #expect(talk().contains("stopping when the block at work is embedded and kept"))
    #expect(talk().contains("hint: the same command goes on from there\n"))
    #expect(!FileManager.default.fileExists(atPath: folder.path(of: "results")))
    let told = try #require(
      talk().firstMatch(of: /interrupted: ([0-9]+) of 30000 texts are embedded and kept/))
    let kept = try #require(Int(told.output.1))
    #expect(kept > 0 && kept <= 30_000)
    let next = try AmbitProcess.run(
      [
        "embed", "--json", "--quiet", "--cache", folder.path(of: "cache"), "--embedder",
        EmbedTests.model, "-o", folder.path(of: "v.npy"),
      ] + ["base", "sft"].map { folder.path(of: "\($0).jsonl") })
    let json = try #require(
      JSONSerialization.jsonObject(with: Data(next.output.utf8)) as? [String: Any])
    let embedder = try #require(json["embedder"] as? [String: Any])
    let cache = try #require(embedder["cache"] as? [String: Int])
    #expect(cache["found"] == kept)
    #expect(cache["embedded"] == 30_000 - kept)
  }
}
