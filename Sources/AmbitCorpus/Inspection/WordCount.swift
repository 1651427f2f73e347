/// Words as runs of anything but white space, as Python's `split` counts them.
package enum WordCount {
  /// The number of words in a text; one pass over its UTF-8.
  package static func of(_ text: String) -> Int {
    var text = text
    return text.withUTF8 { bytes in
      var words = 0
      var isInWord = false
      var index = 0
      while index < bytes.count {
        let space = spaceLength(bytes, index)
        if space > 0 {
          isInWord = false
          index += space
        } else {
          if !isInWord { words += 1 }
          isInWord = true
          index += 1
        }
      }
      return words
    }
  }

  /// How many bytes the white space at `index` takes; 0 where there is none.
  private static func spaceLength(_ bytes: UnsafeBufferPointer<UInt8>, _ index: Int) -> Int {
    let first = bytes[index]
    if first < 0x80 {
      return first == 0x20 || (0x09...0x0D).contains(first) || (0x1C...0x1F).contains(first) ? 1 : 0
    }
    guard first == 0xC2 || (0xE1...0xE3).contains(first), index + 1 < bytes.count else { return 0 }
    let second = bytes[index + 1]
    if first == 0xC2 { return second == 0x85 || second == 0xA0 ? 2 : 0 }
    guard index + 2 < bytes.count else { return 0 }
    let third = bytes[index + 2]
    switch (first, second) {
    case (0xE1, 0x9A): return third == 0x80 ? 3 : 0
    case (0xE2, 0x80):
      return (0x80...0x8A).contains(third) || [0xA8, 0xA9, 0xAF].contains(third) ? 3 : 0
    case (0xE2, 0x81): return third == 0x9F ? 3 : 0
    case (0xE3, 0x80): return third == 0x80 ? 3 : 0
    default: return 0
    }
  }
}
