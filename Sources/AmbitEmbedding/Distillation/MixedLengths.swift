internal import AmbitMatrix

/// Cuts passages into pieces of mixed lengths, so that a length never stands for a topic or a writer.
package struct MixedLengths: Sendable {
  /// The fewest and the most words of a piece, apart from the last of a passage.
  package let words: ClosedRange<Int>
  package let seed: UInt64

  /// A last piece shorter than this joins nothing and is left out.
  static let shortestRest = 4

  package init(words: ClosedRange<Int>, seed: UInt64) {
    self.words = words
    self.seed = seed
  }

  /// The pieces of passage number `index`, in order. Lengths fall off with their square over `words`, so
  /// that every octave of lengths holds as many words: a word more of a teacher's time teaches most in
  /// short pieces. Those of one passage do not depend on the others.
  package func pieces(of passage: String, index: Int) -> [String] {
    var random = SplitMix64(seed: seed, stream: UInt64(index))
    let parts = passage.split(whereSeparator: \.isWhitespace)
    let low = 1 / Double(words.lowerBound)
    let high = 1 / Double(words.upperBound + 1)
    var pieces: [String] = []
    var start = 0
    while start < parts.count {
      let length = Int(1 / (low + (high - low) * random.uniform()))
      let end = min(parts.count, start + min(max(length, words.lowerBound), words.upperBound))
      if end - start >= Self.shortestRest {
        pieces.append(parts[start..<end].joined(separator: " "))
      }
      start = end
    }
    return pieces
  }
}
