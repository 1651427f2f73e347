/// The outputs of one checkpoint: its words, and what the measures count of them.
struct LexicalRows: Sendable {
  let tokens: TokenRows
  /// Whole outputs, then outputs cut at the window.
  let views: [LexicalView]
  /// The longest n-grams that are counted.
  static let highestOrder = 5

  init(_ tokens: TokenRows, window: Int) {
    self.tokens = tokens
    var grams = tokens.tokens
    var typeCount = tokens.words.count
    var bags: [[GramBags]] = [[], []]
    for order in 1...Self.highestOrder {
      if order > 1 {
        typeCount = Self.extend(&grams, by: tokens, order: order, expecting: 2 * typeCount)
      }
      for (view, window) in [nil, window].enumerated() {
        bags[view].append(
          GramBags(
            grams: grams, tokenOffsets: tokens.offsets, order: order, typeCount: typeCount,
            window: window))
      }
    }
    views = [
      LexicalView(
        bags: bags[0], identities: tokens.textNumbers, openings: Self.prefixes(of: tokens, 3),
        window: nil),
      LexicalView(
        bags: bags[1], identities: Self.prefixes(of: tokens, window), openings: [], window: window),
    ]
  }

  /// Turns the numbers of (n − 1)-grams into those of n-grams; returns how many there are.
  private static func extend(
    _ grams: inout [Int32], by tokens: TokenRows, order: Int, expecting count: Int
  ) -> Int {
    var numbers = PairNumbers(expected: min(count, grams.count))
    for row in 0..<tokens.offsets.count - 1 {
      let end = tokens.offsets[row + 1] - order + 1
      if end <= tokens.offsets[row] { continue }
      for token in tokens.offsets[row]..<end {
        grams[token] = numbers.number(grams[token], tokens.tokens[token + order - 1])
      }
    }
    return numbers.count
  }

  /// Per output a number that outputs with the same first `length` tokens share.
  private static func prefixes(of tokens: TokenRows, _ length: Int) -> [Int32] {
    var numbers = PairNumbers(expected: tokens.tokens.count)
    return (0..<tokens.offsets.count - 1).map { row in
      let first = tokens.offsets[row]
      let end = min(tokens.offsets[row + 1], first + length)
      // −1 begins every chain, so that a chain and its beginnings have different numbers.
      return tokens.tokens[first..<end].reduce(-1) { numbers.number($0, $1) }
    }
  }
}

/// The outputs of one checkpoint, whole or cut at a window.
struct LexicalView: Sendable {
  /// By order of n-gram, from 1.
  let bags: [GramBags]
  /// Per output a number that equal outputs share.
  let identities: [Int32]
  /// Per output a number that outputs with the same first three tokens share; none in a window.
  let openings: [Int32]
  /// How many tokens of each output are looked at; all where it is nil.
  let window: Int?
}
