internal import Foundation

extension LexicalFeatures {
  /// Reads words beyond ASCII from `start` up to and including the next separator. Returns the index
  /// after it.
  mutating func readScalars(_ bytes: UnsafePointer<UInt8>, from start: Int, to end: Int) -> Int {
    scalars.removeAll(keepingCapacity: true)
    var open = ScalarClass.Kind.separator
    var mayCompose = false
    var index = start
    while index < end {
      let scalar = Self.scalar(bytes + index)
      index += Self.scalarLength(bytes[index])
      let scalarClass = ScalarClass(of: scalar)
      let kind = scalarClass.kind
      if kind == .ignorable { continue }
      if kind == .separator { break }
      if kind == .mark {
        // A mark on nothing is no word.
        if open == .separator { continue }
      } else if kind != open || kind == .symbol {
        close(open, mayCompose: mayCompose)
        if isTruncated { return index }
        open = kind
        mayCompose = false
      }
      mayCompose = mayCompose || scalarClass.mayCompose
      scalars.append(scalar)
    }
    close(open, mayCompose: mayCompose)
    return index
  }

  /// Counts what `scalars` hold, and empties them.
  private mutating func close(_ kind: ScalarClass.Kind, mayCompose: Bool) {
    guard !scalars.isEmpty else { return }
    if mayCompose { compose() }
    for index in scalars.indices where ScalarClass(of: scalars[index]).hasLowercase {
      scalars[index] = Self.lowercase(scalars[index])
    }
    // Final sigma is the same letter.
    for index in scalars.indices where scalars[index] == 0x3c2 { scalars[index] = 0x3c3 }
    reserveLetters(4 * scalars.count + 2)
    switch kind {
    case .spaceless: countRun()
    case .symbol: countWord(withGrams: false)
    default: countWord(withGrams: true)
    }
    scalars.removeAll(keepingCapacity: true)
  }

  private mutating func countWord(withGrams: Bool) {
    guard takeToken() else { return }
    let word = letters + lettersEnd
    word[0] = Self.startMarker
    var length = 1
    for scalar in scalars { length += Self.encode(scalar, at: word + length) }
    word[length] = Self.endMarker
    if words.add(FeatureHash.key(word + 1, count: length - 1)) {
      guard withGrams else { return spellings.append(nil) }
      spellings.append(Word(start: lettersEnd, byteCount: length + 1, isASCII: false))
      lettersEnd += length + 1
    }
  }

  private mutating func countRun() {
    let run = letters + lettersEnd
    var length = 0
    // Where the last three characters begin.
    var starts = (0, 0, 0)
    for (index, scalar) in scalars.enumerated() {
      guard takeToken() else { return }
      starts = (starts.1, starts.2, length)
      length += Self.encode(scalar, at: run + length)
      grams.add(FeatureHash.key(run + starts.2, count: length - starts.2))
      if index >= 1, words.add(FeatureHash.key(run + starts.1, count: length - starts.1)) {
        spellings.append(nil)
      }
      if index >= 2 { grams.add(FeatureHash.key(run + starts.0, count: length - starts.0)) }
    }
  }

  /// Canonical composition, so that texts that look alike are alike.
  private mutating func compose() {
    var text = String.UnicodeScalarView()
    for scalar in scalars { text.append(Unicode.Scalar(scalar) ?? "\u{fffd}") }
    let composed = String(text).precomposedStringWithCanonicalMapping
    scalars.removeAll(keepingCapacity: true)
    for scalar in composed.unicodeScalars { scalars.append(scalar.value) }
  }

  /// The lower-case letter, or the letter itself where that would be more than one.
  private static func lowercase(_ scalar: UInt32) -> UInt32 {
    guard let mapping = Unicode.Scalar(scalar)?.properties.lowercaseMapping.unicodeScalars,
      mapping.count == 1, let first = mapping.first
    else { return scalar }
    return first.value
  }

  /// The scalar of a valid UTF-8 sequence.
  private static func scalar(_ bytes: UnsafePointer<UInt8>) -> UInt32 {
    func low(_ index: Int) -> UInt32 { UInt32(bytes[index] & 0x3f) }
    let first = UInt32(bytes[0])
    return switch scalarLength(bytes[0]) {
    case 1: first
    case 2: (first & 0x1f) << 6 | low(1)
    case 3: (first & 0x0f) << 12 | low(1) << 6 | low(2)
    default: (first & 0x07) << 18 | low(1) << 12 | low(2) << 6 | low(3)
    }
  }

  /// Writes a scalar in UTF-8; returns its length.
  private static func encode(_ scalar: UInt32, at target: UnsafeMutablePointer<UInt8>) -> Int {
    var length = 0
    for byte in UTF8.encode(Unicode.Scalar(scalar) ?? "\u{fffd}")
      ?? UTF8.encodedReplacementCharacter
    {
      target[length] = byte
      length += 1
    }
    return length
  }
}
