/// SentencePiece's Unigram model (Kudo 2018): the cut into pieces of a vocabulary whose scores add up to
/// most.
///
/// Gives the ids of Hugging Face's `tokenizers`: text is normalized, cut at spaces, and each piece goes
/// through Viterbi's search; neighbours that the vocabulary lacks become one unknown, or their bytes.
/// O(bytes · longest token).
package struct UnigramTokenizer: SubwordTokenizer {
  package let unknownId: Int32?
  private let vocabulary: UnigramVocabulary
  private let normalizer: TextNormalizer
  private let metaspace: Metaspace
  /// Tokens that are looked for in normalized text.
  private let addedTokens: AddedTokens
  private let isLocal: Bool
  private let lattices = Spares { UnigramLattice() }

  /// - Parameter addedTokens: found in normalized text, their contents normalized too.
  init(
    vocabulary: UnigramVocabulary, normalizer: TextNormalizer, metaspace: Metaspace,
    addedTokens: [AddedTokens.Token]
  ) {
    self.vocabulary = vocabulary
    self.normalizer = normalizer
    self.metaspace = metaspace
    let normalized = addedTokens.map { token in
      var token = token
      var content = token.content
      content.withUTF8 { text in
        normalizer.withNormalized(text) { token.content = String(decoding: $0, as: UTF8.self) }
      }
      return token
    }
    self.addedTokens = AddedTokens(normalized)
    isLocal =
      normalizer.isLocal && metaspace.isLocal
      && !normalized.contains { $0.stripsRight || $0.content.utf8.contains(UInt8(ascii: " ")) }
    unknownId = vocabulary.unknownId
  }

  /// Bytes that are normalized at a time where parts can be: they stay in the fastest cache, and what
  /// is far beyond a window is not read.
  private static let partSize = 2_048

  package func appendIds(
    of text: UnsafeBufferPointer<UInt8>, isFirst: Bool, limit: Int, to ids: inout [Int32]
  ) {
    let stop = limit > Int.max - ids.count ? Int.max : ids.count + limit
    let lattice = lattices.take()
    defer { lattices.put(lattice) }
    var start = 0
    while start < text.count && ids.count < stop {
      let end = isLocal ? Self.endOfPart(text, from: start) : text.count
      normalizer.withNormalized(UnsafeBufferPointer(rebasing: text[start..<end])) { normalized in
        append(
          normalized, isFirst: isFirst && start == 0, stop: stop, lattice: lattice, to: &ids)
      }
      start = end
    }
  }

  /// A place before a space between two printable ASCII characters, or the end of the text.
  private static func endOfPart(_ text: UnsafeBufferPointer<UInt8>, from start: Int) -> Int {
    let printable: ClosedRange<UInt8> = 0x21...0x7E
    var index = start + partSize
    while index + 1 < text.count {
      if text[index] == UInt8(ascii: " ") && printable.contains(text[index - 1])
        && printable.contains(text[index + 1])
      {
        return index
      }
      index += 1
    }
    return text.count
  }

  private func append(
    _ text: UnsafeBufferPointer<UInt8>, isFirst: Bool, stop: Int, lattice: UnigramLattice,
    to ids: inout [Int32]
  ) {
    if addedTokens.isEmpty {
      return cut(text, isFirst: isFirst, stop: stop, lattice: lattice, to: &ids)
    }
    addedTokens.forEachPiece(of: text) { piece in
      switch piece {
      case .token(let id): ids.append(id)
      case .text(let range):
        cut(
          UnsafeBufferPointer(rebasing: text[range]), isFirst: isFirst && range.lowerBound == 0,
          stop: stop, lattice: lattice, to: &ids)
      }
      return ids.count < stop
    }
  }

  private func cut(
    _ text: UnsafeBufferPointer<UInt8>, isFirst: Bool, stop: Int, lattice: UnigramLattice,
    to ids: inout [Int32]
  ) {
    metaspace.forEachPiece(of: text, isFirst: isFirst) { piece in
      let bytes = UnsafeBufferPointer(rebasing: text[piece.range])
      if let mark = metaspace.mark, !metaspace.splits {
        var marked = piece.isMarked ? mark : []
        for byte in bytes {
          if byte == UInt8(ascii: " ") { marked += mark } else { marked.append(byte) }
        }
        marked.withUnsafeBufferPointer {
          lattice.appendIds(of: $0, isMarked: false, vocabulary, to: &ids)
        }
      } else {
        lattice.appendIds(of: bytes, isMarked: piece.isMarked, vocabulary, to: &ids)
      }
      return ids.count < stop
    }
  }
}
