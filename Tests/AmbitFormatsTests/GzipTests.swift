import AmbitFormats
import AmbitMatrix
import AmbitTestSupport
import Testing

@Suite struct GzipTests {
  /// `printf 'hello\n' | gzip -n`, from GNU gzip.
  static let hello: [UInt8] = [
    0x1F, 0x8B, 0x08, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x03, 0xCB, 0x48, 0xCD, 0xC9, 0xC9, 0xE7,
    0x02, 0x00, 0x20, 0x30, 0x3A, 0x36, 0x06, 0x00, 0x00, 0x00,
  ]

  @Test func reads() throws {
    #expect(try Gzip.decompress(Self.hello, limit: 100) == Array("hello\n".utf8))
    #expect(
      try Gzip.decompress(Self.hello + Self.hello + [0, 0], limit: 100)
        == Array("hello\nhello\n".utf8))
  }

  @Test("packs and unpacks to the same, and packs the same to the same")
  func roundTrip() {
    forEachSeed(30) { random in
      let bytes = (0..<random.index(below: 400_000)).map { _ in UInt8(random.index(below: 7)) }
      let packed = Gzip.compress(bytes)
      try require(Gzip.isCompressed(packed), "no magic bytes")
      try require(
        packed[4..<10].elementsEqual([0, 0, 0, 0, 0, 255]), "time or system in the header")
      try require(packed == Gzip.compress(bytes), "another packing")
      try require(try Gzip.decompress(packed, limit: 400_000) == bytes, "other bytes")
    }
  }

  @Test("a bomb, a cut and a flipped bit are errors of their own")
  func broken() throws {
    let bomb = Gzip.compress([UInt8](repeating: 0, count: 50_000_000))
    #expect(bomb.count < 60_000)
    let tooLarge = #expect(throws: InputError.self) { try Gzip.decompress(bomb, limit: 1_000_000) }
    #expect(tooLarge?.code == .tooLarge)
    for length in 2..<Self.hello.count {
      let cut = #expect(throws: InputError.self) {
        try Gzip.decompress(Array(Self.hello.prefix(length)), limit: 100)
      }
      #expect(cut?.code == .malformed)
    }
    var flipped = Self.hello
    flipped[12] ^= 4
    #expect(throws: InputError.self) { try Gzip.decompress(flipped, limit: 100) }
  }
}
