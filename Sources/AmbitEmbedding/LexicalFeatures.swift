/// The words and character grams of one text, counted; its memory is reused from text to text.
///
/// A word of letters and digits, case-folded and padded by a start and an end marker, is one word
/// feature and has all its runs of 3, 4 and 5 characters as gram features. In scripts without spaces
/// a run of letters has each pair of neighbours as word feature, and single characters and triples as
/// gram features. A symbol such as an emoji is a word feature.
struct LexicalFeatures: ~Copyable {
  /// A distinct word, padded, in `letters`.
  struct Word {
    let start: Int
    let byteCount: Int
    /// Whether each byte is a character.
    let isASCII: Bool
  }

  /// Begins and ends every padded word; no word holds these bytes.
  static let startMarker: UInt8 = 2
  static let endMarker: UInt8 = 3

  var words = FeatureCounts()
  var grams = FeatureCounts()
  /// The bytes of distinct words; `lettersEnd` are in use, and eight more are always readable.
  var letters: UnsafeMutablePointer<UInt8>
  var lettersCapacity = 1 << 14
  var lettersEnd = 0
  /// One entry for each key of `words`; `nil` for those without grams.
  var spellings: [Word?] = []
  /// The scalars of the word at hand, where it is not ASCII.
  var scalars: [UInt32] = []

  var tokenCount = 0
  var tokenLimit = Int.max
  var isTruncated = false

  init() { letters = .allocate(capacity: lettersCapacity) }

  deinit { letters.deallocate() }

  /// Counts the features of a text in UTF-8, up to `limit` tokens: a token is a word, a symbol, or a
  /// character of a script without spaces.
  mutating func read(_ text: UnsafeBufferPointer<UInt8>, tokenLimit limit: Int) {
    words.removeAll()
    grams.removeAll()
    spellings.removeAll(keepingCapacity: true)
    lettersEnd = 0
    tokenCount = 0
    tokenLimit = limit
    isTruncated = false
    guard let bytes = text.baseAddress else { return }
    // A word needs a separator, so padding at most doubles the text.
    reserveLetters(2 * text.count + 16)
    Self.asciiFolding.withUnsafeBufferPointer { folding in
      guard let folding = folding.baseAddress else { return }
      var index = 0
      while index < text.count {
        if folding[Int(bytes[index])] == 0 {
          index += 1
          continue
        }
        index = readWord(bytes, from: index, to: text.count, folding: folding)
        if isTruncated { break }
      }
    }
    countGrams()
  }

  /// Reads one ASCII word; hands over to `readScalars` from its start where it is not. Returns the
  /// index after it.
  @inline(__always)
  private mutating func readWord(
    _ bytes: UnsafePointer<UInt8>, from start: Int, to end: Int, folding: UnsafePointer<UInt8>
  ) -> Int {
    let word = letters + lettersEnd
    word[0] = Self.startMarker
    var length = 1
    var index = start
    while index < end {
      let letter = folding[Int(bytes[index])]
      if letter <= 1 {
        if letter == 1 { return readScalars(bytes, from: start, to: end) }
        break
      }
      word[length] = letter
      length += 1
      index += 1
    }
    guard takeToken() else { return index }
    word[length] = Self.endMarker
    if words.add(FeatureHash.key(word + 1, count: length - 1)) {
      spellings.append(Word(start: lettersEnd, byteCount: length + 1, isASCII: true))
      lettersEnd += length + 1
    }
    return index
  }

  /// Counts one token, unless the window is full.
  @inline(__always)
  mutating func takeToken() -> Bool {
    if tokenCount == tokenLimit {
      isTruncated = true
      return false
    }
    tokenCount += 1
    return true
  }

  mutating func reserveLetters(_ count: Int) {
    let needed = lettersEnd + count + 8
    guard needed > lettersCapacity else { return }
    let larger = UnsafeMutablePointer<UInt8>.allocate(capacity: 2 * needed)
    larger.update(from: letters, count: lettersEnd)
    letters.deallocate()
    letters = larger
    lettersCapacity = 2 * needed
  }

  /// Counts the grams of every distinct word as often as the word came.
  private mutating func countGrams() {
    for (index, word) in spellings.enumerated() {
      guard let word else { continue }
      let count = words[index].count
      if word.isASCII {
        countBytes(letters + word.start, byteCount: word.byteCount, times: count)
      } else {
        countScalars(letters + word.start, byteCount: word.byteCount, times: count)
      }
    }
  }

  private mutating func countBytes(
    _ word: UnsafePointer<UInt8>, byteCount: Int, times: UInt32
  ) {
    var index = 0
    while index + 3 <= byteCount {
      let eight = FeatureHash.eight(word + index)
      grams.add(eight & 0xff_ffff, times: times)
      if index + 4 <= byteCount { grams.add(eight & 0xffff_ffff, times: times) }
      if index + 5 <= byteCount { grams.add(eight & 0xff_ffff_ffff, times: times) }
      index += 1
    }
  }

  private mutating func countScalars(
    _ word: UnsafePointer<UInt8>, byteCount: Int, times: UInt32
  ) {
    var start = 0
    while start < byteCount {
      var end = start
      for length in 1...5 where end < byteCount {
        end += Self.scalarLength(word[end])
        if length >= 3 {
          grams.add(FeatureHash.key(word + start, count: end - start), times: times)
        }
      }
      start += Self.scalarLength(word[start])
    }
  }

  /// The bytes of the UTF-8 sequence that `first` begins.
  @inline(__always)
  static func scalarLength(_ first: UInt8) -> Int {
    first < 0x80 ? 1 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4
  }

  /// For each byte: its lower-case letter or digit, 0 for an ASCII separator, 1 beyond ASCII.
  private static let asciiFolding: [UInt8] = (0...255).map { byte in
    switch UInt8(byte) {
    case UInt8(ascii: "A")...UInt8(ascii: "Z"): UInt8(byte) + 32
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"): UInt8(byte)
    case 0x80...: 1
    default: 0
    }
  }
}
