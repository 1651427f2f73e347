/// Tokens that are found in the raw text before anything is normalized, such as `[SEP]` or `<mask>`.
///
/// As in Hugging Face's `tokenizers`: of those that begin earliest the longest is taken.
package struct AddedTokens: Sendable {
  /// One token and how it is found.
  package struct Token: Equatable, Sendable {
    package var content: String
    package var id: Int32
    /// Only where no letter, digit or underscore stands beside it.
    package var isSingleWord = false
    /// Takes the white space before it along.
    package var stripsLeft = false
    /// Takes the white space behind it along.
    package var stripsRight = false
    /// Meant to be looked for in normalized text; to see to that is the caller's.
    package var isNormalized = false

    package init(
      content: String, id: Int32, isSingleWord: Bool = false, stripsLeft: Bool = false,
      stripsRight: Bool = false, isNormalized: Bool = false
    ) {
      self.content = content
      self.id = id
      self.isSingleWord = isSingleWord
      self.stripsLeft = stripsLeft
      self.stripsRight = stripsRight
      self.isNormalized = isNormalized
    }
  }

  private let tokens: [Token]
  private let trie: VocabularyTrie
  private let beginsToken: [Bool]

  /// Empty contents are never found.
  package init(_ tokens: [Token]) {
    self.tokens = tokens.filter { !$0.content.isEmpty }
    var trie = VocabularyTrie()
    var beginsToken = [Bool](repeating: false, count: 256)
    for (index, token) in self.tokens.enumerated() {
      trie.insert(token.content.utf8, id: Int32(index))
      beginsToken[Int(token.content.utf8.first!)] = true
    }
    self.trie = trie
    self.beginsToken = beginsToken
  }

  /// Whether there are none.
  package var isEmpty: Bool { tokens.isEmpty }

  /// A part of the text, or a token between parts.
  package enum Piece: Equatable, Sendable {
    case text(Range<Int>)
    case token(Int32)
  }

  /// Calls `body` with the parts of `text` in order until it returns false. No part is empty.
  @inline(__always)
  package func forEachPiece(
    of text: UnsafeBufferPointer<UInt8>, _ body: (Piece) -> Bool
  ) {
    var start = 0
    var index = 0
    while let found = next(in: text, from: index) {
      let token = tokens[Int(found.token)]
      index = found.range.upperBound
      if token.isSingleWord && !isApart(found.range, in: text) { continue }
      var range = found.range
      if token.stripsLeft { range = stripLeft(text, range, from: start) }
      if token.stripsRight { range = stripRight(text, range) }
      if range.lowerBound > start && !body(.text(start..<range.lowerBound)) { return }
      if !body(.token(token.id)) { return }
      start = range.upperBound
      index = max(index, start)
    }
    if start < text.count { _ = body(.text(start..<text.count)) }
  }

  private func next(
    in text: UnsafeBufferPointer<UInt8>, from start: Int
  ) -> (token: Int32, range: Range<Int>)? {
    beginsToken.withUnsafeBufferPointer { begins in
      var index = start
      while index < text.count {
        if begins[Int(text[index])],
          let match = trie.longestMatch(in: text, from: index, at: trie.root)
        {
          return (match.id, index..<match.end)
        }
        index += 1
      }
      return nil
    }
  }

  private func isApart(_ range: Range<Int>, in text: UnsafeBufferPointer<UInt8>) -> Bool {
    func joins(at index: Int) -> Bool {
      let scalar = Unicode.Scalar(UTF8Scalar.decode(text, at: index).code) ?? " "
      return scalar == "_" || scalar.properties.isAlphabetic
        || scalar.properties.numericType == .decimal
    }
    let before = UTF8Scalar.start(before: range.lowerBound, in: text, from: 0)
    if before < range.lowerBound && joins(at: before) { return false }
    return range.upperBound == text.count || !joins(at: range.upperBound)
  }

  private func stripLeft(
    _ text: UnsafeBufferPointer<UInt8>, _ range: Range<Int>, from start: Int
  ) -> Range<Int> {
    var lower = range.lowerBound
    while lower > start {
      let first = UTF8Scalar.start(before: lower, in: text, from: start)
      guard UnicodeClasses.isWhiteSpace(text, at: first) else { break }
      lower = first
    }
    return lower..<range.upperBound
  }

  private func stripRight(
    _ text: UnsafeBufferPointer<UInt8>, _ range: Range<Int>
  ) -> Range<Int> {
    var upper = range.upperBound
    while upper < text.count, UnicodeClasses.isWhiteSpace(text, at: upper) {
      upper += UTF8Scalar.decode(text, at: upper).length
    }
    return range.lowerBound..<upper
  }
}

extension UnicodeClasses {
  fileprivate static func isWhiteSpace(_ text: UnsafeBufferPointer<UInt8>, at index: Int) -> Bool {
    shared[UTF8Scalar.decode(text, at: index).code].contains(.splittingSpace)
  }
}
