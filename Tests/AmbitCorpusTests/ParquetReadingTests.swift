import AmbitCorpus
import AmbitFormats
import AmbitTestSupport
import Foundation
import Testing

/// Parquet tables give the records that the same rows as JSON Lines would give.
@Suite struct ParquetReadingTests {
  let folder = TemporaryFolder()

  /// A file written by pyarrow, pandas or another writer; see `make_parquet_fixtures.py`.
  private func fixture(_ name: String) -> String {
    SharedData.repository.appendingPathComponent(
      "Tests/AmbitFormatsTests/Fixtures/parquet/\(name)"
    ).path
  }

  private func bytes(_ name: String) throws -> [UInt8] {
    Array(try Data(contentsOf: URL(fileURLWithPath: fixture(name))))
  }

  @Test(
    "the same records as from JSON Lines",
    arguments: [
      ("trl-strings", "trl-strings", ReadingOptions()),
      ("trl-strings", "trl-strings", ReadingOptions(scoreField: "accuracy_reward")),
      ("trl-messages", "trl-messages", ReadingOptions()),
      ("shard", "shard", ReadingOptions()),
      ("duckdb-v2", "polars", ReadingOptions(textField: "maybe")),
      ("dictionary-fallback", "dictionary-fallback", ReadingOptions()),
      ("many-groups", "many-groups", ReadingOptions()),
    ])
  func sameRecords(_ table: String, _ rows: String, _ options: ReadingOptions) throws {
    let file = try OutputFile(path: fixture("\(table).parquet"), options: options)
    let expected = try OutputFile(path: fixture("\(rows).jsonl"), options: options)
    #expect(!file.records.isEmpty)
    #expect(file.records == expected.records)
    #expect(file.kind == expected.kind)
    #expect(file.rowCount == expected.rowCount)
    #expect(file.decoding == expected.decoding)
    #expect(file.promptField == expected.promptField)
    #expect(file.notices.map(\.code) == expected.notices.map(\.code))
    #expect(file.why.contains("a Parquet table of"))
  }

