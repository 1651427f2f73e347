/// Bytes written as text with the alphabet of RFC 4648, section 4.
enum Base64 {
  /// The bytes of `text`; nil where it is not base64. Padding may be absent.
  static func bytes(of text: UnsafeBufferPointer<UInt8>) -> [UInt8]? {
    var end = text.count
    while end > 0 && text.count - end < 2 && text[end - 1] == UInt8(ascii: "=") { end -= 1 }
    guard end % 4 != 1 else { return nil }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(end / 4 * 3 + 2)
    var bits: UInt32 = 0
    var count = 0
    for index in 0..<end {
      let value: UInt8
      switch text[index] {
      case UInt8(ascii: "A")...UInt8(ascii: "Z"): value = text[index] - 65
      case UInt8(ascii: "a")...UInt8(ascii: "z"): value = text[index] - 71
      case UInt8(ascii: "0")...UInt8(ascii: "9"): value = text[index] + 4
      case UInt8(ascii: "+"): value = 62
      case UInt8(ascii: "/"): value = 63
      default: return nil
      }
      bits = bits << 6 | UInt32(value)
      count += 6
      if count >= 8 {
        count -= 8
        bytes.append(UInt8(truncatingIfNeeded: bits >> UInt32(count)))
      }
    }
    return bytes
  }
}
