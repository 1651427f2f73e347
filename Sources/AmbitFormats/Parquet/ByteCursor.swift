/// A place in borrowed bytes that never runs over their end: what would is `InputError.malformed`.
package struct ByteCursor {
  private let bytes: UnsafeBufferPointer<UInt8>
  package private(set) var position = 0

  package init(_ bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

  package var remaining: Int { bytes.count - position }

  static var cutOff: InputError { InputError(.malformed, "the data ends too early") }

  mutating func byte() throws -> UInt8 {
    guard remaining > 0 else { throw Self.cutOff }
    defer { position += 1 }
    return bytes[position]
  }

  mutating func take(_ count: Int) throws -> UnsafeBufferPointer<UInt8> {
    guard count >= 0, count <= remaining else { throw Self.cutOff }
    defer { position += count }
    return UnsafeBufferPointer(rebasing: bytes[position..<position + count])
  }

  mutating func takeRest() -> UnsafeBufferPointer<UInt8> {
    defer { position = bytes.count }
    return UnsafeBufferPointer(rebasing: bytes[position...])
  }

  /// A little-endian integer of `count` bytes, at most 8.
  mutating func littleEndian(_ count: Int) throws -> UInt64 {
    try take(count).reversed().reduce(0) { $0 << 8 | UInt64($1) }
  }

  /// An unsigned LEB128 number of at most 64 bits.
  package mutating func varint() throws -> UInt64 {
    var value: UInt64 = 0
    for shift in stride(from: UInt64(0), to: 70, by: 7) {
      let next = try byte()
      value |= UInt64(next & 0x7F) << shift
      if next < 0x80 { return value }
    }
    throw InputError(.malformed, "a number is longer than 64 bits")
  }

  /// A count as a varint, at most `limit`.
  mutating func count(upTo limit: Int) throws -> Int {
    let value = try varint()
    guard value <= limit else {
      throw InputError(.malformed, "a count is \(value) where at most \(limit) can be")
    }
    return Int(value)
  }

  /// A signed number, zigzag-coded.
  package mutating func zigzag() throws -> Int64 {
    let value = try varint()
    return Int64(bitPattern: value >> 1) ^ -Int64(bitPattern: value & 1)
  }
}
