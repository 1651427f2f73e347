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
    let memory = Self.bytes("VmRSS:")
    // From iteration 100 on the map has its size; the last call comes before the last sum.
    var marks: [(iteration: Int, time: ContinuousClock.Instant)] = []
    let map = try TSNE().map(of: rows, workers: workers) {
      if $0.iteration >= 100 { marks.append(($0.iteration, .now)) }
    }
    let seconds = processorSeconds() - start
    if let target {
      let array = NPYArray(shape: [rows.rowCount, 2], floats: map.coordinates.values)
      try Data(array.encoded()).write(to: URL(fileURLWithPath: target))
    }
    var facts = ["processor_seconds": seconds, "iterations": Double(map.iterationCount)]
    if let memory, let peak = Self.bytes("VmHWM:") {
      facts["bytes_per_row"] = (peak - memory) / Double(rows.rowCount)
    }
    if let first = marks.first, let last = marks.last, last.iteration > first.iteration {
      facts["seconds_per_iteration"] =
        (last.time - first.time) / .seconds(1) / Double(last.iteration - first.iteration)
    }
    return facts
  }

  /// A figure of the system's about this process's memory; nil where there is no such list.
  private static func bytes(_ name: String) -> Double? {
    guard let list = try? String(contentsOfFile: "/proc/self/status", encoding: .utf8) else {
      return nil
    }
    let line = list.split(separator: "\n").first { $0.hasPrefix(name) }
    return line?.split(separator: " ").compactMap { Double($0) }.first.map { $0 * 1024 }
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
