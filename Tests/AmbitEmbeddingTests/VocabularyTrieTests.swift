import AmbitEmbedding
import AmbitMatrix
import AmbitTestSupport
import Testing

@Suite struct VocabularyTrieTests {
  /// The longest token that a text begins with, by trying all.
  private func naive(_ tokens: [[UInt8]], _ text: [UInt8], from start: Int) -> Int? {
    tokens.indices.filter { !tokens[$0].isEmpty && text[start...].starts(with: tokens[$0]) }
      .max { (tokens[$0].count, $0) < (tokens[$1].count, $1) }
  }

  @Test func findsWhatExhaustiveSearchFinds() {
    forEachSeed(40) { random in
      func word(_ longest: UInt64) -> [UInt8] {
        (0..<1 + Int(random.next() % longest)).map { _ in
          UInt8(truncatingIfNeeded: random.next() % 3)
        }
      }
      let tokens = (0..<60).map { _ in word(6) }
      var trie = VocabularyTrie()
      for (id, token) in tokens.enumerated() { trie.insert(token, id: Int32(id)) }
      let text = word(200)
      for start in text.indices {
        let found = text.withUnsafeBufferPointer {
          trie.longestMatch(in: $0, from: start, at: trie.root)
        }
        let wanted = naive(tokens, text, from: start)
        try require(found.map { Int($0.id) } == wanted, "at \(start) of \(text)")
        if let found, let wanted {
          try require(found.end == start + tokens[wanted].count, "length at \(start)")
        }
      }
      for token in tokens {
        try require(trie.id(of: token) == tokens.lastIndex(of: token).map { Int32($0) }, "\(token)")
      }
    }
  }

  @Test func absentTokensAreAbsent() {
    var trie = VocabularyTrie()
    trie.insert("abc".utf8, id: 4)
    #expect(trie.id(of: "ab".utf8) == nil)
    #expect(trie.id(of: "abcd".utf8) == nil)
    #expect(trie.node(after: "ab".utf8) != nil)
    #expect(trie.node(after: "b".utf8) == nil)
  }
}
