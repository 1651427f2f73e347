import AmbitFormats
import AmbitMatrix
import AmbitTestSupport
import Testing

/// Whatever happens to a file, it gives rows or a typed error, in bounded memory.
@Suite struct DamagedParquetTests {
  /// Small files of every encoding, level and codec.
  static let names = [
    "flat-none-v1", "flat-snappy-v2", "nested-v1", "nested-v2", "delta", "booleans-rle", "map",
    "dictionary-fallback", "long-runs", "polars", "duckdb-v2", "fastparquet-snappy",
  ]

  /// Reads all columns; rows or an `InputError` with a message.
  private func read(_ bytes: [UInt8]) throws {
    do {
      let file = try ParquetFile(InputBytes(bytes), unpackedLimit: 8 << 20)
      let lines = try file.jsonLines()
      let rows = lines.lineRanges.count
      try require(rows == file.rowCount, "\(rows) rows where \(file.rowCount) are promised")
    } catch let error as InputError {
      try require(!error.message.isEmpty, "an error without words")
    }
  }

  @Test("each byte changed, of larger files every second or third", arguments: names)
  func everyByte(name: String) throws {
    let whole = try ParquetFixtures.bytes("\(name).parquet")
    var random = SplitMix64(seed: 7)
    for index in stride(from: 0, to: whole.count, by: 1 + whole.count / 2_500) {
      var bytes = whole
      bytes[index] ^= UInt8(1 + random.index(below: 255))
      do { try read(bytes) } catch { Issue.record("\(name), byte \(index): \(error)") }
    }
  }

  @Test("cut off anywhere", arguments: names) func truncated(name: String) throws {
    let whole = try ParquetFixtures.bytes("\(name).parquet")
    for count in stride(from: 0, to: whole.count, by: 1 + whole.count / 400) {
      #expect(throws: InputError.self) {
        try ParquetFile(InputBytes(whole.prefix(count))).jsonLines()
      }
      // A cut in the middle with the footer kept is the harder one.
      var bytes = whole
      bytes.removeSubrange(count..<min(count + 5, whole.count))
      do { try read(bytes) } catch { Issue.record("\(name), cut at \(count): \(error)") }
    }
  }

  @Test("changed in several places") func mutated() throws {
    let files = try Self.names.map { try ParquetFixtures.bytes("\($0).parquet") }
    forEachSeed(1_500) { random in
      var bytes = files[random.index(below: files.count)]
      for _ in 0...random.index(below: 6) {
        let place = random.index(below: bytes.count)
        switch random.index(below: 4) {
        case 0: bytes[place] = UInt8(random.index(below: 256))
        case 1: bytes[place] = [0, 0x7F, 0x80, 0xFF][random.index(below: 4)]
        case 2: bytes.insert(UInt8(random.index(below: 256)), at: place)
        default: bytes.swapAt(place, random.index(below: bytes.count))
        }
      }
      try read(bytes)
    }
  }
}
