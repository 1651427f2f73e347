extension StaticEmbedder: TokenReader {
  /// The ids that are read of `text`, cut to the window; a static model has no special tokens around
  /// them.
  public func tokenIds(of text: String) -> [Int32] {
    model.tokenizer.tokenize(text, limit: windowTokens ?? .max, isFramed: false).ids
  }
}
