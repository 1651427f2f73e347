/// The normalizers of a `tokenizer.json` that come before SentencePiece's models, one after the other.
struct TextNormalizer: Sendable {
  enum Step: Sendable {
    case precompiled(PrecompiledCharsmap)
    /// Two spaces and more become this text.
    case spaceRuns([UInt8])
    case replace([UInt8], with: [UInt8])
    case strip(left: Bool, right: Bool)
    case lowercase
  }

  let steps: [Step]

  /// Whether text that is cut before a space between two printable ASCII characters normalizes to the
  /// same when its parts are normalized apart.
  var isLocal: Bool {
    steps.allSatisfy {
      switch $0 {
      case .precompiled(let charsmap): charsmap.keepsPrintableASCII
      case .strip(let left, _): !left
      case .replace: false
      case .spaceRuns, .lowercase: true
      }
    }
  }

  /// Calls `body` with the normalized text.
  func withNormalized(
    _ text: UnsafeBufferPointer<UInt8>, _ body: (UnsafeBufferPointer<UInt8>) -> Void
  ) { withNormalized(text, steps[...], body) }

  private func withNormalized(
    _ text: UnsafeBufferPointer<UInt8>, _ steps: ArraySlice<Step>,
    _ body: (UnsafeBufferPointer<UInt8>) -> Void
  ) {
    guard let step = steps.first else { return body(text) }
    let rest = steps.dropFirst()
    if case .strip(let left, let right) = step {
      let range = Self.stripped(text, left: left, right: right)
      return withNormalized(UnsafeBufferPointer(rebasing: text[range]), rest, body)
    }
    guard let changed = Self.apply(step, to: text) else { return withNormalized(text, rest, body) }
    changed.withUnsafeBufferPointer { withNormalized($0, rest, body) }
  }

  /// The text after one step; nil where it stays as it is.
  private static func apply(_ step: Step, to text: UnsafeBufferPointer<UInt8>) -> [UInt8]? {
    switch step {
    case .precompiled(let charsmap): charsmap.apply(to: text)
    case .spaceRuns(let replacement): replaceSpaceRuns(of: text, by: replacement)
    case .replace(let pattern, let replacement): replace(pattern, by: replacement, in: text)
    case .strip: nil
    case .lowercase: lowercased(text)
    }
  }

  private static func replaceSpaceRuns(
    of text: UnsafeBufferPointer<UInt8>, by replacement: [UInt8]
  ) -> [UInt8]? {
    let space = UInt8(ascii: " ")
    func nextRun(from start: Int) -> Int? {
      var index = start + 1
      while index < text.count {
        if text[index] == space && text[index - 1] == space { return index - 1 }
        // Where no space stands at the second place, no run begins here or there.
        index += text[index] == space ? 1 : 2
      }
      return nil
    }
    guard var run = nextRun(from: 0) else { return nil }
    var result: [UInt8] = []
    result.reserveCapacity(text.count + 16)
    var start = 0
    while true {
      result.append(contentsOf: UnsafeBufferPointer(rebasing: text[start..<run]))
      result.append(contentsOf: replacement)
      start = run
      while start < text.count && text[start] == space { start += 1 }
      guard let next = nextRun(from: start) else { break }
      run = next
    }
    result.append(contentsOf: UnsafeBufferPointer(rebasing: text[start...]))
    return result
  }

  private static func replace(
    _ pattern: [UInt8], by replacement: [UInt8], in text: UnsafeBufferPointer<UInt8>
  ) -> [UInt8] {
    var result: [UInt8] = []
    result.reserveCapacity(text.count)
    var index = 0
    while index < text.count {
      if text[index] == pattern[0] && text[index...].starts(with: pattern) {
        result.append(contentsOf: replacement)
        index += pattern.count
      } else {
        result.append(text[index])
        index += 1
      }
    }
    return result
  }

  private static func stripped(
    _ text: UnsafeBufferPointer<UInt8>, left: Bool, right: Bool
  ) -> Range<Int> {
    func isSpace(_ index: Int) -> Bool {
      UnicodeClasses.shared[UTF8Scalar.decode(text, at: index).code].contains(.splittingSpace)
    }
    var start = 0
    var end = text.count
    while left && start < end && isSpace(start) {
      start += UTF8Scalar.decode(text, at: start).length
    }
    while right && end > start {
      let last = UTF8Scalar.start(before: end, in: text, from: start)
      guard isSpace(last) else { break }
      end = last
    }
    return start..<end
  }

  private static func lowercased(_ text: UnsafeBufferPointer<UInt8>) -> [UInt8] {
    var result: [UInt8] = []
    result.reserveCapacity(text.count + 16)
    var index = 0
    while index < text.count {
      let (code, length) = UTF8Scalar.decode(text, at: index)
      if code < 0x80 {
        result.append((0x41...0x5A).contains(code) ? UInt8(code) + 32 : UInt8(code))
      } else if UnicodeClasses.shared[code].contains(.lowered) {
        UnicodeClasses.shared.lower(code) { lower in
          if let scalar = Unicode.Scalar(lower) { result.append(contentsOf: scalar.utf8) }
        }
      } else {
        result.append(contentsOf: UnsafeBufferPointer(rebasing: text[index..<index + length]))
      }
      index += length
    }
    return result
  }
}
