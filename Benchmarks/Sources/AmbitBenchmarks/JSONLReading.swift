import AmbitCorpus
import Foundation

/// Reading JSON Lines files from the disk to records, on one thread.
struct JSONLReading: Benchmark {
  static let name = "jsonl"
  let paths: [String]
  let byteCount: Int

  init(paths: [String], threadCount: Int) throws {
    self.paths = paths
    byteCount = try paths.reduce(0) { $0 + (try Data(contentsOf: URL(fileURLWithPath: $1)).count) }
  }

  func run() throws -> [String: Double] {
    let records = try paths.reduce(0) { $0 + (try OutputFile(path: $1)).records.count }
    return ["bytes": Double(byteCount), "records": Double(records)]
  }
}
