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
    var bytes = preamble(descriptor, shape)
    bytes.reserveCapacity(bytes.count + values.count * MemoryLayout<Bits>.size)
    values.map(\.littleEndian).withUnsafeBytes { bytes.append(contentsOf: $0) }
    return bytes
  }

  /// What stands before the numbers of a file of `<f4` of this shape: numbers follow row after row.
  package static func singlePreamble(shape: [Int]) -> [UInt8] { preamble("<f4", shape) }

  /// The bytes of numbers in a file of `<f4`.
  package static func singleBytes(_ values: [Float]) -> [UInt8] {
    values.map(\.bitPattern.littleEndian).withUnsafeBytes { Array($0) }
  }

  private static func preamble(_ descriptor: String, _ shape: [Int]) -> [UInt8] {
    let text = NPYHeader.text(descriptor: descriptor, shape: shape)
    // The preamble of 10 bytes, the text and its newline fill a multiple of 64.
    let padding = (64 - (10 + text.utf8.count + 1) % 64) % 64
    let length = text.utf8.count + padding + 1
    var bytes: [UInt8] = [0x93] + Array("NUMPY".utf8) + [1, 0]
    bytes += [UInt8(length & 0xff), UInt8(length >> 8)]
    return bytes + Array(text.utf8) + [UInt8](repeating: 0x20, count: padding) + [0x0a]
  }
}
