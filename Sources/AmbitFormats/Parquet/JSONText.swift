/// JSON as bytes that grow, for values that are written in bulk.
package struct JSONText {
  package private(set) var bytes: [UInt8] = []

  package init() {}

  var count: Int { bytes.count }

  /// Makes room for `count` bytes and the padding that an input wants behind them.
  mutating func reserve(_ count: Int) { bytes.reserveCapacity(count + InputBytes.padding) }

  /// The bytes, handed over without a copy; this is empty then.
  mutating func take() -> [UInt8] {
    var taken: [UInt8] = []
    swap(&taken, &bytes)
    return taken
  }

  mutating func append(_ byte: UInt8) { bytes.append(byte) }

  mutating func append(_ text: StaticString) {
    bytes.append(
      contentsOf: UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
  }

  mutating func append(_ text: [UInt8]) { bytes += text }

  mutating func append(_ number: some FixedWidthInteger) { bytes += String(number).utf8 }

  /// The shortest decimal; null for what JSON cannot hold.
  package mutating func append(_ number: Double) {
    bytes += (number.isFinite ? DecimalText.shortest(number) : "null").utf8
  }

  /// A string in quotes; bytes that are no UTF-8 stay as they are.
  package mutating func appendQuoted(_ text: UnsafeBufferPointer<UInt8>) {
    append(UInt8(ascii: "\""))
    var start = 0
    while start < text.count {
      let end = Self.firstEscaped(text, from: start)
      bytes.append(contentsOf: UnsafeBufferPointer(rebasing: text[start..<end]))
      if end < text.count { appendEscaped(text[end]) }
      start = end + 1
    }
    append(UInt8(ascii: "\""))
  }

  private mutating func appendEscaped(_ byte: UInt8) {
    switch byte {
    case UInt8(ascii: "\""): append("\\\"")
    case UInt8(ascii: "\\"): append("\\\\")
    case UInt8(ascii: "\n"): append("\\n")
    case UInt8(ascii: "\r"): append("\\r")
    case UInt8(ascii: "\t"): append("\\t")
    default:
      append("\\u00")
      let digits = Array("0123456789abcdef".utf8)
      append(digits[Int(byte >> 4)])
      append(digits[Int(byte & 15)])
    }
  }

  /// The first byte from `start` on that JSON wants escaped; the count where there is none.
  private static func firstEscaped(_ text: UnsafeBufferPointer<UInt8>, from start: Int) -> Int {
    let bytes = UnsafeRawBufferPointer(text)
    let low: UInt64 = 0x0101_0101_0101_0101
    let high = low << 7
    var index = start
    // Eight bytes at once: a high bit stays set for each byte that is below 32, `"` or `\`. What a borrow
    // sets wrongly stands only above a true one.
    while index + 8 <= bytes.count {
      let word = UInt64(
        littleEndian: bytes.loadUnaligned(fromByteOffset: index, as: UInt64.self))
      let quote = word ^ (low &* 0x22)
      let backslash = word ^ (low &* 0x5C)
      let hits =
        ((word &- low &* 0x20) & ~word | (quote &- low) & ~quote | (backslash &- low) & ~backslash)
        & high
      if hits != 0 { return index + hits.trailingZeroBitCount / 8 }
      index += 8
    }
    while index < text.count {
      let byte = text[index]
      if byte < 0x20 || byte == 0x22 || byte == 0x5C { return index }
      index += 1
    }
    return text.count
  }
}
