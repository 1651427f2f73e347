/// Code points in UTF-8 that is known to be valid.
enum UTF8Scalar {
  /// The code point whose first byte is at `index`, and how many bytes it takes.
  @inline(__always)
  static func decode(
    _ text: UnsafeBufferPointer<UInt8>, at index: Int
  ) -> (code: UInt32, length: Int) {
    let first = UInt32(text[index])
    if first < 0x80 { return (first, 1) }
    let second = UInt32(text[index + 1] & 0x3F)
    if first < 0xE0 { return ((first & 0x1F) << 6 | second, 2) }
    let third = UInt32(text[index + 2] & 0x3F)
    if first < 0xF0 { return ((first & 0x0F) << 12 | second << 6 | third, 3) }
    return ((first & 0x07) << 18 | second << 12 | third << 6 | UInt32(text[index + 3] & 0x3F), 4)
  }

  /// How many bytes a code point takes that begins with `first`.
  @inline(__always)
  static func length(_ first: UInt8) -> Int {
    first < 0x80 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4
  }

  /// Where the code point that ends at `index` begins; `index` itself where none stands there.
  @inline(__always)
  static func start(
    before index: Int, in text: UnsafeBufferPointer<UInt8>, from first: Int
  ) -> Int {
    guard index > first else { return index }
    var start = index - 1
    while start > first && text[start] & 0xC0 == 0x80 { start -= 1 }
    return start
  }

  /// Writes a code point from `index` on, where there is room, and returns where it ends.
  @inline(__always)
  static func encode(_ code: UInt32, into bytes: inout [UInt8], at index: Int) -> Int {
    func trail(_ shift: UInt32) -> UInt8 { UInt8(0x80 | (code >> shift) & 0x3F) }
    switch code {
    case ..<0x80:
      bytes[index] = UInt8(code)
      return index + 1
    case ..<0x800:
      bytes[index] = UInt8(0xC0 | code >> 6)
      bytes[index + 1] = trail(0)
      return index + 2
    case ..<0x10000:
      bytes[index] = UInt8(0xE0 | code >> 12)
      bytes[index + 1] = trail(6)
      bytes[index + 2] = trail(0)
      return index + 3
    default:
      bytes[index] = UInt8(0xF0 | code >> 18)
      bytes[index + 1] = trail(12)
      bytes[index + 2] = trail(6)
      bytes[index + 3] = trail(0)
      return index + 4
    }
  }
}
