import AmbitFormats
import AmbitMatrix
import AmbitTestSupport
import Testing

/// The decoders beside naive encoders of the same formats.
@Suite struct ParquetDecoderTests {
  /// Packs numbers bit by bit, lowest first.
  private static func packed(_ values: [UInt64], width: Int) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: (values.count * width + 7) / 8)
    for (index, value) in values.enumerated() {
      for bit in 0..<width where value >> UInt64(bit) & 1 == 1 {
        let place = index * width + bit
        bytes[place / 8] |= 1 << UInt8(place % 8)
      }
    }
    return bytes
  }

  private static func varint(_ value: UInt64) -> [UInt8] {
    value < 0x80 ? [UInt8(value)] : [UInt8(value & 0x7F) | 0x80] + varint(value >> 7)
  }

  private static func zigzag(_ value: Int64) -> [UInt8] {
    varint(UInt64(bitPattern: value << 1 ^ value >> 63))
  }

  private static func random(_ random: inout SplitMix64, width: Int) -> UInt64 {
    width == 0 ? 0 : random.next() >> UInt64(64 - width)
  }

  @Test("bits of every width and any count") func bits() {
    for width in 0...64 {
      forEachSeed(4) { random in
        let values = (0..<random.index(below: 80)).map { _ in Self.random(&random, width: width) }
        let bytes = Self.packed(values, width: width)
        var found = [UInt64](repeating: 99, count: values.count)
        bytes.withUnsafeBufferPointer { source in
          found.withUnsafeMutableBufferPointer {
            BitPacking.unpack(source, width: width, into: $0)
          }
        }
        try require(found == values, "width \(width): \(found) instead of \(values)")
      }
    }
  }

  @Test("runs and packed groups of every width") func runs() {
    forEachSeed(400) { random in
      let width = random.index(below: 33)
      var values: [UInt64] = []
      var bytes: [UInt8] = []
      for _ in 0...random.index(below: 5) {
        if random.index(below: 2) == 0 {
          let value = Self.random(&random, width: width)
          let count = 1 + random.index(below: 50)
          bytes += Self.varint(UInt64(count << 1))
          bytes += (0..<(width + 7) / 8).map { UInt8(truncatingIfNeeded: value >> UInt64(8 * $0)) }
          values += Array(repeating: value, count: count)
        } else {
          let groups = 1 + random.index(below: 4)
          let some = (0..<8 * groups).map { _ in Self.random(&random, width: width) }
          bytes += Self.varint(UInt64(groups << 1 | 1)) + Self.packed(some, width: width)
          values += some
        }
      }
      // The last group may be longer than what is wanted.
      let wanted = values.count - random.index(below: min(8, values.count))
      let found = try Self.decodedRuns(bytes, width: width, count: wanted)
      try require(found.elementsEqual(values.prefix(wanted).map(UInt32.init)), "other values")
      let more = (try? Self.decodedRuns(bytes, width: width, count: values.count + 1)) != nil
      try require(!more, "values out of nothing")
    }
  }

  private static func decodedRuns(_ bytes: [UInt8], width: Int, count: Int) throws -> [UInt32] {
    var found = [UInt32](repeating: 0, count: count)
    try bytes.withUnsafeBufferPointer { source in
      try found.withUnsafeMutableBufferPointer {
        try RunLengthDecoder.decode(source, width: width, into: $0)
      }
    }
    return found
  }

  /// DELTA_BINARY_PACKED as the format describes it.
  private static func deltas(_ values: [Int64], blockSize: Int, miniblocks: Int) -> [UInt8] {
    var bytes = varint(UInt64(blockSize)) + varint(UInt64(miniblocks))
    bytes += varint(UInt64(values.count)) + zigzag(values.first ?? 0)
    let differences = zip(values.dropFirst(), values).map { $0 &- $1 }
    let size = blockSize / miniblocks
    for start in stride(from: 0, to: differences.count, by: blockSize) {
      let block = differences[start..<min(start + blockSize, differences.count)]
      let least = block.min()!
      bytes += zigzag(least)
      let parts = (0..<miniblocks).map { index -> [UInt64] in
        let part = block.dropFirst(index * size).prefix(size).map {
          UInt64(bitPattern: $0 &- least)
        }
        return part.isEmpty ? [] : part + Array(repeating: 0, count: size - part.count)
      }
      let widths = parts.map { part in 64 - (part.map(\.leadingZeroBitCount).min() ?? 64) }
      bytes += widths.map { UInt8($0) }
      for (part, width) in zip(parts, widths) { bytes += packed(part, width: width) }
    }
    return bytes
  }

  @Test("differences of any size, wrapping around") func differences() {
    forEachSeed(300) { random in
      let width = random.index(below: 65)
      let count = random.index(below: 400)
      let values = (0..<count).map { _ in
        Int64(bitPattern: Self.random(&random, width: width))
      }
      let shape = [(128, 4), (128, 1), (256, 8), (1_024, 32)][random.index(below: 4)]
      let bytes =
        Self.deltas(values, blockSize: shape.0, miniblocks: shape.1) + [0xAB, 0xCD]
      try bytes.withUnsafeBufferPointer { source in
        var cursor = ByteCursor(source)
        let found = try DeltaDecoder.decode(&cursor, count: count)
        try require(found == values, "other values, width \(width)")
        try require(cursor.remaining == 2, "\(cursor.remaining) bytes are left, not 2")
        var again = ByteCursor(source)
        let isRefused = (try? DeltaDecoder.decode(&again, count: count + 1)) == nil
        try require(isRefused, "another count is taken")
      }
    }
  }

  @Test("numbers of variable length") func varints() throws {
    for value in [0, 1, 127, 128, 300, UInt64.max] {
      try Self.varint(value).withUnsafeBufferPointer {
        var cursor = ByteCursor($0)
        let found = try cursor.varint()
        #expect(found == value)
        #expect(cursor.remaining == 0)
      }
    }
    for value in [0, -1, 1, Int64.min, Int64.max] {
      try Self.zigzag(value).withUnsafeBufferPointer {
        var cursor = ByteCursor($0)
        let found = try cursor.zigzag()
        #expect(found == value)
      }
    }
    [UInt8](repeating: 0xFF, count: 11).withUnsafeBufferPointer {
      var cursor = ByteCursor($0)
      #expect(throws: InputError.self) { try cursor.varint() }
    }
  }

  @Test("strings are escaped so that they read back the same") func escaping() {
    forEachSeed(300) { random in
      let scalars: [Unicode.Scalar] = [
        "a", "\"", "\\", "\n", "\u{1}", "\u{1F}", " ", "é", "東", "🎲",
      ]
      let text = String(
        String.UnicodeScalarView(
          (0..<random.index(below: 40)).map { _ in
            random.index(below: 3) > 0 ? "b" : scalars[random.index(below: scalars.count)]
          }))
      var json = JSONText()
      Array(text.utf8).withUnsafeBufferPointer { json.appendQuoted($0) }
      let parser = JSONParser()
      try require(
        parser.parse(InputBytes(json.bytes)).tree == .string(text)
          && parser.repairs == JSONRepairs(),
        "\(text.debugDescription) became \(String(decoding: json.bytes, as: UTF8.self))")
    }
  }
}
