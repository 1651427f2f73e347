import AmbitFormats

extension TextTokenizer {
  /// Reads the tokenizer of a model folder: `tokenizer.json`, else `vocab.txt`; the case and accent
  /// settings of `tokenizer_config.json` override those of the former, as in `transformers`.
  ///
  /// Throws `InputError` that names the file and the field for what is missing, damaged or of a kind
  /// that is not read.
  public init(folder: String) throws {
    let configurationPath = PathText.join(folder, "tokenizer_config.json")
    let configuration =
      System.kind(of: configurationPath) == .file
      ? try ModelDocument(path: configurationPath, limit: 16 << 20) : nil
    let jsonPath = PathText.join(folder, "tokenizer.json")
    let vocabularyPath = PathText.join(folder, "vocab.txt")
    if System.kind(of: jsonPath) == .file {
      try self.init(document: ModelDocument(path: jsonPath), configuration: configuration)
    } else if System.kind(of: vocabularyPath) == .file {
      try self.init(vocabularyPath: vocabularyPath, configuration: configuration)
    } else {
      throw InputError(
        .missing, path: folder, "no tokenizer: neither tokenizer.json nor vocab.txt is there",
        hint: "use a model folder as sentence-transformers writes it")
    }
  }

  /// Reads a `tokenizer.json`.
  init(document: ModelDocument, configuration: ModelDocument?) throws {
    let model = try document.object("model")
    let added = try Self.addedTokens(of: document)
    var rawTokens = added
    let frame = try SpecialTokenFrame(document: document)
    let subwords: any SubwordTokenizer
    let tokenCount: Int
    let kind = try model.string("type") ?? "WordPiece"
    switch kind {
    case "WordPiece":
      (subwords, tokenCount) = try WordPieceTokenizer.read(
        document, model: model, configuration: configuration)
    case "BPE": (subwords, tokenCount) = try BytePairTokenizer.read(document, model: model)
    case "Unigram":
      (subwords, tokenCount) = try UnigramTokenizer.read(
        document, model: model, addedTokens: added.filter(\.isNormalized))
      rawTokens.removeAll(where: \.isNormalized)
    default:
      throw model["type"]?.unsupported("tokenizers of type \(kind) are not read")
        ?? model.missing("type")
    }
    let largest = (added.map(\.id) + frame.prefix + frame.suffix).max() ?? -1
    self.init(
      subwords: subwords, addedTokens: AddedTokens(rawTokens), prefix: frame.prefix,
      suffix: frame.suffix, vocabularyCount: max(tokenCount, Int(largest) + 1))
  }

  /// Reads a `vocab.txt`, one token a line, as BERT's first releases have it.
  init(vocabularyPath: String, configuration: ModelDocument?) throws {
    let file = try InputFile(path: vocabularyPath, unpackedLimit: 256 << 20)
    guard file.contents.count <= TokenBytes.limit else {
      throw InputError(
        .tooLarge, path: vocabularyPath,
        "\(file.contents.count) bytes, where at most \(TokenBytes.limit) are read")
    }
    var vocabulary = VocabularyTrie(expectedBytes: file.contents.count)
    var count: Int32 = 0
    for line in file.contents.bytes.split(
      separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    {
      let token = line.last == UInt8(ascii: "\r") ? line.dropLast() : line
      if line.startIndex == file.contents.bytes.endIndex { break }
      vocabulary.insert(token, id: count)
      count += 1
    }
    func id(_ token: String) throws -> Int32 {
      guard let id = vocabulary.id(of: token.utf8) else {
        throw InputError(
          .missingField, path: vocabularyPath, field: token, "is not in the vocabulary",
          hint: "use a model folder as sentence-transformers writes it")
      }
      return id
    }
    let names = ["[UNK]", "[CLS]", "[SEP]", "[PAD]", "[MASK]"]
    let added = names.compactMap { name in
      vocabulary.id(of: name.utf8).map { AddedTokens.Token(content: name, id: $0) }
    }
    self.init(
      subwords: WordPieceTokenizer(
        vocabulary: vocabulary, unknownId: try id("[UNK]"),
        normalization: try BertNormalization().overridden(by: configuration)),
      addedTokens: AddedTokens(added), prefix: [try id("[CLS]")], suffix: [try id("[SEP]")],
      vocabularyCount: Int(count))
  }

  private static func addedTokens(of document: ModelDocument) throws -> [AddedTokens.Token] {
    var size = TokenBytes()
    return try document.list("added_tokens").map { entry in
      guard let content = try entry.string("content") else { throw entry.missing("content") }
      guard let id = try entry.integer("id", in: 0...tokenIdLimit) else {
        throw entry.missing("id")
      }
      try size.add(content.utf8.count, of: entry)
      return AddedTokens.Token(
        content: content, id: Int32(id), isSingleWord: try entry.boolean("single_word") ?? false,
        stripsLeft: try entry.boolean("lstrip") ?? false,
        stripsRight: try entry.boolean("rstrip") ?? false,
        isNormalized: try entry.boolean("normalized") ?? false)
    }
  }

  /// The largest token id that is believed; no vocabulary comes near it.
  static let tokenIdLimit = 16_777_215
}
