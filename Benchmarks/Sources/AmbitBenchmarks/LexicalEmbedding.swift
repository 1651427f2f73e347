import AmbitCorpus
import AmbitEmbedding
import AmbitMatrix

/// Embedding every output of some files with the lexical embedder; reading them is not timed.
struct LexicalEmbedding: Benchmark {
  static let name = "lexical"
  let texts: [String]
  let workers: Workers

  init(paths: [String], threadCount: Int) throws {
    texts = try paths.flatMap { try OutputFile(path: $0).records.map(\.output) }
    workers = Workers(threadCount: threadCount)
  }

  func run() throws -> [String: Double] {
    let embedded = try LexicalEmbedder().embed(texts, workers: workers)
    return [
      "bytes": Double(texts.reduce(0) { $0 + $1.utf8.count }),
      "tokens": Double(embedded.tokenCounts.reduce(0, +)),
    ]
  }
}
