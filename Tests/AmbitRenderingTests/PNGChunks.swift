/// A PNG file taken apart by hand, so that the tests do not trust the encoder's own library.
struct PNGChunks {
  struct Chunk {
    let kind: String
    let data: [UInt8]
    let isIntact: Bool
  }

  let chunks: [Chunk]

  init?(_ file: [UInt8]) {
    guard file.prefix(8) == [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A] else { return nil }
    var chunks: [Chunk] = []
    var position = 8
    while position < file.count {
      guard position + 12 <= file.count else { return nil }
      let length = Int(Self.number(file, position))
      guard position + 12 + length <= file.count else { return nil }
      let kindAndData = file[position + 4..<position + 8 + length]
      chunks.append(
        Chunk(
          kind: String(decoding: kindAndData.prefix(4), as: UTF8.self),
          data: Array(kindAndData.dropFirst(4)),
          isIntact: Self.checksum(kindAndData) == Self.number(file, position + 8 + length)))
      position += 12 + length
    }
    self.chunks = chunks
  }

  func first(_ kind: String) -> [UInt8]? { chunks.first { $0.kind == kind }?.data }

  static func number(_ bytes: [UInt8], _ position: Int) -> UInt32 {
    bytes[position..<position + 4].reduce(0) { $0 << 8 | UInt32($1) }
  }

  /// CRC-32 of the PNG specification, bit by bit.
  private static func checksum(_ bytes: ArraySlice<UInt8>) -> UInt32 {
    ~bytes.reduce(UInt32.max) { sum, byte in
      (0..<8).reduce(sum ^ UInt32(byte)) { value, _ in
        value & 1 == 1 ? value >> 1 ^ 0xEDB8_8320 : value >> 1
      }
    }
  }
}
