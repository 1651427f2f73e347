import AmbitFormats
import AmbitMatrix
import AmbitTestSupport
import Testing

@Suite struct ParquetFileTests {
  @Test("reads what pyarrow reads", arguments: ParquetFixtures.oracles)
  func oracle(file name: String, oracle: String) throws {
    let file = try ParquetFixtures.file(name)
    let rows = try ParquetFixtures.rows(file.jsonLines())
    let expected = try ParquetFixtures.oracle(oracle)
    #expect(
      file.columns.filter { $0.problem != nil }.map(\.name) == (name == "shard" ? ["image"] : []))
    #expect(file.rowCount == expected.count)
    #expect(rows.count == expected.count)
    for (index, (row, expected)) in zip(rows, expected).enumerated() where !row.says(expected) {
      Issue.record("row \(index): \(row) is not \(expected)")
    }
  }

  @Test("any columns and any number of first rows are those of the whole")
  func parts() throws {
    for (name, _) in ParquetFixtures.oracles {
      let file = try ParquetFixtures.file(name)
      let whole = try ParquetFixtures.rows(file.jsonLines())
      forEachSeed(6) { random in
        let names = file.columns.filter { $0.problem == nil && random.index(below: 2) == 0 }
          .map(\.name)
        guard !names.isEmpty else { return }
        let limit = random.index(below: whole.count + 2)
        let rows = try ParquetFixtures.rows(file.jsonLines(columns: names, rowLimit: limit))
        try require(
          rows.count == min(limit, whole.count), "\(name): \(rows.count) rows of \(limit)")
        for (row, full) in zip(rows, whole) {
          try require(row.object?.members.map(\.name) == names, "\(name): other columns")
          try require(names.allSatisfy { row[$0] == full[$0] }, "\(name): other values")
        }
      }
    }
  }

  @Test func counts() throws {
    let file = try ParquetFixtures.file("many-groups")
    #expect(file.rowGroupCount == 3)
    #expect(file.rowCount == 12)
    #expect(file.columns.map(\.name) == ["text"])
    #expect(try ParquetFixtures.file("no-rows").jsonLines().count == 0)
  }

  @Test("columns of types that are not read are told and left out") func oddTypes() throws {
    let file = try ParquetFixtures.file("odd-types")
    let problems = file.columns.filter { $0.problem != nil }
    #expect(problems.map(\.name) == ["when", "price", "day", "digest"])
    #expect(
      problems.map { $0.problem!.message } == [
        "the column holds timestamps, which are not read",
        "the column holds decimals, which are not read",
        "the column holds dates, which are not read",
        "the column holds bytes of a fixed length, which are not read",
      ])
    #expect(try ParquetFixtures.rows(file.jsonLines()) == ParquetFixtures.oracle("odd-types"))
    let error = #expect(throws: InputError.self) {
      try file.jsonLines(columns: ["output", "when"])
    }
    #expect(error?.code == .unsupported)
    #expect(error?.field == "when")
    let missing = #expect(throws: InputError.self) { try file.jsonLines(columns: ["outputs"]) }
    #expect(missing?.code == .missingField)
    #expect(missing?.hint?.contains("output") == true)
  }

  @Test("other codecs are refused by name, with what to do") func codecs() throws {
    for (name, codec) in [("codec-lz4", "LZ4"), ("codec-brotli", "Brotli")] {
      let error = #expect(throws: InputError.self) { try ParquetFixtures.file(name).jsonLines() }
      #expect(error?.code == .unsupported)
      #expect(error?.field == "prompt")
      #expect(error?.message.contains(codec) == true)
      #expect(error?.hint?.contains("compression=\"zstd\"") == true)
    }
    let mixed = try ParquetFixtures.rows(ParquetFixtures.file("codec-mixed").jsonLines())
    #expect(mixed == [["output": "a"], ["output": "b"]])
  }

  @Test("bytes without a type are texts, UTF-8 or not") func binary() throws {
    let parser = JSONParser()
    let lines = try ParquetFixtures.file("binary").jsonLines()
    let texts = try lines.lineRanges.map { try parser.parse(lines, in: $0).tree["text"] }
    #expect(texts == ["plain", "caf\u{FFFD}", .null])
    #expect(parser.repairs.invalidBytes == 1)
  }

  @Test("files that are cut off, encrypted or none say so") func broken() throws {
    func error(_ bytes: [UInt8]) -> InputError? {
      #expect(throws: InputError.self) { try ParquetFile(InputBytes(bytes)).jsonLines() }
    }
    let whole = try ParquetFixtures.bytes("flat-none-v1.parquet")
    #expect(error(Array(whole.dropLast()))?.message.contains("no footer") == true)
    #expect(error(Array(whole.prefix(4)))?.message.contains("no footer") == true)
    #expect(error(Array(whole.dropLast(4) + "PARE".utf8))?.message.contains("encrypted") == true)
    #expect(error(Array("PARE".utf8 + whole.dropFirst(4)))?.code == .unsupported)
    var long = whole
    long[long.count - 6] = 0xFF
    #expect(error(long)?.code == .malformed)
  }

  @Test("a flipped bit in a page is found where it has a checksum") func checksums() throws {
    let whole = try ParquetFixtures.bytes("flat-none-v1.parquet")
    let texts = Array("jumps".utf8)
    let place = try #require(
      whole.indices.first { whole[$0...].starts(with: texts) }, "no text in the file")
    var bytes = whole
    bytes[place] ^= 1
    let error = #expect(throws: InputError.self) {
      try ParquetFile(InputBytes(bytes)).jsonLines()
    }
    #expect(error?.message.contains("checksum") == true)
    #expect(error?.field != nil)
  }

  @Test("what would unpack beyond the limit is refused") func limits() throws {
    let bytes = try ParquetFixtures.bytes("long-runs.parquet")
    let file = try ParquetFile(InputBytes(bytes), unpackedLimit: 10_000)
    let error = #expect(throws: InputError.self) { try file.jsonLines() }
    #expect(error?.code == .tooLarge)
    #expect(try ParquetFixtures.rows(file.jsonLines(rowLimit: 100)).count == 100)
  }
}
