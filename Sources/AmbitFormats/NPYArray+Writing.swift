extension NPYArray {
  /// The bytes that `np.save` writes for this array: format 1.0, little-endian `<f4` or `<f8`, C order.
  ///
  /// The same array gives the same bytes.
  public func encoded() -> [UInt8] {
    switch storage {
    case .single(let values): Self.encoded(values.map(\.bitPattern), "<f4", shape)
    case .double(let values): Self.encoded(values.map(\.bitPattern), "<f8", shape)
    }
  }

  private static func encoded<Bits: FixedWidthInteger>(
    _ values: [Bits], _ descriptor: String, _ shape: [Int]
  ) -> [UInt8] {
    let text = NPYHeader.text(descriptor: descriptor, shape: shape)
    // The preamble of 10 bytes, the text and its newline fill a multiple of 64.
    let padding = (64 - (10 + text.utf8.count + 1) % 64) % 64
    let length = text.utf8.count + padding + 1
    var bytes: [UInt8] = [0x93] + Array("NUMPY".utf8) + [1, 0]
    bytes.reserveCapacity(10 + length + values.count * MemoryLayout<Bits>.size)
    bytes += [UInt8(length & 0xff), UInt8(length >> 8)]
    bytes += Array(text.utf8) + [UInt8](repeating: 0x20, count: padding) + [0x0a]
    values.map(\.littleEndian).withUnsafeBytes { bytes.append(contentsOf: $0) }
    return bytes
  }
}
