import Foundation
import Testing

/// The help of every command, as it was when someone last read it.
///
/// A change is deliberate or a mistake: run the tests with `AMBIT_RECORD=1` to write the files anew, and
/// read what changed.
@Suite struct HelpTests {
  @Test(arguments: [
    "", "run", "init", "inspect", "embed", "project", "measure", "export", "selftest", "distill",
    "models",
    "cache",
    "cache info",
    "cache clear",
  ]) func helpIsAsRecorded(_ command: String) throws {
    let process = try AmbitProcess.run(command.split(separator: " ").map(String.init) + ["--help"])
    #expect(process.status == 0)
    let name = command.isEmpty ? "help" : command.replacing(" ", with: "-") + "-help"
    try expectSnapshot(process.output, named: name)
  }

  /// A terminal of usual width shows every line whole.
  @Test(arguments: [
    "run", "init", "inspect", "embed", "project", "measure", "export", "selftest", "distill",
    "models",
    "cache",
  ])
  func noLineIsLongerThanATerminal(_ command: String) throws {
    let process = try AmbitProcess.run([command, "--help"])
    for line in process.output.split(separator: "\n") { #expect(line.count <= 80, "\(line)") }
  }
}

/// Expects the text that was recorded under a name; records it where `AMBIT_RECORD` is set.
func expectSnapshot(
  _ text: String, named name: String, sourceLocation: SourceLocation = #_sourceLocation
) throws {
  let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("Snapshots/\(name).txt")
  if ProcessInfo.processInfo.environment["AMBIT_RECORD"] != nil {
    try text.write(to: file, atomically: true, encoding: .utf8)
  }
  #expect(text == (try String(contentsOf: file, encoding: .utf8)), sourceLocation: sourceLocation)
}
