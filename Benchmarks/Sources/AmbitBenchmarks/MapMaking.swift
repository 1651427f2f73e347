import AmbitFormats
import AmbitMatrix
import AmbitProjection
import Foundation

/// A t-SNE map of a matrix at perplexity 30: neighbours, affinities, descent. With a second path, the
/// map is written there.
struct MapMaking: Benchmark {
  static let name = "tsne"
  let rows: Matrix
  let target: String?
  let workers: Workers

  init(paths: [String], threadCount: Int) throws {
    rows = try Matrix(contentsOfNPY: paths[0])
    target = paths.count > 1 ? paths[1] : nil
    workers = Workers(threadCount: threadCount)
  }

  func run() throws -> [String: Double] {
    let start = processorSeconds()
    let map = try TSNE().map(of: rows, workers: workers)
    let seconds = processorSeconds() - start
    if let target {
      let array = NPYArray(shape: [rows.rowCount, 2], floats: map.coordinates.values)
      try Data(array.encoded()).write(to: URL(fileURLWithPath: target))
    }
    return ["processor_seconds": seconds, "iterations": Double(map.iterationCount)]
  }

  /// What all threads of this process have used so far.
  private func processorSeconds() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
  }
}

/// KL(P‖Q) of any map of a matrix, whoever made it: all pairs, in double precision.
struct MapJudging: Benchmark {
  static let name = "divergence"
  let rows: Matrix
  let map: Matrix
  let workers: Workers

  init(paths: [String], threadCount: Int) throws {
    rows = try Matrix(contentsOfNPY: paths[0])
    map = try Matrix(contentsOfNPY: paths[1])
    workers = Workers(threadCount: threadCount)
  }

  func run() throws -> [String: Double] {
    ["divergence": try MapDivergence.exact(of: map, rows: rows, workers: workers)]
  }
}

extension Matrix {
  /// Reads a file of single or double precision numbers.
  init(contentsOfNPY path: String) throws {
    let array = try NPYArray(bytes: [UInt8](try Data(contentsOf: URL(fileURLWithPath: path))))
    self.init(rowCount: array.rowCount, columnCount: array.columnCount, values: array.floats)
  }
}
