import AmbitFormats
import AmbitMatrix
import AmbitTestSupport
import Foundation
import Testing

@Suite struct ZstdTests {
  /// `printf 'hello\n' | zstd`, from Debian's zstd 1.5.4; a checksum ends it.
  static let hello: [UInt8] = [
    0x28, 0xB5, 0x2F, 0xFD, 0x04, 0x58, 0x31, 0x00, 0x00, 0x68, 0x65, 0x6C, 0x6C, 0x6F, 0x0A, 0x53,
    0x88, 0xBD, 0x91,
  ]
  /// A frame to be skipped, as `pzstd` puts before each of its own.
  static let skipped: [UInt8] = [0x50, 0x2A, 0x4D, 0x18, 0x04, 0, 0, 0, 1, 2, 3, 4]

  @Test("one frame, several, and some to be skipped") func reads() throws {
    let text = Array("hello\n".utf8)
    #expect(try Zstd.decompress(Self.hello, limit: 100) == text)
    #expect(try Zstd.decompress(Self.hello + Self.hello, limit: 100) == text + text)
    #expect(try Zstd.decompress(Self.skipped + Self.hello, limit: 100) == text)
    #expect(Zstd.isCompressed(Self.hello) && Zstd.isCompressed(Self.skipped + Self.hello))
    #expect(!Zstd.isCompressed(Array("{\"a\": 1}".utf8)) && !Zstd.isCompressed([0x28, 0xB5]))
  }

  @Test("blocks that refer to one another") func compressed() throws {
    let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("Fixtures/cycle.zst")
    let packed = Array(try Data(contentsOf: file))
    let bytes = try Zstd.decompress(packed, limit: 400_000)
    #expect(bytes.count == 400_000)
    #expect(bytes.indices.allSatisfy { Int(bytes[$0]) == $0 % 251 })
    for count in stride(from: 0, to: packed.count, by: 7) where count > 0 {
      let error = #expect(throws: InputError.self) {
        try Zstd.decompress(Array(packed.prefix(count)), limit: 400_000)
      }
      #expect(error?.code == .malformed)
    }
  }

  @Test("frames of any size come out as they went in") func roundTrip() {
    forEachSeed(20) { random in
      let parts = (0...random.index(below: 3)).map { _ in
        (0..<random.index(below: 300_000)).map { _ in UInt8(random.index(below: 256)) }
      }
      let packed = parts.flatMap(ZstdFrames.stored)
      let bytes = try Zstd.decompress(packed, limit: 1_200_000)
      try require(bytes == parts.flatMap { $0 }, "other bytes")
    }
  }

  @Test("a bomb, a cut and a flipped bit are errors of their own") func broken() throws {
    let bomb = ZstdFrames.zeros(50_000_000)
    #expect(bomb.count < 2_000)
    let tooLarge = #expect(throws: InputError.self) { try Zstd.decompress(bomb, limit: 1_000_000) }
    #expect(tooLarge?.code == .tooLarge)
    let cut = #expect(throws: InputError.self) {
      try Zstd.decompress(Array(Self.hello.dropLast()), limit: 100)
    }
    #expect(cut?.message.contains("too early") == true)
    var flipped = Self.hello
    flipped[10] ^= 1
    let damaged = #expect(throws: InputError.self) { try Zstd.decompress(flipped, limit: 100) }
    #expect(damaged?.message.contains("broken") == true)
    let trailing = #expect(throws: InputError.self) {
      try Zstd.decompress(Self.hello + [1, 2, 3, 4, 5], limit: 100)
    }
    #expect(trailing?.code == .malformed)
    // A window of 1 GiB, as `zstd --long=30` writes it.
    let long = #expect(throws: InputError.self) {
      try Zstd.decompress(
        [0x28, 0xB5, 0x2F, 0xFD, 0x00, 0xA0, 0x31, 0x00, 0x00, 0x68, 0x65, 0x6C, 0x6C, 0x6F, 0x0A],
        limit: 100)
    }
    #expect(long?.code == .unsupported)
    #expect(long?.hint?.contains("--long") == true)
  }

  @Test("an input is unpacked by its first bytes, whatever its name") func input() throws {
    let folder = TemporaryFolder()
    let path = folder.write(Self.hello, to: "x.txt")
    let file = try InputFile(path: path)
    #expect(file.wasCompressed)
    #expect(Array(file.contents.bytes) == Array("hello\n".utf8))
    #expect(file.sha256 == SHA256.hexadecimal(of: Self.hello))
    let error = #expect(throws: InputError.self) {
      try InputFile(path: folder.write(Array(Self.hello.prefix(12)), to: "y.zst"))
    }
    #expect(error?.path?.hasSuffix("y.zst") == true)
  }
}
