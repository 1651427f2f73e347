/// Numbers of a fixed number of bits, packed from the lowest bit up.
package enum BitPacking {
  /// How many bytes `count` numbers of `width` bits take.
  package static func byteCount(_ count: Int, width: Int) -> Int { (count * width + 7) / 8 }

  /// Unpacks as many numbers as `output` holds; `source` has at least `byteCount` bytes for them, and
  /// `width` is at most 64 and no more than a `Word` has.
  package static func unpack<Word: FixedWidthInteger & UnsignedInteger>(
    _ source: UnsafeBufferPointer<UInt8>, width: Int,
    into output: UnsafeMutableBufferPointer<Word>
  ) {
    precondition(width <= 64 && byteCount(output.count, width: width) <= source.count)
    guard width > 0 else { return output.update(repeating: 0) }
    let mask = UInt64.max >> UInt64(64 - width)
    let bytes = UnsafeRawBufferPointer(source)
    var bit = 0
    for index in output.indices {
      let (byte, shift) = (bit >> 3, UInt64(bit & 7))
      var word: UInt64 = 0
      if byte + 8 <= bytes.count {
        word = UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: byte, as: UInt64.self))
      } else {
        for place in byte..<bytes.count {
          word |= UInt64(bytes[place]) << UInt64(8 * (place - byte))
        }
      }
      word >>= shift
      if Int(shift) + width > 64 { word |= UInt64(bytes[byte + 8]) << (64 - shift) }
      output[index] = Word(truncatingIfNeeded: word & mask)
      bit += width
    }
  }
}
