public import AmbitMatrix

/// Texts to vectors by a BERT-like encoder: any sentence-transformers folder of the BERT, MiniLM, BGE,
/// GTE, E5, RoBERTa, XLM-RoBERTa or MPNet kind with `model.safetensors`.
///
/// The vectors are those of sentence-transformers within 2e-5 in each column, with one exception: a
/// text without tokens is the zero row, where that library embeds its special tokens. Rows have unit
/// length where the folder's modules end in `Normalize`.
///
/// Texts are tokenized on all threads, packed without padding into groups of like lengths, and each
/// group runs through the encoder on one thread. A token's numbers do not depend on those that lie
/// beside it, so a text's row is the same bits in any company, order and number of threads on one
/// machine.
/// Memory above the file's: the layers' weights once more, packed; about 10 MB a thread for a small
/// model; 20 MB for the texts at work; and the result. With all-MiniLM-L6-v2 and two threads a whole
/// process took 127 MB for 2,000 texts and 173 MB for 16,000.
public struct TransformerEmbedder: Embedder {
  /// What users call it.
  public let name: String
  /// The hashes of the weights and of every file that changes a row, the window, the prefix.
  public let fingerprint: String
  /// The most tokens that go through the encoder together, special ones not counted.
  public let window: Int
  /// What becomes of a text that is longer than that.
  public let longTexts: LongTexts
  /// What is set before every text, within the window; empty for most models.
  public let prefix: String
  /// The model's tokenizer.
  public let tokenizer: TextTokenizer
  /// How tokens are pooled, whether rows are normalized.
  package let modules: SentenceModules
  let weights: EncoderWeights
  /// The tokens of `prefix`, which stand at the head of every window of a long text.
  let repeatedTokens: Int

  /// The encoder's width.
  public var dimension: Int { weights.configuration.width }

  /// The most tokens of a text that are read: `window`, or nil where long texts are read to the end.
  public var windowTokens: Int? { longTexts == .truncated ? window : nil }

  init(
    name: String, fingerprint: String, window: Int, longTexts: LongTexts, prefix: String,
    tokenizer: TextTokenizer, modules: SentenceModules, weights: EncoderWeights
  ) {
    self.name = name
    self.fingerprint = fingerprint
    self.window = window
    self.longTexts = longTexts
    self.prefix = prefix
    let prefixTokens = prefix.isEmpty ? 0 : tokenizer.tokenize(prefix, isFramed: false).tokenCount
    // A prefix that leaves no room stands in the first window alone.
    repeatedTokens = prefixTokens < window ? prefixTokens : 0
    self.tokenizer = tokenizer
    self.modules = modules
    self.weights = weights
  }

  /// Texts that are tokenized and at work at a time, and their bytes where more than one window of a
  /// text is read.
  private static let textsAtOnce = 8_192
  private static let bytesAtOnce = 4 << 20
  /// The most tokens that one thread takes through the encoder together.
  private static let groupTokens = 4 * EncoderWorkspace.blockRows

  /// Embeds every text. O(tokens · (width · inner width + length · width) · layers); throws nothing.
  public func embed(
    _ texts: [String], workers: Workers, progress: @escaping @Sendable (Double) -> Void
  ) -> EmbeddedTexts {
    var values: [Float] = []
    values.reserveCapacity(texts.count * dimension)
    var readings: [EmbeddedTexts.Reading] = []
    readings.reserveCapacity(texts.count)
    while readings.count < texts.count {
      let block = nextBlock(of: texts, from: readings.count)
      let tokens = TokenizedTexts(texts[block], by: self, workers: workers)
      let rows = encode(tokens, workers: workers) { share in
        progress((Double(block.lowerBound) + share * Double(block.count)) / Double(texts.count))
      }
      tokens.appendMeans(
        of: rows, width: dimension,
        overhead: tokenizer.prefix.count + tokenizer.suffix.count + repeatedTokens,
        isNormalized: modules.isNormalized, to: &values)
      readings += tokens.readings
    }
    return EmbeddedTexts(
      matrix: Matrix(rowCount: texts.count, columnCount: dimension, values: values),
      readings: readings)
  }

  /// The texts from `start` on that are at work together, at least one.
  private func nextBlock(of texts: [String], from start: Int) -> Range<Int> {
    let most = min(texts.count, start + Self.textsAtOnce)
    guard longTexts == .pooledWindows else { return start..<most }
    var end = start
    var byteCount = 0
    repeat {
      byteCount += texts[end].utf8.count
      end += 1
    } while end < most && byteCount + texts[end].utf8.count <= Self.bytesAtOnce
    return start..<end
  }

  /// One row per window.
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
