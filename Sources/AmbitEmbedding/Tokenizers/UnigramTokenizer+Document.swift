import AmbitFormats

extension UnigramTokenizer {
  /// Reads the Unigram model of a `tokenizer.json`, with the number of ids that it knows.
  static func read(
    _ document: ModelDocument, model: ModelDocument, addedTokens: [AddedTokens.Token]
  ) throws -> (UnigramTokenizer, count: Int) {
    let metaspace = try Metaspace(document["pre_tokenizer"])
    var trie = VocabularyTrie(expectedBytes: 1 << 18)
    var scores: [Double] = []
    guard let list = model["vocab"] else { throw model.missing("vocab") }
    try list.forEachScoredToken { token, score in
      trie.insert(token, id: Int32(scores.count))
      scores.append(score)
    }
    guard !scores.isEmpty else { throw list.unsupported("a vocabulary without tokens") }
    guard let unknownId = try model.integer("unk_id", in: 0...scores.count - 1) else {
      throw model.missing("unk_id")
    }
    let vocabulary = UnigramVocabulary(
      trie: trie, scores: scores, unknownId: Int32(unknownId), mark: metaspace.mark,
      fallsBackToBytes: try model.boolean("byte_fallback") ?? false)
    let tokenizer = UnigramTokenizer(
      vocabulary: vocabulary, normalizer: try TextNormalizer(document["normalizer"]),
      metaspace: metaspace, addedTokens: addedTokens)
    return (tokenizer, scores.count)
  }
}

extension ModelDocument {
  /// Calls `body` for each pair of a token and its score in this list.
  fileprivate func forEachScoredToken(
    _ body: (_ token: UnsafeBufferPointer<UInt8>, _ score: Double) -> Void
  ) throws {
    guard value.kind == .array else { throw wrongType("a list") }
    var index = 0
    var size = TokenBytes()
    for pair in value.elements {
      var parts = pair.elements.makeIterator()
      guard let token = parts.next(), token.kind == .string,
        let score = parts.next()?.number, score.isFinite
      else {
        throw InputError(
          .wrongType, path: path, field: "\(place)[\(index)]", "expected a token and its score")
      }
      try size.add(token.withUTF8(\.count) ?? 0, of: self)
      token.withUTF8 { body($0, score) }
      index += 1
    }
  }
}
