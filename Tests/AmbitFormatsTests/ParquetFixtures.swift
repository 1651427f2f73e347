import AmbitFormats
import Foundation

/// Files written by `make_parquet_fixtures.py`, and what pyarrow reads from them.
enum ParquetFixtures {
  private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("Fixtures/parquet")

  static func bytes(_ name: String) throws -> [UInt8] {
    Array(try Data(contentsOf: folder.appendingPathComponent(name)))
  }

  static func file(_ name: String) throws -> ParquetFile {
    try ParquetFile(InputBytes(bytes("\(name).parquet")))
  }

  /// Files beside the oracle that holds their rows.
  static let oracles: [(file: String, oracle: String)] =
    ["none", "snappy", "gzip", "zstd"].flatMap { codec in
      [("flat-\(codec)-v1", "flat"), ("flat-\(codec)-v2", "flat")]
    } + [
      ("nested-v1", "nested"), ("nested-v2", "nested"), ("fastparquet-snappy", "fastparquet"),
      ("fastparquet-zstd", "fastparquet"), ("duckdb", "polars"), ("duckdb-v2", "polars"),
    ]
    + [
      "nested-legacy", "delta", "booleans-rle", "dictionary-fallback", "long-runs", "no-rows",
      "map",
      "many-groups", "trl-strings", "trl-messages", "pandas-index", "polars", "shard",
    ].map { ($0, $0) }

  /// The rows of JSON Lines.
  static func rows(_ lines: InputBytes) throws -> [JSON] {
    let parser = JSONParser()
    return try lines.lineRanges.map { try parser.parse(lines, in: $0).tree }
  }

  static func oracle(_ name: String) throws -> [JSON] {
    try rows(InputBytes(bytes("\(name).jsonl")))
  }
}

extension JSON {
  /// Whether both are the same, where 1 and 1.0 are one number.
  func says(_ other: JSON) -> Bool {
    switch (self, other) {
    case (.array(let a), .array(let b)):
      a.count == b.count && zip(a, b).allSatisfy { $0.says($1) }
    case (.object(let a), .object(let b)):
      a.members.count == b.members.count
        && zip(a.members, b.members).allSatisfy { $0.name == $1.name && $0.value.says($1.value) }
    case (.integer(let a), .integer(let b)): a == b
    default: number != nil && number == other.number || self == other
    }
  }
}
