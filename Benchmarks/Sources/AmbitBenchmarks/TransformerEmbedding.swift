import AmbitEmbedding
import AmbitMatrix
import Foundation

/// Embedding the texts of a JSON Lines file with the transformer in a folder; opening it is not timed.
///
/// Paths: the model folder, the file (a string `output` a line) and how many of its texts, which are
/// taken again from the first where there are fewer.
struct TransformerEmbedding: Benchmark {
  static let name = "transformer"
  let embedder: TransformerEmbedder
  let texts: [String]
  let workers: Workers
  /// Bytes of the weights, which lie in memory once, whatever is embedded.
  let weightBytes: Int

  private struct Line: Decodable { var output: String }

  init(paths: [String], threadCount: Int) throws {
    let weights = URL(fileURLWithPath: paths[0]).appendingPathComponent("model.safetensors")
    weightBytes = try weights.resourceValues(forKeys: [.fileSizeKey]).fileSize ?? 0
    embedder = try TransformerEmbedder(folder: paths[0])
    let read = try String(contentsOfFile: paths[1], encoding: .utf8).split(separator: "\n").map {
      try JSONDecoder().decode(Line.self, from: Data($0.utf8)).output
    }
    texts = (0..<(Int(paths[2]) ?? read.count)).map { read[$0 % read.count] }
    workers = Workers(threadCount: threadCount)
  }

  func run() throws -> [String: Double] {
    let start = Self.processorSeconds
    let embedded = try embedder.embed(texts, workers: workers)
    let seconds = Self.processorSeconds - start
    let frame = embedder.tokenizer.prefix.count + embedder.tokenizer.suffix.count
    let lengths = embedded.readings.map { $0.tokenCount == 0 ? 0 : $0.tokenCount + frame }
    // The squared length of the mean vector: it shows whether two programs computed the same.
    let means = embedded.matrix.columnMeans()
    return [
      "tokens": Double(lengths.reduce(0, +)),
      "squares": Double(lengths.reduce(0) { $0 + $1 * $1 }),
      "processor": seconds,
      "resultant": means.reduce(0) { $0 + $1 * $1 },
      "aboveWeights": Self.peakBytes - Double(weightBytes),
    ]
  }

  private static var usage: rusage {
    var usage = rusage()
    #if canImport(Darwin)
    getrusage(RUSAGE_SELF, &usage)
    #else
    getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
    #endif
    return usage
  }

  /// Processor time of all threads so far.
  private static var processorSeconds: Double {
    let usage = usage
    return Double(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec)
      + Double(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) * 1e-6
  }

  /// The most memory that was in use at a time, mapped files included.
  private static var peakBytes: Double {
    #if canImport(Darwin)
    Double(usage.ru_maxrss)
    #else
    Double(usage.ru_maxrss) * 1024
    #endif
  }
}
