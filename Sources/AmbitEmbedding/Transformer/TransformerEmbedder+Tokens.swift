extension TransformerEmbedder: TokenReader {
  /// The ids as Hugging Face's tokenizer gives them for this model, cut to the window: a text without
  /// tokens has its special tokens alone here, though its row is zero.
  public func tokenIds(of text: String) -> [Int32] {
    let read = prefix + (modules.lowercases ? text.lowercased() : text)
    return tokenizer.tokenize(read, limit: windowTokens ?? .max).ids
  }
}
