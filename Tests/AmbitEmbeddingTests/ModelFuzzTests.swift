import AmbitEmbedding
import AmbitFormats
import AmbitMatrix
import AmbitTestSupport
import Foundation
import Testing

/// Files of every kind of model folder, damaged at random: an error that names the file, or a model
/// that runs; never a crash, an endless loop or a large allocation.
@Suite(.serialized) struct ModelFuzzTests {
  private static let text =
    "The unaffable [MASK] 我喜欢 e\u{301} ﬁ\u{301} <mask> \r\n a  b <s>\u{2028}👨‍👩‍👧 '' café"

  /// `AMBIT_FUZZ=100` tries a hundred times as many seeds.
  private static let factor =
    ProcessInfo.processInfo.environment["AMBIT_FUZZ"].flatMap { Int($0) } ?? 1

  /// The most memory that this process has held so far, in bytes.
  private var peakMemory: Int {
    var usage = rusage()
    // RUSAGE_SELF, which is not of one type everywhere.
    getrusage(0, &usage)
    #if canImport(Darwin)
    return Int(usage.ru_maxrss)
    #else
    return Int(usage.ru_maxrss) * 1_024
    #endif
  }

  /// Damages one of `files` of a folder by each seed and opens the folder; at least one damaged file
  /// must be refused and one read.
  private func fuzz(
    _ folder: TemporaryFolder, files: [String], seeds: Int,
    open: @escaping (String) throws -> Void
  ) throws {
    let originals = try files.map {
      Array(try Data(contentsOf: URL(fileURLWithPath: folder.path(of: $0))))
    }
    let before = peakMemory
    var refused = 0
    var readable = 0
    forEachSeed(seeds * Self.factor) { random in
      let chosen = random.index(below: files.count)
      let isJSON = files[chosen].hasSuffix(".json")
      folder.write(
        isJSON
          ? HostileJSON.mutated(originals[chosen], &random)
          : HostileJSON.withChangedBytes(originals[chosen], &random), to: files[chosen])
      defer { folder.write(originals[chosen], to: files[chosen]) }
      let start = ContinuousClock().now
      do {
        try open(folder.path)
        readable += 1
      } catch let error as InputError {
        refused += 1
        try require(
          error.path?.hasPrefix(folder.path) == true, "\(files[chosen]): no file in \(error)")
        let needsField: Set<InputError.Code> = [.wrongType, .missingField]
        try require(
          error.field != nil || !needsField.contains(error.code),
          "\(files[chosen]): no field in \(error)")
      }
      try require(
        ContinuousClock().now - start < .seconds(20), "\(files[chosen]) took too long")
    }
    #expect(refused > 0 && readable > 0, "\(refused) refused, \(readable) read")
    #expect(peakMemory - before < 1 << 30, "memory grew by \(peakMemory - before) bytes")
  }

  @Test(arguments: ["wordpiece.json", "bytepair.json", "unigram.json"])
  func tokenizers(_ name: String) throws {
    let folder = TemporaryFolder()
    folder.write(
      Array(try Data(contentsOf: URL(fileURLWithPath: Fixture.path(name)))), to: "tokenizer.json")
    try fuzz(folder, files: ["tokenizer.json"], seeds: 60) {
      let tokenizer = try TextTokenizer(folder: $0)
      _ = tokenizer.tokenize(Self.text, limit: 40)
      _ = tokenizer.tokenize(Self.text + String(repeating: " the cat", count: 700))
    }
  }

  @Test func vocabularyText() throws {
    let fixture = try FamilyFixture("bge-zh")
    try fuzz(fixture.folder, files: ["vocab.txt", "tokenizer_config.json"], seeds: 80) {
      _ = try TextTokenizer(folder: $0).tokenize(Self.text)
    }
  }

  @Test(arguments: ["bge-zh", "xlm-roberta", "e5-query"])
  func transformerFolders(_ name: String) throws {
    let fixture = try FamilyFixture(name)
    try fuzz(fixture.folder, files: fixture.files.filter { $0 != "tokenizer.json" }, seeds: 80) {
      _ = try TransformerEmbedder(folder: $0).embed(
        [Self.text, ""], workers: Workers(threadCount: 1))
    }
  }

  @Test func staticFolders() throws {
    let folder = StaticFixture.own().folder
    try fuzz(folder, files: ["config.json", "model.safetensors", "vocab.txt"], seeds: 80) {
      _ = try StaticEmbedder(folder: $0).embed(["red sea!", ""], workers: Workers(threadCount: 1))
    }
  }

  /// The header of a safetensors file, its JSON changed and its length claimed anew.
  @Test func headersOfWeights() throws {
    let fixture = try FamilyFixture("gte")
    let original = Array(
      try Data(contentsOf: URL(fileURLWithPath: fixture.folder.path(of: "model.safetensors"))))
    let length = original[..<8].reversed().reduce(0) { $0 << 8 | Int($1) }
    let before = peakMemory
    var refused = 0
    forEachSeed(80 * Self.factor) { random in
      let header = HostileJSON.mutated(Array(original[8..<8 + length]), &random)
      var claimed = UInt64(header.count)
      if random.index(below: 4) == 0 {
        claimed = [0, 1 << 63, .max, 10 << 30, claimed + 1, claimed - 1][random.index(below: 6)]
      }
      fixture.folder.write(
        (0..<8).map { UInt8(truncatingIfNeeded: claimed >> UInt64(8 * $0)) } + header
          + original[(8 + length)...], to: "model.safetensors")
      do {
        _ = try TransformerEmbedder(folder: fixture.folder.path).embed(
          ["the cat"], workers: Workers(threadCount: 1))
      } catch let error as InputError {
        refused += 1
        try require(
          error.path?.hasSuffix("model.safetensors") == true && error.field != nil,
          "no tensor in \(error)")
      }
    }
    #expect(refused > 20, "\(refused)")
    #expect(peakMemory - before < 1 << 30)
  }

  @Test func vocabulariesAndListsBeyondAnyModelAreRefused() throws {
    let folder = TemporaryFolder()
    func code(_ text: String, _ name: String) -> (InputError.Code?, String?) {
      folder.write(text, to: name)
      defer { try? FileManager.default.removeItem(atPath: folder.path(of: name)) }
      do {
        _ = try TextTokenizer(folder: folder.path)
        return (nil, nil)
      } catch {
        return ((error as? InputError)?.code, (error as? InputError)?.field)
      }
    }
    let token = String(repeating: "a", count: 9 << 20)
    #expect(code("[UNK]\n" + token, "vocab.txt") == (.tooLarge, nil))
    #expect(
      code(#"{"model":{"type":"WordPiece","vocab":{"\#(token)":0}}}"#, "tokenizer.json")
        == (.tooLarge, "model.vocab"))
    #expect(
      code(#"{"model":{"type":"Unigram","unk_id":0,"vocab":[["\#(token)",0]]}}"#, "tokenizer.json")
        == (.tooLarge, "model.vocab"))
    let zeros = String(repeating: "0,", count: 2 << 20) + "0"
    #expect(
      code(#"{"model":{"type":"BPE","vocab":{}},"added_tokens":[\#(zeros)]}"#, "tokenizer.json")
        == (.tooLarge, "added_tokens"))
  }
}
