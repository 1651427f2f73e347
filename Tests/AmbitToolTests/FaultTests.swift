import AmbitMatrix
import AmbitTestSupport
import Foundation
import Testing

/// What the world does to a run, and that the next run finishes and equals an undisturbed one byte for
/// byte. `make faults` does the same for longer.
@Suite(.serialized) struct FaultTests {
  let folder = TemporaryFolder()

  static let names = ["base", "sft-2", "dpo"]

  var cache: String { folder.path(of: "cache") }
  var results: String { folder.path(of: "results") }

  func arguments(_ files: [String], out: String, cache: String) -> [String] {
    ["run"] + zip(Self.names, files).map { "\($0)=\($1)" } + [
      "--embedder", EmbedTests.model, "--permutations", "99", "--resamples", "100", "--figures",
      "drift_map", "--measures",
      "dispersion,rke,coverage,hull_area,hull_kept,cluster_count,clusters_kept,distinct,ead",
      "--cache", cache, "--out", out,
    ]
  }

  static let inputs = names.map { "\(RunTests.demo)/\($0).jsonl" }

  var arguments: [String] { arguments(Self.inputs, out: results, cache: cache) }

  /// The files of a folder of results, the manifest apart: it tells times and the state of the cache.
  static func files(of folder: String) -> [String: Data] {
    let names = FileManager.default.subpaths(atPath: folder) ?? []
    return names.reduce(into: [:]) { files, name in
      let part = name.split(separator: "/").last ?? ""
      guard !part.hasPrefix("."), part != "manifest.json" else { return }
      var isFolder: ObjCBool = false
      let path = "\(folder)/\(name)"
      guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder),
        !isFolder.boolValue
      else { return }
      files[name] = FileManager.default.contents(atPath: path)
    }
  }

  /// What a run writes that nothing disturbs, and the seconds that it takes.
  static let undisturbed: (files: [String: Data], seconds: Double, talk: String) = {
    let tests = FaultTests()
    let start = Date()
    let process = try? AmbitProcess.run(tests.arguments)
    return (files(of: tests.results), Date().timeIntervalSince(start), process?.talk ?? "")
  }()

  /// Runs to the end and compares.
  func expectUndisturbed(sourceLocation: SourceLocation = #_sourceLocation) throws {
    let process = try AmbitProcess.run(arguments)
    #expect(process.status == 0, "\(process.talk)", sourceLocation: sourceLocation)
    let (found, truth) = (Self.files(of: results), Self.undisturbed.files)
    #expect(truth["metrics.csv"] != nil, "\(Self.undisturbed.talk)")
    #expect(found.keys.sorted() == truth.keys.sorted(), sourceLocation: sourceLocation)
    for (name, bytes) in truth {
      #expect(found[name] == bytes, "\(name)", sourceLocation: sourceLocation)
    }
  }

  func start(_ arguments: [String]) throws -> Process {
    let process = Process()
    process.executableURL = AmbitProcess.executable
    process.arguments = arguments
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    try process.run()
    return process
  }

  @Test func killed() throws {
    let truth = Self.undisturbed
    var random = SplitMix64(seed: 11)
    for round in 0..<6 {
      let process = try start(arguments)
      let delay = truth.seconds * Double(random.index(below: 1000)) / 1000
      Thread.sleep(forTimeInterval: delay)
      kill(process.processIdentifier, SIGKILL)
      process.waitUntilExit()
      // No half file stands where a whole one belongs.
      for (name, bytes) in Self.files(of: results) {
        #expect(truth.files[name] == bytes, "round \(round), \(delay) s, \(name)")
      }
    }
    try expectUndisturbed()
  }

  @Test func fullDisk() throws {
    // No file larger than a few kilobytes can be written: what a full disk does, without a disk.
    for blocks in [0, 8, 64] {
      let process = Process()
      process.executableURL = URL(fileURLWithPath: "/bin/sh")
      process.arguments =
        [
          "-c", "trap '' XFSZ; ulimit -f \(blocks); exec \"$0\" \"$@\"",
          AmbitProcess.executable.path,
        ]
        + arguments
      let talk = folder.write("", to: "talk \(blocks)")
      process.standardOutput = FileHandle.nullDevice
      process.standardError = Pipe()
      let pipe = process.standardError as? Pipe
      try process.run()
      let said = pipe?.fileHandleForReading.readDataToEndOfFile() ?? Data()
      process.waitUntilExit()
      #expect(process.terminationStatus == 2, "\(String(decoding: said, as: UTF8.self)) \(talk)")
      #expect(String(decoding: said, as: UTF8.self).contains("cannot be written"))
      #expect(Self.files(of: results).isEmpty)
    }
    try expectUndisturbed()
  }

  @Test func vanishedInput() throws {
    let copies = try Self.names.map { name -> String in
      let path = folder.path(of: "\(name).jsonl")
      try FileManager.default.copyItem(atPath: "\(RunTests.demo)/\(name).jsonl", toPath: path)
      return path
    }
    try FileManager.default.removeItem(atPath: copies[1])
    let process = try AmbitProcess.run(arguments(copies, out: results, cache: cache))
    process.expectBadData(mentions: ["sft-2.jsonl", "no such file"], nothingIn: results)
    try expectUndisturbed()
  }

  @Test func vanishingCache() throws {
    _ = Self.undisturbed
    try expectUndisturbed()
    let process = try start(arguments)
    while process.isRunning {
      try? FileManager.default.removeItem(atPath: cache)
      Thread.sleep(forTimeInterval: 0.02)
    }
    #expect(process.terminationStatus == 0)
    #expect(Self.files(of: results) == Self.undisturbed.files)
    try expectUndisturbed()
  }

  @Test func growingInput() throws {
    let path = folder.path(of: "growing.jsonl")
    let whole = try Data(contentsOf: URL(fileURLWithPath: "\(RunTests.demo)/dpo.jsonl"))
    try whole.write(to: URL(fileURLWithPath: path))
    let files = [Self.inputs[0], Self.inputs[1], path]
    let process = try start(arguments(files, out: results, cache: cache))
    let handle = try #require(FileHandle(forWritingAtPath: path))
    try handle.seekToEnd()
    while process.isRunning {
      try handle.write(contentsOf: Data("{\"prompt_id\": \"p1\", \"out".utf8))
      Thread.sleep(forTimeInterval: 0.001)
    }
    try handle.close()
    // Read before it grew, or refused.
    #expect([0, 2].contains(process.terminationStatus))
    if process.terminationStatus == 0 {
      #expect(Self.files(of: results) == Self.undisturbed.files)
    }
    try whole.write(to: URL(fileURLWithPath: path))
    let again = try AmbitProcess.run(arguments(files, out: results, cache: cache))
    #expect(again.status == 0, "\(again.talk)")
    #expect(Self.files(of: results) == Self.undisturbed.files)
  }

  @Test func twoAtOnce() throws {
    _ = Self.undisturbed
    let processes = try (0..<2).map { _ in try start(arguments) }
    for process in processes {
      process.waitUntilExit()
      #expect(process.terminationStatus == 0)
    }
    #expect(Self.files(of: results) == Self.undisturbed.files)
    try expectUndisturbed()
  }

  @Test func damagedCache() throws {
    try expectUndisturbed()
    var random = SplitMix64(seed: 5)
    for round in 0..<5 {
      let all = FileManager.default.subpaths(atPath: cache) ?? []
      let files = all.filter { $0.hasSuffix(".rows") || $0.hasSuffix(".entries") }.sorted()
      #expect(
        files.contains { $0.hasSuffix(".rows") } && files.contains { $0.hasSuffix(".entries") })
      for name in files {
        let url = URL(fileURLWithPath: "\(cache)/\(name)")
        var bytes = try Data(contentsOf: url)
        // Those of an earlier round that nobody has removed.
        guard !bytes.isEmpty else { continue }
        switch round {
        case 0:
          for _ in 0..<20 {
            bytes[random.index(below: bytes.count)] ^= 1 << UInt8(random.index(below: 8))
          }
        case 1: bytes = bytes.prefix(bytes.count / 2)
        case 2: bytes = Data()
        case 3: bytes[0] ^= 0xFF
        default: bytes += Data(repeating: 7, count: 100)
        }
        try bytes.write(to: url)
      }
      try expectUndisturbed()
    }
  }

  @Test func everythingIsReused() throws {
    try expectUndisturbed()
    let process = try AmbitProcess.run(arguments)
    #expect(process.talk.contains("measures: all of 2 pairs reused"), "\(process.talk)")
    #expect(Self.files(of: results) == Self.undisturbed.files)
    // With other threads, and with nothing kept at all.
    for flags in [["--threads", "1"], ["--threads", "3"]] {
      #expect(try AmbitProcess.run(arguments + flags).status == 0)
      #expect(Self.files(of: results) == Self.undisturbed.files)
    }
    let bare = arguments.filter { $0 != "--cache" && $0 != cache } + ["--no-cache"]
    let without = try AmbitProcess.run(bare)
    #expect(without.status == 0, "\(without.talk)")
    #expect(!without.talk.contains("reused"))
    #expect(Self.files(of: results) == Self.undisturbed.files)
  }

  /// A plane of yesterday's run keeps yesterday's figures and numbers comparable with today's.
  @Test func yesterdaysPlane() throws {
    let yesterday = try AmbitProcess.run(
      ["run"] + arguments.dropFirst().prefix(2) + arguments.dropFirst(4).dropLast(2)
        + ["--out", folder.path(of: "yesterday")])
    #expect(yesterday.status == 0, "\(yesterday.talk)")
    let basis = folder.path(of: "yesterday/basis.npz")
    let today = try AmbitProcess.run(arguments + ["--basis", basis])
    #expect(today.status == 0, "\(today.talk)")
    #expect(today.talk.contains("measures: 1 of 2 pairs reused"), "\(today.talk)")
    #expect(!today.talk.contains("planes moved"), "\(today.talk)")
    func rows(_ folder: String, _ name: String) throws -> [String] {
      try String(contentsOfFile: "\(folder)/\(name)", encoding: .utf8).split(separator: "\n")
        .map(String.init)
    }
    // Where the points of yesterday's checkpoints lie has not changed.
    let before = try rows(folder.path(of: "yesterday"), "coords.csv")
    let after = Set(try rows(results, "coords.csv"))
    #expect(before.allSatisfy(after.contains))
    // Nor have the planar numbers of yesterday's pair, adjusted p values apart.
    func planar(_ folder: String) throws -> [[String: String]] {
      try MetricsFile(folder: folder).rows.filter {
        $0["checkpoint"] == "sft-2" && $0["space"]?.hasPrefix("pca2") == true
      }.map { row in row.filter { $0.key != "p_adjusted" } }
    }
    let known = try planar(folder.path(of: "yesterday"))
    #expect(known.count > 5)
    #expect(try planar(results) == known)
  }
}
