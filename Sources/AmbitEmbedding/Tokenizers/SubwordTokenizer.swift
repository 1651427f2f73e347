/// Cuts a text without special tokens into the ids of a vocabulary.
package protocol SubwordTokenizer: Sendable {
  /// Appends the ids of `text`, valid UTF-8, and stops soon after `limit` ids were appended.
  ///
  /// The ids up to `limit` are those of the whole text; more may follow, cut anywhere.
  /// - Parameter isFirst: whether the text begins here, and not behind a special token.
  func appendIds(
    of text: UnsafeBufferPointer<UInt8>, isFirst: Bool, limit: Int, to ids: inout [Int32])

  /// The id that stands for what the vocabulary lacks; nil where nothing can be lacking.
  var unknownId: Int32? { get }
}
