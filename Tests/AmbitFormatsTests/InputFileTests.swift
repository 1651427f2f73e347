import AmbitFormats
import AmbitMatrix
import AmbitTestSupport
import Foundation
import Synchronization
import Testing

@Suite struct InputFileTests {
  let folder = TemporaryFolder()

  @Test("what is wrong with an input has its own message")
  func faults() throws {
    folder.write("x", to: "base.jsonl")
    let missing = #expect(throws: InputError.self) {
      try InputFile(path: folder.path(of: "bse.jsonl"))
    }
    #expect(missing?.code == .missing)
    #expect(missing?.hint == "did you mean `base.jsonl`?")
    let isFolder = #expect(throws: InputError.self) { try InputFile(path: folder.path) }
    #expect(isFolder?.code == .unreadable)
    #expect(isFolder?.message.contains("folder") == true)
    for text in ["", "\u{FEFF}"] {
      let path = folder.write(text, to: "empty")
      let empty = #expect(throws: InputError.self) { try InputFile(path: path) }
      #expect(empty?.code == .empty)
      #expect(empty?.path == path)
    }
  }

  @Test func gzipIsUnpacked() throws {
    let plain = Array("hello\n".utf8)
    let path = folder.write(Gzip.compress(plain), to: "x.jsonl.gz")
    let file = try InputFile(path: path)
    #expect(file.wasCompressed)
    #expect(Array(file.contents.bytes) == plain)
    #expect(file.sha256 == SHA256.hexadecimal(of: Gzip.compress(plain)))
    let bomb = #expect(throws: InputError.self) { try InputFile(path: path, unpackedLimit: 3) }
    #expect(bomb?.code == .tooLarge)
    #expect(bomb?.path == path)
  }

  @Test("an error reads as file, line, field, message")
  func description() {
    let error = InputError(
      .wrongType, line: 17, field: "output", "expected a string, found a list")
    #expect(
      error.located(path: "a.jsonl", line: 3).description
        == "a.jsonl: line 17: field `output`: expected a string, found a list")
    #expect(
      InputError(.empty, path: "a", line: 2, column: 5, "x").description
        == "a: line 2, column 5: x")
  }

  @Test("lines end at line feeds alone")
  func lines() {
    let input = InputBytes("\u{FEFF}a\r\n\u{2028}b\u{85}\n\n  \nc".utf8)
    #expect(input.lineRanges.map { input.text(in: $0) } == ["a", "\u{2028}b\u{85}", "", "  ", "c"])
    #expect(input.lineRanges.map { input.isBlank($0) } == [false, false, true, true, false])
    #expect(InputBytes("a\n".utf8).lineRanges.count == 1)
    #expect(input.position(of: input.count - 1).line == 5)
  }

  @Test("invalid UTF-8 is replaced as the standard library does, and counted")
  func repair() {
    forEachSeed(300) { random in
      let pool: [UInt8] = [
        0x41, 0x80, 0xBF, 0xC2, 0xC0, 0xE0, 0xA0, 0xED, 0x9F, 0xF0, 0x90, 0xF4, 0xF8,
      ]
      let bytes = (0..<random.index(below: 12)).map { _ in pool[random.index(below: pool.count)] }
      let (repaired, count) = UTF8Repair.repaired(InputBytes(bytes))
      try require(repaired.isValidUTF8, "still invalid")
      let isValid = String(validating: bytes, as: UTF8.self) != nil
      try require((count == 0) == isValid, "\(bytes): counted \(count)")
      try require(InputBytes(bytes).isValidUTF8 == isValid, "\(bytes)")
    }
  }

  @Test("a file that grows while it is read is refused, and read when it has settled")
  func growing() throws {
    let path = folder.write([UInt8](repeating: 0x41, count: 64 << 20), to: "growing")
    let handle = try #require(FileHandle(forWritingAtPath: path))
    try handle.seekToEnd()
    let isDone = Flag()
    let writer = Thread {
      while !isDone.value.load(ordering: .relaxed) {
        handle.write(Data([0x41]))
        Thread.sleep(forTimeInterval: 0.001)
      }
      isDone.hasEnded.store(true, ordering: .releasing)
    }
    writer.start()
    Thread.sleep(forTimeInterval: 0.01)
    let refused = #expect(throws: InputError.self) { try InputFile(path: path) }
    isDone.value.store(true, ordering: .relaxed)
    while !isDone.hasEnded.load(ordering: .acquiring) { Thread.sleep(forTimeInterval: 0.001) }
    #expect(refused?.code == .unreadable)
    #expect(refused?.message.contains("changed while it was read") == true)
    #expect(try InputFile(path: path).contents.count > 64 << 20)
  }

  private final class Flag: Sendable {
    let value = Atomic(false)
    let hasEnded = Atomic(false)
  }

  @Test func nearestNames() {
    #expect(NearestNames.near("bse", among: ["sft", "base", "dpo"]) == ["base"])
    #expect(
      NearestNames.near("phi-2-dop", among: ["phi-2", "phi-2-sft", "phi-2-dpo"]).first
        == "phi-2-dpo")
    #expect(NearestNames.hint(for: "x", among: ["completely-different"]) == nil)
  }
}
