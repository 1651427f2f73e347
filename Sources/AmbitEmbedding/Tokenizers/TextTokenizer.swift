/// A model's whole tokenizer: special tokens in the text, the vocabulary, special tokens around it, the
/// window. Gives the ids that Hugging Face's `tokenizers` gives for a single text.
public struct TextTokenizer: Sendable {
  /// How many ids there are: one more than the largest.
  public let vocabularyCount: Int
  /// Ids set before every text, such as `[CLS]`.
  public let prefix: [Int32]
  /// Ids set behind every text, such as `[SEP]`.
  public let suffix: [Int32]
  let subwords: any SubwordTokenizer
  let addedTokens: AddedTokens

  package init(
    subwords: any SubwordTokenizer, addedTokens: AddedTokens, prefix: [Int32], suffix: [Int32],
    vocabularyCount: Int
  ) {
    self.subwords = subwords
    self.addedTokens = addedTokens
    self.prefix = prefix
    self.suffix = suffix
    self.vocabularyCount = vocabularyCount
  }

  /// The id that stands for what the vocabulary lacks; nil where nothing can be lacking.
  public var unknownId: Int32? { subwords.unknownId }

  /// The ids of `text`.
  ///
  /// - Parameters:
  ///   - limit: the most ids of the text itself, special ones around it not counted. What lies far
  ///     beyond the limit is not read.
  ///   - isFramed: whether the special ids are set around the text.
  public func tokenize(_ text: String, limit: Int = .max, isFramed: Bool = true) -> TokenizedText {
    var ids: [Int32] = []
    let counts = appendIds(of: text, limit: limit, isFramed: isFramed, to: &ids)
    return TokenizedText(
      ids: ids, tokenCount: counts.tokenCount, unknownCount: counts.unknownCount,
      isTruncated: counts.isTruncated)
  }

  /// Appends the ids of `text` to `ids`, so that many texts can share one array.
  package func appendIds(
    of text: String, limit: Int = .max, isFramed: Bool = true, to ids: inout [Int32]
  ) -> (tokenCount: Int, unknownCount: Int, isTruncated: Bool) {
    if isFramed { ids += prefix }
    let first = ids.count
    var text = text
    text.withUTF8 { append($0, limit: limit, to: &ids) }
    let isTruncated = ids.count - first > limit
    if isTruncated { ids.removeLast(ids.count - first - limit) }
    var unknownCount = 0
    if let unknownId {
      for index in first..<ids.count where ids[index] == unknownId { unknownCount += 1 }
    }
    let tokenCount = ids.count - first
    if isFramed { ids += suffix }
    return (tokenCount, unknownCount, isTruncated)
  }

  private func append(
    _ text: UnsafeBufferPointer<UInt8>, limit: Int, to ids: inout [Int32]
  ) {
    // One more than the window shows whether anything was cut off.
    let wanted = limit == .max ? limit : limit + 1
    let first = ids.count
    if addedTokens.isEmpty {
      return subwords.appendIds(of: text, isFirst: true, limit: wanted, to: &ids)
    }
    addedTokens.forEachPiece(of: text) { piece in
      switch piece {
      case .token(let id): ids.append(id)
      case .text(let range):
        subwords.appendIds(
          of: .init(rebasing: text[range]), isFirst: range.lowerBound == 0,
          limit: wanted - (ids.count - first), to: &ids)
      }
      return ids.count - first < wanted
    }
  }
}
