import AmbitTestSupport
import Foundation
import Testing

/// One run of the built `ambit`, as a person or a script would start it.
struct AmbitProcess {
  let status: Int32
  let output: String
  let talk: String

  /// The lines of standard error that begin with `error:`.
  var errorLines: [Substring] { talk.split(separator: "\n").filter { $0.hasPrefix("error: ") } }
  var hintLines: [Substring] { talk.split(separator: "\n").filter { $0.hasPrefix("hint: ") } }

  /// The executable lies beside the test bundle.
  static let executable: URL = {
    let bundle = Bundle.allBundles.map(\.bundleURL).first { $0.pathExtension == "xctest" }
    let folder = bundle?.deletingLastPathComponent() ?? Bundle.main.bundleURL
    return folder.appendingPathComponent("ambit")
  }()

  static func run(
    _ arguments: [String], input: [UInt8] = [], in folder: String? = nil,
    environment: [String: String] = [:]
  ) throws -> AmbitProcess {
    let process = Process()
    process.executableURL = executable
    process.arguments = arguments
    if let folder { process.currentDirectoryURL = URL(fileURLWithPath: folder) }
    let files = TemporaryFolder()
    // The user's own cache is left alone.
    process.environment = ProcessInfo.processInfo.environment.merging(
      ["XDG_CACHE_HOME": files.path(of: "cache")]) { $1 }.merging(environment) { $1 }
    let inputPath = files.write(input, to: "input")
    let outputPath = files.write([], to: "output")
    let talkPath = files.write([], to: "talk")
    process.standardInput = FileHandle(forReadingAtPath: inputPath)
    process.standardOutput = FileHandle(forWritingAtPath: outputPath)
    process.standardError = FileHandle(forWritingAtPath: talkPath)
    try process.run()
    process.waitUntilExit()
    return AmbitProcess(
      status: process.terminationStatus,
      output: try String(contentsOfFile: outputPath, encoding: .utf8),
      talk: try String(contentsOfFile: talkPath, encoding: .utf8))
  }

  /// Expects exit 2 with one error line that holds every one of `parts`, one hint line, and nothing
  /// written to `folder`.
  func expectBadData(
    mentions parts: [String], nothingIn folder: String,
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    #expect(status == 2, "\(talk)", sourceLocation: sourceLocation)
    #expect(errorLines.count == 1, "\(talk)", sourceLocation: sourceLocation)
    #expect(hintLines.count == 1, "\(talk)", sourceLocation: sourceLocation)
    #expect(output.isEmpty, sourceLocation: sourceLocation)
    for part in parts {
      #expect(errorLines.first?.contains(part) == true, "\(talk)", sourceLocation: sourceLocation)
    }
    #expect(!FileManager.default.fileExists(atPath: folder), sourceLocation: sourceLocation)
  }
}
