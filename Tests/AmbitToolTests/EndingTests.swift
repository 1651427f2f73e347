import AmbitTestSupport
import Foundation
import Testing

/// How a run ends when the world around it does.
@Suite struct EndingTests {
  let folder = TemporaryFolder()

  func shell(_ script: String) throws -> (status: Int32, output: String, talk: String) {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/bin/bash")
    process.arguments = ["-c", script]
    let output = folder.write("", to: "output")
    let talk = folder.write("", to: "talk")
    process.standardOutput = FileHandle(forWritingAtPath: output)
    process.standardError = FileHandle(forWritingAtPath: talk)
    try process.run()
    process.waitUntilExit()
    return (
      process.terminationStatus, try String(contentsOfFile: output, encoding: .utf8),
      try String(contentsOfFile: talk, encoding: .utf8)
    )
  }

  @Test func aClosedReaderEndsQuietly() throws {
    let (status, _, talk) = try shell(
      """
      set -o pipefail
      '\(AmbitProcess.executable.path)' inspect --json '\(RunTests.demo)'/*.jsonl | true
      """)
    #expect(status == 0)
    #expect(talk.isEmpty, "\(talk)")
  }

  @Test func anInterruptLeavesNoHalfFiles() throws {
    let results = folder.path(of: "results")
    for delay in [0.5, 1, 2] {
      let process = Process()
      process.executableURL = AmbitProcess.executable
      process.arguments = [
        "run", RunTests.demo + "/study.yaml", "--out", results, "--permutations", "999999",
      ]
      process.standardOutput = FileHandle.nullDevice
      process.standardError = FileHandle.nullDevice
      process.environment = ProcessInfo.processInfo.environment.merging(
        ["XDG_CACHE_HOME": folder.path(of: "cache \(delay)")]) { $1 }
      try process.run()
      Thread.sleep(forTimeInterval: delay)
      process.interrupt()
      for _ in 0..<100 where process.isRunning { Thread.sleep(forTimeInterval: 0.1) }
      if process.isRunning { kill(process.processIdentifier, SIGKILL) }
      process.waitUntilExit()
      #expect(process.terminationStatus == 130, "after \(delay) s")
      #expect(process.terminationReason == .exit)
    }
    #expect(FileManager.default.subpaths(atPath: results) ?? [] == [])
  }

  @Test func helpAndVersionAreAnswers() throws {
    for arguments in [
      ["--help"], ["run", "--help"], ["inspect", "--help"], ["distill", "--help"], ["--version"],
    ] {
      let process = try AmbitProcess.run(arguments)
      #expect(process.status == 0)
      #expect(!process.output.isEmpty)
      #expect(process.talk.isEmpty)
    }
  }
}
