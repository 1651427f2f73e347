import AmbitCorpus
import AmbitEmbedding
import AmbitMatrix

/// Embedding every output of some files with a static model, whose folder comes first; reading and
/// opening are not timed.
struct StaticEmbedding: Benchmark {
  static let name = "static"
  let texts: [String]
  let embedder: StaticEmbedder
  let workers: Workers

  init(paths: [String], threadCount: Int) throws {
    embedder = try StaticEmbedder(folder: paths[0])
    texts = try paths.dropFirst().flatMap { try OutputFile(path: $0).records.map(\.output) }
    workers = Workers(threadCount: threadCount)
  }

  func run() throws -> [String: Double] {
    let embedded = embedder.embed(texts, workers: workers) { _ in }
    return [
      "bytes": Double(texts.reduce(0) { $0 + $1.utf8.count }),
      // What a peer can be held to: all numbers of all vectors.
      "magnitude": embedded.matrix.values.reduce(0.0) { $0 + Double(abs($1)) },
    ]
  }
}
