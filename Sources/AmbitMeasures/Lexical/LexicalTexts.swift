public import AmbitMatrix

/// The outputs of a study's checkpoints as words, counted once for all measures.
public struct LexicalTexts: Sendable {
  /// One a checkpoint, in the order of the study.
  let checkpoints: [TokenRows]
  /// How many different words (signs included) all checkpoints together use: EAD's V.
  package let vocabulary: Int
  /// How many tokens of each output the equal-token variants look at.
  public let window: Int

  /// Cuts and counts the texts, checkpoints in parallel.
  ///
  /// - Parameters:
  ///   - texts: for each checkpoint its outputs in the order of the design.
  ///   - window: the tokens of equal-token variants; where it is nil the smallest median over
  ///     checkpoints of the tokens of an output, at least 1.
  ///   - vocabulary: EAD's V, where the texts are part of a study's; where it is nil, theirs.
  public init(
    _ texts: [[String]], window: Int? = nil, vocabulary: Int? = nil, workers: Workers
  ) {
    let read = workers.map(texts.count) { TokenRows(texts[$0]) }
    let window = window ?? max(1, read.map(\.medianTokens).min() ?? 1)
    checkpoints = read
    self.window = window
    self.vocabulary = vocabulary ?? Self.differentWords(read)
  }

  private static func differentWords(_ checkpoints: [TokenRows]) -> Int {
    var words = ByteNumbers()
    for rows in checkpoints {
      for word in 0..<rows.words.count { _ = words.number(rows.words[word]) }
    }
    return words.count
  }
}

/// The outputs of one checkpoint as numbered words.
struct TokenRows: Sendable {
  let texts: [String]
  /// The different words, in order of first sight.
  private(set) var words = ByteNumbers()
  /// The word of every token of every output, one output after the other.
  private(set) var tokens: [Int32] = []
  /// Where each token ends in the bytes of its output.
  private(set) var byteEnds: [Int32] = []
  /// Output *i* owns tokens `offsets[i]..<offsets[i + 1]`.
  private(set) var offsets = [0]
  /// Per output, how many of its tokens are words and not signs.
  private(set) var wordCounts: [Int32] = []
  /// Per output a number that equal texts share, outer white space apart.
  private(set) var textNumbers: [Int32] = []
  private(set) var habits: [FormatHabits] = []

  init(_ texts: [String]) {
    self.texts = texts
    var numbers = ByteNumbers()
    for var text in texts {
      text.withUTF8 { bytes in
        var wordCount: Int32 = 0
        WordTokenizer.forEachToken(in: bytes) { range, isWord in
          tokens.append(words.number(UnsafeBufferPointer(rebasing: bytes[range])))
          byteEnds.append(Int32(range.upperBound))
          wordCount += isWord ? 1 : 0
        }
        wordCounts.append(wordCount)
        offsets.append(tokens.count)
        textNumbers.append(numbers.number(Self.trimmed(bytes)))
        habits.append(FormatHabits(of: bytes))
      }
    }
  }

  /// The lower median of the tokens of an output; 0 of no outputs.
  var medianTokens: Int {
    let lengths = zip(offsets, offsets.dropFirst()).map { $1 - $0 }.sorted()
    return lengths.isEmpty ? 0 : lengths[(lengths.count - 1) / 2]
  }

  private static func trimmed(_ bytes: UnsafeBufferPointer<UInt8>) -> UnsafeBufferPointer<UInt8> {
    func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }
    var range = bytes.indices
    while let first = range.first, isBlank(bytes[first]) { range = first + 1..<range.upperBound }
    while let last = range.last, isBlank(bytes[last]) { range = range.lowerBound..<last }
    return UnsafeBufferPointer(rebasing: bytes[range])
  }
}
