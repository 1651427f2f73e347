import AmbitFormats

extension WordPieceTokenizer {
  /// Reads the WordPiece model of a `tokenizer.json`, with the number of ids that it knows.
  static func read(
    _ document: ModelDocument, model: ModelDocument, configuration: ModelDocument?
  ) throws -> (WordPieceTokenizer, count: Int) {
    let vocabulary = try model.vocabulary("vocab")
    let unknown = try model.string("unk_token") ?? "[UNK]"
    guard let unknownId = vocabulary.trie.id(of: unknown.utf8) else {
      throw model.missing("vocab.\(unknown)")
    }
    if let splitter = document["pre_tokenizer"],
      let kind = try splitter.string("type"), kind != "BertPreTokenizer"
    {
      throw splitter.unsupported("a WordPiece model with \(kind) is not read")
    }
    let tokenizer = WordPieceTokenizer(
      vocabulary: vocabulary.trie, unknownId: unknownId,
      normalization: try BertNormalization(document["normalizer"]).overridden(by: configuration),
      continuation: try model.string("continuing_subword_prefix") ?? "##",
      longestWord: try model.integer("max_input_chars_per_word", in: 1...100_000) ?? 100)
    return (tokenizer, vocabulary.count)
  }
}

extension ModelDocument {
  /// The object of tokens with their ids of that name, and one more than the largest id.
  func vocabulary(_ name: String) throws -> (trie: VocabularyTrie, count: Int) {
    var trie = VocabularyTrie(expectedBytes: 1 << 18)
    let count = try forEachToken(name) { token, id in trie.insert(token, id: id) }
    return (trie, count)
  }

  /// Calls `body` for each token of the object of that name; returns one more than the largest id.
  func forEachToken(
    _ name: String, _ body: (_ token: UnsafeBufferPointer<UInt8>, _ id: Int32) -> Void
  ) throws -> Int {
    let tokens = try object(name)
    var count = 0
    var size = TokenBytes()
    try tokens.value.forEachMember { token, value in
      try size.add(token.count, of: tokens)
      guard let id = value.integer, (0...TextTokenizer.tokenIdLimit).contains(id) else {
        let text = String(decoding: token, as: UTF8.self)
        throw InputError(
          .wrongType, path: path, field: "\(tokens.place).\(text)",
          "expected a token id, found \(value.integer.map(String.init) ?? value.kind.described)")
      }
      body(token, Int32(id))
      count = max(count, id + 1)
    }
    return count
  }
}

extension BertNormalization {
  /// Reads the `normalizer` of a `tokenizer.json`.
  init(_ document: ModelDocument?) throws {
    self.init(
      cleansText: false, splitsIdeographs: false, stripsAccents: false, lowercases: false)
    guard let document else { return }
    switch try document.string("type") {
    case "BertNormalizer":
      self.init(
        cleansText: try document.boolean("clean_text") ?? true,
        splitsIdeographs: try document.boolean("handle_chinese_chars") ?? true,
        stripsAccents: try document.boolean("strip_accents"),
        lowercases: try document.boolean("lowercase") ?? true)
    case "Lowercase": lowercases = true
    case let kind:
      throw document.unsupported("normalizers of type \(kind ?? "null") are not read")
    }
  }

  /// The settings with those of a `tokenizer_config.json` put over them, where it has any.
  func overridden(by configuration: ModelDocument?) throws -> BertNormalization {
    guard let configuration, configuration.has("do_lower_case") else { return self }
    let lowercases = try configuration.boolean("do_lower_case") ?? self.lowercases
    return BertNormalization(
      cleansText: cleansText,
      splitsIdeographs: try configuration.boolean("tokenize_chinese_chars") ?? splitsIdeographs,
      stripsAccents: configuration.has("strip_accents")
        ? try configuration.boolean("strip_accents")
        : lowercases == self.lowercases ? stripsAccents : nil,
      lowercases: lowercases)
  }
}
