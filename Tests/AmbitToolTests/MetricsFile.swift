import AmbitFormats
import Foundation

/// `metrics.csv` of a finished run, read back cell by cell.
struct MetricsFile {
  let rows: [[String: String]]

  init(folder: String) throws { rows = try Self.table(folder + "/metrics.csv") }

  /// A CSV file as a list of cells by column name.
  static func table(_ path: String) throws -> [[String: String]] {
    let lines = try CSVReader().rows(of: InputFile(path: path).contents).map(\.cells)
    return lines.dropFirst().map { Dictionary(uniqueKeysWithValues: zip(lines[0], $0)) }
  }

  func rows(metric: String, variant: String = "") -> [[String: String]] {
    rows.filter { $0["metric"] == metric && $0["variant"] == variant }
  }

  func value(
    _ column: String, of checkpoint: String, metric: String, variant: String = "",
    space: String, scope: String = "pooled"
  ) -> Double? {
    rows(metric: metric, variant: variant)
      .first { $0["checkpoint"] == checkpoint && $0["space"] == space && $0["scope"] == scope }
      .flatMap { Double($0[column] ?? "") }
  }
}
