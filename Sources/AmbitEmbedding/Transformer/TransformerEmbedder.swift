public import AmbitMatrix

/// Texts to vectors by a BERT-like encoder: any sentence-transformers folder of the BERT, MiniLM, BGE,
/// GTE, E5, RoBERTa, XLM-RoBERTa or MPNet kind with `model.safetensors`.
///
/// The vectors are those of sentence-transformers within 2e-5 in each column, with one exception: a
/// text without tokens is the zero row, where that library embeds its special tokens. Rows have unit
/// length where the folder's modules end in `Normalize`.
///
/// Texts are tokenized on all threads, packed without padding into groups of like lengths, and each
/// group runs through the encoder on one thread. Every product with weights has one fixed height, so a
/// text's row is the same bits in any company, order and number of threads on one machine.
/// Memory above the weights: about 10 MB a thread for a small model and 20 MB for the texts at work,
/// beside the result.
public struct TransformerEmbedder: Embedder {
  /// What users call it.
  public let name: String
  /// The hashes of the weights and of every file that changes a row, the window, the prefix.
  public let fingerprint: String
  /// The most tokens of a text that are read, special ones not counted; never nil.
  public let windowTokens: Int?
  /// What is set before every text, within the window; empty for most models.
  public let prefix: String
  /// The model's tokenizer.
  public let tokenizer: TextTokenizer
  /// How tokens are pooled, whether rows are normalized.
  package let modules: SentenceModules
  let weights: EncoderWeights

  /// The encoder's width.
  public var dimension: Int { weights.configuration.width }

  init(
    name: String, fingerprint: String, windowTokens: Int, prefix: String,
    tokenizer: TextTokenizer, modules: SentenceModules, weights: EncoderWeights
  ) {
    self.name = name
    self.fingerprint = fingerprint
    self.windowTokens = windowTokens
    self.prefix = prefix
    self.tokenizer = tokenizer
    self.modules = modules
    self.weights = weights
  }

  /// Texts that are tokenized and at work at a time.
  private static let textsAtOnce = 8_192
  /// The most tokens that one thread takes through the encoder together.
  private static let groupTokens = 1_024

  /// Embeds every text. O(tokens · (width · inner width + length · width) · layers); throws nothing.
  public func embed(
    _ texts: [String], workers: Workers, progress: @escaping @Sendable (Double) -> Void
  ) -> EmbeddedTexts {
    var values: [Float] = []
    values.reserveCapacity(texts.count * dimension)
    var readings: [EmbeddedTexts.Reading] = []
    readings.reserveCapacity(texts.count)
    for start in stride(from: 0, to: texts.count, by: Self.textsAtOnce) {
      let end = min(texts.count, start + Self.textsAtOnce)
      let tokens = TokenizedTexts(Array(texts[start..<end]), by: self, workers: workers)
      let rows = encode(tokens, workers: workers) { share in
        progress((Double(start) + share * Double(end - start)) / Double(texts.count))
      }
      values.append(contentsOf: UnsafeBufferPointer(start: rows.start, count: rows.count))
      readings += tokens.readings
    }
    return EmbeddedTexts(
      matrix: Matrix(rowCount: texts.count, columnCount: dimension, values: values),
      readings: readings)
  }

  /// The rows of some texts, those without tokens zero.
  private func encode(
    _ tokens: TokenizedTexts, workers: Workers, progress: @escaping @Sendable (Double) -> Void
  ) -> FloatBuffer {
    let rows = FloatBuffer(zeros: tokens.lengths.count * dimension)
    let longest = tokens.lengths.max() ?? 0
    let total = tokens.lengths.reduce(0, +)
    let capacity = TokenPacking.capacity(
      tokenCount: total, threadCount: workers.threadCount, floor: longest,
      limit: max(longest, Self.groupTokens))
    let groups = TokenPacking(lengths: tokens.lengths, capacity: capacity).groups
    let configuration = weights.configuration
    let workspaces = EncoderWorkspaces {
      EncoderWorkspace(configuration, capacity: capacity, longest: longest)
    }
    let done = ProgressCount(total: total, report: progress)
    workers.forEachBlock(of: groups.count, size: 1) { block in
      for index in block {
        let group = groups[index]
        workspaces.with { encode(group, of: tokens, in: $0, into: rows) }
        done.add(group.reduce(0) { $0 + tokens.lengths[$1] })
      }
    }
    return rows
  }

  private func encode(
    _ group: [Int], of tokens: TokenizedTexts, in workspace: EncoderWorkspace,
    into rows: FloatBuffer
  ) {
    let ids = group.flatMap { tokens.ids(of: $0) }
    let pass = EncoderPass(
      weights: weights, workspace: workspace, lengths: group.map { tokens.lengths[$0] })
    ids.withUnsafeBufferPointer { pass.run($0.baseAddress!) }
    var next = 0
    pass.forEachSequence { start, length in
      modules.pooling.pool(
        workspace.hidden.start + start * dimension, count: length, width: dimension,
        isNormalized: modules.isNormalized, into: rows.start + group[next] * dimension)
      next += 1
    }
  }
}
