import AmbitCorpus
import AmbitEmbedding
import AmbitMatrix

/// Cutting every output of some files into tokens, by the tokenizer of the folder that comes first.
struct TextTokenizing: Benchmark {
  static let name = "tokenize"
  let texts: [String]
  let tokenizer: TextTokenizer
  let workers: Workers

  init(paths: [String], threadCount: Int) throws {
    tokenizer = try TextTokenizer(folder: paths[0])
    texts = try paths.dropFirst().flatMap { try OutputFile(path: $0).records.map(\.output) }
    workers = Workers(threadCount: threadCount)
  }

  func run() throws -> [String: Double] {
    let counts = workers.map(texts.count) { tokenizer.tokenize(texts[$0]).ids.count }
    return [
      "bytes": Double(texts.reduce(0) { $0 + $1.utf8.count }),
      "tokens": Double(counts.reduce(0, +)),
    ]
  }
}