  @Test("what TRL logs: prompts, completions, the step, a reward as score") func trainer() throws {
    let options = ReadingOptions(scoreField: "accuracy_reward")
    let file = try OutputFile(path: fixture("trl-strings.parquet"), options: options)
    #expect(file.format == "Parquet")
    #expect(file.promptField == "prompt")
    #expect(
      file.records.map(\.prompt).prefix(3)
        == ["What is 0 + 1?", "What is 0 + 1?", "What is 1 + 1?"])
    #expect(file.records.map(\.sample) == [0, 1, 0, 1, 0, 1, 0, 1])
    #expect(file.records.allSatisfy { $0.step == "100" })
    #expect(file.records.map(\.score) == [1, 0, 0.5, nil, 1, 1, 0, 0.25])
    #expect(file.ignoredFields == ["advantage"])
    let messages = try OutputFile(path: fixture("trl-messages.parquet"))
    #expect(messages.records.map(\.output) == file.records.map(\.output))
    #expect(messages.records[0].prompt != nil)
    #expect(messages.ignoredFields == ["accuracy_reward", "advantage"])
  }

  @Test("a shard with messages, and columns of no use, which are not read") func shard() throws {
    let file = try OutputFile(path: fixture("shard.parquet"))
    #expect(file.format == "chat messages")
    #expect(file.why.contains("a Parquet table of 3 row groups"))
    #expect(file.records.count == 12)
    #expect(file.hasPromptIDs)
    #expect(file.ignoredFields == ["image", "embedding"])
    #expect(file.decoding == [DecodingSetting(name: "temperature", values: ["0.5"])])
    #expect(file.sha256 == SHA256.hexadecimal(of: try bytes("shard.parquet")))
  }

  @Test("columns that cannot be read matter only where they are needed") func problems() throws {
    let path = fixture("odd-types.parquet")
    let file = try OutputFile(path: path)
    #expect(file.records.map(\.output) == ["a", "b"])
    #expect(file.ignoredFields == ["when", "price", "day", "digest"])
    for options in [
      ReadingOptions(idField: "digest"), ReadingOptions(textField: "when"),
      ReadingOptions(scoreField: "price"),
    ] {
      let error = #expect(throws: InputError.self) { try OutputFile(path: path, options: options) }
      #expect(error?.code == .unsupported)
      #expect(error?.path == path)
    }
    // Prompts that cannot be read would leave outputs without prompts.
    let mixed = fixture("codec-mixed.parquet")
    let error = #expect(throws: InputError.self) { try OutputFile(path: mixed) }
    #expect(error?.field == "prompt")
    #expect(error?.message.contains("Brotli") == true)
    #expect(error?.hint?.contains("zstd") == true)
    #expect(
      try OutputFile(
        path: mixed, options: ReadingOptions(textField: "output", promptField: "output")
      ).records.count == 2)
  }

  @Test("faults of tables are told with their file") func faults() throws {
    let empty = #expect(throws: InputError.self) {
      try OutputFile(path: fixture("no-rows.parquet"))
    }
    #expect(empty?.code == .empty)
    let cut = folder.write(Array(try bytes("shard.parquet").dropLast(9)), to: "cut.parquet")
    let error = #expect(throws: InputError.self) { try OutputFile(path: cut) }
    #expect(error?.path == cut)
    #expect(error?.message.contains("no footer") == true)
    let nothing = #expect(throws: InputError.self) { try OutputFile(path: fixture("map.parquet")) }
    #expect(nothing?.hint?.contains("--text-field") == true)
  }

  @Test("a folder of tables is one checkpoint a file, in the order of their steps") func folders()
    throws
  {
    let table = try bytes("trl-strings.parquet")
    folder.write(table, to: "run/completions_00900.parquet")
    folder.write(table, to: "run/completions_12000.parquet")
    folder.write(Gzip.compress(table), to: "run/completions_00100.parquet.gz")
    let resolved = try CheckpointArguments([folder.path(of: "run")]).resolve()
    #expect(
      resolved.checkpoints.map(\.name)
        == ["completions_00100", "completions_00900", "completions_12000"])
    #expect(resolved.checkpoints.allSatisfy { $0.records.count == 8 })
  }

  @Test("JSON Lines packed with zstd, by content and in folders") func zstd() throws {
    let rows = try bytes("trl-strings.jsonl")
    let half = rows.count / 2
    let packed = ZstdFrames.stored(Array(rows[..<half])) + ZstdFrames.stored(Array(rows[half...]))
    let path = folder.write(packed, to: "z/step-1.jsonl.zst")
    folder.write(packed, to: "z/step-2.jsonl.zst")
    let expected = try OutputFile(path: fixture("trl-strings.jsonl"))
    #expect(try OutputFile(path: path).records == expected.records)
    #expect(
      try CheckpointArguments([folder.path(of: "z")]).resolve().checkpoints.map(\.name)
        == ["step-1", "step-2"])
    let plain = folder.write(ZstdFrames.stored(Array("words\n".utf8)), to: "words.jsonl.zst")
    #expect(throws: InputError.self) { try OutputFile(path: plain) }
    let cut = folder.write(Array(packed.dropLast(2)), to: "cut.jsonl.zst")
    let error = #expect(throws: InputError.self) { try OutputFile(path: cut) }
    #expect(error?.code == .malformed)
  }

  @Test("ids and prompts may come from tables") func idsAndPrompts() throws {
    let vectors = folder.write(
      NPYArray(shape: [12, 2], floats: (0..<24).map { Float($0) }).encoded(), to: "v.npy")
    let file = try OutputFile(
      path: vectors, options: ReadingOptions(idsPath: fixture("shard.parquet")))
    #expect(file.records.map(\.promptID).prefix(3) == ["q0", "q0", "q1"])
    let answers = folder.write("{\"prompt_id\": \"q1\", \"output\": \"a\"}\n", to: "a.jsonl")
    let joined = try OutputFile(
      path: answers, options: ReadingOptions(promptsPath: fixture("shard.parquet")))
    #expect(joined.records[0].prompt != nil)
  }
}
