/// The tokens of a Unigram model with their scores, the logarithms of their probabilities.
struct UnigramVocabulary: Sendable {
  let trie: VocabularyTrie
  /// By id.
  let scores: [Double]
  let unknownId: Int32
  /// What a code point costs that no token stands for.
  let unknownScore: Double
  /// The node behind the mark for a space, and its bytes.
  let markNode: VocabularyTrie.Node?
  let mark: [UInt8]
  /// The ids of the tokens `<0x00>` to `<0xFF>`; nil where unknown text does not become bytes.
  private let idOfByte: [Int32]?

  /// How much less an unknown code point scores than the worst token.
  private static let unknownPenalty = 10.0

  init(
    trie: VocabularyTrie, scores: [Double], unknownId: Int32, mark: [UInt8]?, fallsBackToBytes: Bool
  ) {
    self.trie = trie
    self.scores = scores
    self.unknownId = unknownId
    unknownScore = (scores.min() ?? 0) - Self.unknownPenalty
    self.mark = mark ?? []
    markNode = mark.flatMap { trie.node(after: $0) }
    idOfByte = fallsBackToBytes ? (0...255).map { Self.id(ofByte: $0, in: trie) } : nil
  }

  private static func id(ofByte byte: UInt8, in trie: VocabularyTrie) -> Int32 {
    let digits = Array("0123456789ABCDEF".utf8)
    let token = Array("<0x".utf8) + [digits[Int(byte >> 4)], digits[Int(byte & 15)]] + [0x3E]
    return trie.id(of: token) ?? -1
  }

  /// Appends what stands for a stretch of unknown text.
  func appendUnknown(_ text: some Collection<UInt8>, to ids: inout [Int32]) {
    if let id = trie.id(of: text) {
      ids.append(id)
    } else if let idOfByte, text.allSatisfy({ idOfByte[Int($0)] >= 0 }) {
      for byte in text { ids.append(idOfByte[Int(byte)]) }
    } else {
      ids.append(unknownId)
    }
  }
}
