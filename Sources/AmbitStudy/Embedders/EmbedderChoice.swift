public import AmbitEmbedding
import AmbitFormats

/// Which embedder runs, and what a user may do for a better one.
public struct EmbedderChoice: Sendable {
  /// The embedder, behind the cache where it is slower than a disk.
  public let embedder: any Embedder
  /// What to do for better vectors, in a few words; nil where a transformer runs.
  public let advice: String?
  /// The cache in front of the embedder; nil where there is none.
  let cached: CachedEmbedder?
  /// The tokens of each window, where texts are read window by window.
  let pooledWindow: Int?
  /// Whether `poolsWindows` would be taken.
  let canPoolWindows: Bool

  /// Opens the embedder that a user named, or the best that is installed.
  ///
  /// - Parameters:
  ///   - name: `lexical`, `minilm`, `static`, a model's name or folder; nil for `minilm` where it is
  ///     installed, else `static`.
  ///   - windowTokens: the most tokens of a text that are read; the model's own window where nil.
  ///   - poolsWindows: whether texts beyond the window are read to their end, window by window.
  ///   - cacheFolder: where a transformer's vectors are kept; nil for nowhere.
  ///   - isStopped: asked between two blocks of texts that are kept; then `Interrupted` is thrown.
  /// - Throws: `InputError` for a model that is not installed or cannot be read, `UsageError` for
  ///   pooled windows of an embedder without them.
  public init(
    _ name: String?, windowTokens: Int? = nil, poolsWindows: Bool = false,
    cacheFolder: String? = nil, search: ModelSearch = .ofThisProcess,
    isStopped: @escaping @Sendable () -> Bool = { false }
  ) throws {
    let name = try name ?? Self.bestName(search)
    let hasTransformer = search.installed("minilm") != nil
    if name == "lexical" {
      try Self.refusePooling(poolsWindows, of: name)
      embedder = LexicalEmbedder(windowTokens: windowTokens)
      (cached, canPoolWindows, pooledWindow) = (nil, false, nil)
      advice =
        "compares wording; for meaning: --embedder "
        + (hasTransformer ? "minilm" : "static, or `make model` and --embedder minilm")
      return
    }
    let folder = try search.folder(of: name)
    if StaticEmbedder.isModel(folder: folder) {
      try Self.refusePooling(poolsWindows, of: name)
      embedder = try StaticEmbedder(folder: folder, windowTokens: windowTokens)
      (cached, canPoolWindows, pooledWindow) = (nil, false, nil)
      advice =
        "with word order and context: "
        + (hasTransformer ? "--embedder minilm" : "`make model` brings all-MiniLM-L6-v2")
      return
    }
    let transformer = try TransformerEmbedder(
      folder: folder, windowTokens: windowTokens,
      longTexts: poolsWindows ? .pooledWindows : .truncated)
    if let windowTokens, windowTokens > transformer.window {
      throw UsageError(
        "--window-tokens \(windowTokens) is more than the \(transformer.window) tokens that "
          + "\(transformer.name) reads",
        hint: poolsWindows
          ? "leave it out" : "leave it out; --pool-windows reads outputs to their end")
    }
    pooledWindow = poolsWindows ? transformer.window : nil
    cached = cacheFolder.map {
      CachedEmbedder(transformer, cache: EmbeddingCache(folder: $0), isStopped: isStopped)
    }
    embedder = cached ?? transformer
    canPoolWindows = true
    advice = nil
  }

  /// The embedder's tokens, where it has a tokenizer.
  var tokenReader: (any TokenReader)? {
    cached?.wrapped as? any TokenReader ?? embedder as? any TokenReader
  }

  /// How many texts the cache had and how many were embedded; null without a cache.
  var cacheJSON: JSON {
    guard let usage = cached?.usage else { return .null }
    return ["found": .integer(usage.foundCount), "embedded": .integer(usage.embeddedCount)]
  }

  /// Why vectors could not be kept for the next run, where they could not.
  var cacheNote: StudyNote? {
    guard let failure = cached?.usage.writeFailure else { return nil }
    return StudyNote(
      code: "cache_not_written",
      text: "the vectors are not kept for the next run: \(failure.description)")
  }

  /// As the settings of a study say.
  init(_ settings: StudySettings, isStopped: @escaping @Sendable () -> Bool = { false }) throws {
    try self.init(
      settings.embedder, windowTokens: settings.windowTokens, poolsWindows: settings.poolsWindows,
      cacheFolder: settings.cacheFolder, isStopped: isStopped)
  }

  /// How far the embedding of so many texts is; those in the cache are no work.
  func progress(_ share: Double, of texts: Int) -> StudyProgress {
    let total = cached?.usage.embeddedCount ?? texts
    return StudyProgress(
      stage: .embedding, share: share, done: Int((share * Double(total)).rounded()), total: total)
  }

  private static func bestName(_ search: ModelSearch) throws -> String {
    for name in ["minilm", "static"] where search.installed(name) != nil { return name }
    throw InputError(
      .missing, "no model to embed texts with is installed",
      hint: "`make model` brings all-MiniLM-L6-v2; AMBIT_MODELS names a folder of models; "
        + "--embedder lexical needs none")
  }

  private static func refusePooling(_ poolsWindows: Bool, of name: String) throws {
    guard poolsWindows else { return }
    throw UsageError(
      "--pool-windows is for transformers, and `\(name)` is none",
      hint: "leave it out; `\(name)` reads as many tokens as --window-tokens allows")
  }
}
