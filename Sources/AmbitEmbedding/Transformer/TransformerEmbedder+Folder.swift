import AmbitFormats

extension TransformerEmbedder {
  /// Opens a model folder as Hugging Face lays it out: `config.json`, `model.safetensors`,
  /// `tokenizer.json` or `vocab.txt`, and sentence-transformers' `modules.json`, `1_Pooling/config.json`
  /// and `sentence_bert_config.json` where they are there.
  ///
  /// - Parameters:
  ///   - name: what users call it; the folder's own name by default.
  ///   - windowTokens: the most tokens of a text, special ones not counted; the model's own window
  ///     where nil or larger.
  ///   - longTexts: whether what is beyond the window is cut off or embedded window by window.
  ///   - prefix: set before every text; the folder's default prompt where nil.
  /// - Throws: `InputError` that names the file and the field or tensor.
  public init(
    folder: String, name: String? = nil, windowTokens: Int? = nil,
    longTexts: LongTexts = .truncated, prefix: String? = nil
  ) throws {
    precondition(windowTokens ?? 1 >= 1, "a window holds at least one token")
    let configuration = try EncoderConfiguration(
      ModelDocument(path: PathText.join(folder, "config.json"), limit: 16 << 20))
    let modules = try SentenceModules(folder: folder)
    let tokenizer = try TextTokenizer(folder: folder)
    let file = try SafetensorsFile(path: PathText.join(folder, "model.safetensors"))
    let weights = try EncoderWeights(file, configuration: configuration)
    guard tokenizer.vocabularyCount <= weights.tokens.rowCount else {
      throw InputError(
        .unmatched, path: folder,
        "the tokenizer knows \(tokenizer.vocabularyCount) tokens, the weights only "
          + "\(weights.tokens.rowCount)", hint: "copy the model folder again")
    }
    let frame = tokenizer.prefix.count + tokenizer.suffix.count
    let longest = min(configuration.positionCount, modules.longestSequence ?? .max)
    guard longest > frame else {
      throw InputError(
        .malformed, path: PathText.join(folder, "sentence_bert_config.json"),
        field: "max_seq_length", "\(longest) leaves no room beside \(frame) special tokens")
    }
    let window = min(longest - frame, windowTokens ?? .max)
    let usedPrefix = prefix ?? modules.prefix
    guard modules.poolsPrefix || usedPrefix.isEmpty else {
      throw InputError(
        .unsupported, path: folder, field: "include_prompt",
        "models that leave a prefix out of the pooling are read without a prefix only",
        hint: "take another model, or give an empty prefix")
    }
    self.init(
      name: name ?? PathText.lastComponent(folder),
      fingerprint: try Self.fingerprint(
        folder: folder, weights: file, window: window, longTexts: longTexts,
        prefix: usedPrefix),
      window: window, longTexts: longTexts, prefix: usedPrefix, tokenizer: tokenizer,
      modules: modules,
      weights: weights)
  }

  /// The files beside the weights that change a row.
  private static let settings = [
    "config.json", "tokenizer.json", "tokenizer_config.json", "vocab.txt", "modules.json",
    "1_Pooling/config.json", "sentence_bert_config.json",
  ]

  private static func fingerprint(
    folder: String, weights: SafetensorsFile, window: Int, longTexts: LongTexts,
    prefix: String
  ) throws -> String {
    var digests = ""
    for name in settings {
      let path = PathText.join(folder, name)
      if System.kind(of: path) == .file {
        digests += "\(name) \(try InputFile(path: path).sha256)\n"
      }
    }
    return
      "transformer-v2 weights=\(weights.sha256) settings=\(SHA256.hexadecimal(of: digests)) "
      + "window=\(window) prefix=\(SHA256.hexadecimal(of: prefix).prefix(16))"
      + (longTexts == .truncated ? "" : " long=\(longTexts.rawValue)")
  }
}
