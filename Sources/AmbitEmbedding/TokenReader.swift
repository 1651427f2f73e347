/// An embedder whose rows come from the ids of a tokenizer.
public protocol TokenReader: Embedder {
  /// The ids from which the row of `text` is made: special tokens, prefix and truncation included.
  func tokenIds(of text: String) -> [Int32]
}
