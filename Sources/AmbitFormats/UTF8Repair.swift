/// Invalid UTF-8: where it is, and what stands in its place.
public enum UTF8Repair {
  /// U+FFFD in UTF-8.
  static let replacement: [UInt8] = [0xEF, 0xBF, 0xBD]

  /// The bytes with every invalid one replaced by U+FFFD, and how many there were; linear.
  public static func repaired(_ input: InputBytes) -> (input: InputBytes, invalidBytes: Int) {
    if input.isValidUTF8 { return (input, 0) }
    let source = Array(input.bytes)
    var output: [UInt8] = []
    output.reserveCapacity(source.count + 64)
    var invalid = 0
    var index = 0
    while index < source.count {
      let length = sequenceLength(source, at: index)
      if length > 0 {
        output += source[index..<index + length]
        index += length
      } else {
        output += replacement
        invalid += 1
        index += 1
      }
    }
    return (InputBytes(owning: output), invalid)
  }

  /// The length of the valid sequence at `index`, 0 where there is none (Unicode 15, table 3-7).
  static func sequenceLength(_ source: [UInt8], at index: Int) -> Int {
    func isContinuation(_ position: Int, _ allowed: ClosedRange<UInt8> = 0x80...0xBF) -> Bool {
      position < source.count && allowed.contains(source[position])
    }
    switch source[index] {
    case 0..<0x80: return 1
    case 0xC2...0xDF: return isContinuation(index + 1) ? 2 : 0
    case 0xE0...0xEF:
      let second: ClosedRange<UInt8> =
        switch source[index] {
        case 0xE0: 0xA0...0xBF
        case 0xED: 0x80...0x9F
        default: 0x80...0xBF
        }
      return isContinuation(index + 1, second) && isContinuation(index + 2) ? 3 : 0
    case 0xF0...0xF4:
      let second: ClosedRange<UInt8> =
        switch source[index] {
        case 0xF0: 0x90...0xBF
        case 0xF4: 0x80...0x8F
        default: 0x80...0xBF
        }
      return isContinuation(index + 1, second) && isContinuation(index + 2)
        && isContinuation(index + 3) ? 4 : 0
    default: return 0
    }
  }
}
