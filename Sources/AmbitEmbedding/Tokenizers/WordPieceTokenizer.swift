/// BERT's tokenizer: normalized words cut into the longest pieces of a vocabulary, from the left.
///
/// Gives the ids of Hugging Face's `tokenizers` with BertNormalizer, BertPreTokenizer and WordPiece.
/// Normalizing, splitting and matching go over the bytes once; ASCII has a short way, and every
/// other code point is looked up. O(bytes) for usual vocabularies. It does not reorder combining
/// marks that Unicode added after version 8, which that library does not know to be marks.
package struct WordPieceTokenizer: SubwordTokenizer {
  package let unknownId: Int32?
  let vocabulary: VocabularyTrie
  let normalization: BertNormalization
  let longestWord: Int
  private let continuation: VocabularyTrie.Node?
  private let ascii: [UInt8]

  private static let space: UInt8 = 0xFF
  private static let dropped: UInt8 = 0xFE
  private static let punctuation: UInt8 = 0xFD

  /// - Parameters:
  ///   - vocabulary: pieces inside a word begin with `continuation`.
  ///   - unknownId: stands for a whole word that cannot be cut.
  ///   - longestWord: words of more code points than this are unknown.
  package init(
    vocabulary: VocabularyTrie, unknownId: Int32, normalization: BertNormalization,
    continuation: String = "##", longestWord: Int = 100
  ) {
    self.vocabulary = vocabulary
    self.unknownId = unknownId
    self.normalization = normalization
    self.longestWord = longestWord
    self.continuation = vocabulary.node(after: continuation.utf8)
    ascii = (0..<128).map { Self.asciiAction(UInt32($0), normalization) }
  }

  /// What to do with an ASCII byte: one of the three marks above, or the byte to append.
  private static func asciiAction(_ code: UInt32, _ normalization: BertNormalization) -> UInt8 {
    let flags = UnicodeClasses.shared[code]
    if normalization.cleansText {
      if flags.contains(.dropped) { return dropped }
      if flags.contains(.cleanedSpace) { return space }
    }
    if flags.contains(.splittingSpace) { return space }
    if flags.contains(.punctuation) { return punctuation }
    let isUpper = (0x41...0x5A).contains(code)
    return UInt8(normalization.lowercases && isUpper ? code + 32 : code)
  }

  package func appendIds(
    of text: UnsafeBufferPointer<UInt8>, isFirst: Bool, limit: Int, to ids: inout [Int32]
  ) {
    let stop = limit > Int.max - ids.count ? Int.max : ids.count + limit
    var word = WordBuffer(longest: longestWord)
    ascii.withUnsafeBufferPointer { actions in
      var index = 0
      while index < text.count {
        let byte = text[index]
        guard byte < 0x80 else {
          let (code, length) = UTF8Scalar.decode(text, at: index)
          index += length
          append(code, to: &word, &ids)
          continue
        }
        index += 1
        let action = actions[Int(byte)]
        if action < 0x80 {
          word.append(action)
        } else if action != Self.dropped {
          finish(&word, &ids)
          if action == Self.punctuation {
            word.append(byte)
            finish(&word, &ids)
          }
          if ids.count >= stop { return }
        }
      }
      finish(&word, &ids)
    }
  }

  /// The way of a code point beyond ASCII: clean, split, strip, lower, in this order.
  @inline(never)
  private func append(_ code: UInt32, to word: inout WordBuffer, _ ids: inout [Int32]) {
    let classes = UnicodeClasses.shared
    let flags = classes[code]
    if normalization.cleansText {
      if flags.contains(.dropped) { return }
      if flags.contains(.cleanedSpace) { return finish(&word, &ids) }
    }
    let standsAlone = normalization.splitsIdeographs && flags.contains(.ideograph)
    if standsAlone { finish(&word, &ids) }
    if normalization.stripsAccents && flags.contains(.stripped) {
      classes.strip(code) { lower($0, to: &word, &ids) }
    } else {
      lower(code, to: &word, &ids)
    }
    if standsAlone { finish(&word, &ids) }
  }

  private func lower(_ code: UInt32, to word: inout WordBuffer, _ ids: inout [Int32]) {
    let classes = UnicodeClasses.shared
    if normalization.lowercases && classes[code].contains(.lowered) {
      classes.lower(code) { split($0, to: &word, &ids) }
    } else {
      split(code, to: &word, &ids)
    }
  }

  private func split(_ code: UInt32, to word: inout WordBuffer, _ ids: inout [Int32]) {
    let flags = UnicodeClasses.shared[code]
    if flags.contains(.splittingSpace) { return finish(&word, &ids) }
    if flags.contains(.punctuation) {
      finish(&word, &ids)
      word.append(scalar: code)
      return finish(&word, &ids)
    }
    word.append(scalar: code)
  }

  /// Cuts the collected word into pieces, if there is one, and begins the next.
  @inline(__always)
  private func finish(_ word: inout WordBuffer, _ ids: inout [Int32]) {
    guard word.scalarCount > 0 else { return }
    if word.scalarCount > longestWord {
      ids.append(unknownId!)
    } else {
      word.bytes.withUnsafeBufferPointer { cut(.init(rebasing: $0[0..<word.count]), &ids) }
    }
    word.clear()
  }

  private func cut(_ word: UnsafeBufferPointer<UInt8>, _ ids: inout [Int32]) {
    let before = ids.count
    var start = 0
    var node: VocabularyTrie.Node? = vocabulary.root
    while start < word.count {
      guard let from = node, let match = vocabulary.longestMatch(in: word, from: start, at: from)
      else {
        ids.removeLast(ids.count - before)
        ids.append(unknownId!)
        return
      }
      ids.append(match.id)
      start = match.end
      node = continuation
    }
  }
}

/// The word under construction: its bytes, as far as they can matter, and its length in code points.
private struct WordBuffer {
  private(set) var bytes: [UInt8]
  private(set) var count = 0
  private(set) var scalarCount = 0
  private let longest: Int

  init(longest: Int) {
    self.longest = longest
    bytes = [UInt8](repeating: 0, count: 4 * (longest + 1))
  }

  @inline(__always)
  mutating func append(_ byte: UInt8) {
    scalarCount += 1
    guard scalarCount <= longest else { return }
    bytes[count] = byte
    count += 1
  }

  mutating func append(scalar code: UInt32) {
    guard code >= 0x80 else { return append(UInt8(code)) }
    scalarCount += 1
    guard scalarCount <= longest else { return }
    count = UTF8Scalar.encode(code, into: &bytes, at: count)
  }

  @inline(__always)
  mutating func clear() {
    count = 0
    scalarCount = 0
  }
}
