/// Names of files without what only says how they are written.
package enum FileName {
  private static let packing = [".gz", ".zst"]
  private static let formats = [
    ".jsonl", ".json", ".csv", ".tsv", ".txt", ".npy", ".npz", ".parquet",
  ]

  /// The name without the known suffixes and no others: `phi-1.5.jsonl.gz` is `phi-1.5`.
  package static func stem(of name: String) -> String {
    var stem = name
    for suffixes in [packing, formats] {
      for suffix in suffixes where stem.lowercased().hasSuffix(suffix) {
        stem = String(stem.dropLast(suffix.count))
        break
      }
    }
    return stem
  }

  /// Whether the name ends in a known suffix of a format that is read.
  package static func isData(_ name: String) -> Bool {
    let lowered = name.lowercased()
    return formats.contains { format in
      lowered.hasSuffix(format) || packing.contains { lowered.hasSuffix(format + $0) }
    }
  }
}
