/// How one number of an array lies in a file: NumPy's `descr`, for example `<f4`.
struct NPYElementType: Equatable {
  enum Kind: Equatable { case float, signed, unsigned }

  let kind: Kind
  /// Bytes a number: 1, 2, 4 or 8.
  let width: Int
  let isBigEndian: Bool

  /// Reads a `descr`; the error names what the array holds instead of numbers.
  init(descriptor: String) throws(NPYError) {
    let scalars = Array(descriptor.utf8)
    guard scalars.count >= 3, let order = "<>|=".utf8.first(where: { $0 == scalars[0] }) else {
      throw Self.unsupported(descriptor)
    }
    let width = Int(String(decoding: scalars[2...], as: UTF8.self))
    switch (scalars[1], width) {
    case (UInt8(ascii: "f"), 2?), (UInt8(ascii: "f"), 4?), (UInt8(ascii: "f"), 8?): kind = .float
    case (UInt8(ascii: "i"), 1?), (UInt8(ascii: "i"), 2?), (UInt8(ascii: "i"), 4?),
      (UInt8(ascii: "i"), 8?):
      kind = .signed
    case (UInt8(ascii: "u"), 1?), (UInt8(ascii: "u"), 2?), (UInt8(ascii: "u"), 4?),
      (UInt8(ascii: "u"), 8?):
      kind = .unsigned
    default: throw Self.unsupported(descriptor)
    }
    self.width = width ?? 0
    isBigEndian = order == UInt8(ascii: ">")
  }

  private static func unsupported(_ descriptor: String) -> NPYError {
    switch descriptor.dropFirst().first {
    case "O":
      NPYError(
        "the array holds pickled Python objects (dtype \"\(descriptor)\"), not numbers",
        hint: "save it as numbers: np.save(path, np.asarray(array, dtype=np.float32))")
    case "U", "S":
      NPYError(
        "the array holds texts (dtype \"\(descriptor.prefix(40))\"), not numbers",
        hint: "save the vectors as numbers; texts are read as JSON Lines, CSV or plain text")
    default:
      NPYError(
        "dtype \"\(descriptor.prefix(40))\" is not one of f2, f4, f8 and the integers",
        hint: "save it as array.astype(np.float32)")
    }
  }

  /// Decodes `count` numbers; `bytes` holds at least `count * width` of them.
  func decode(_ bytes: UnsafeRawBufferPointer, count: Int) -> NPYArray.Storage {
    switch (kind, width) {
    case (.float, 2): .single(map(bytes, count) { (bits: UInt16) in Self.float(half: bits) })
    case (.float, 4): .single(map(bytes, count) { (bits: UInt32) in Float(bitPattern: bits) })
    case (.float, _): .double(map(bytes, count) { (bits: UInt64) in Double(bitPattern: bits) })
    case (.signed, 1): .double(map(bytes, count) { (bits: Int8) in Double(bits) })
    case (.signed, 2): .double(map(bytes, count) { (bits: Int16) in Double(bits) })
    case (.signed, 4): .double(map(bytes, count) { (bits: Int32) in Double(bits) })
    case (.signed, _): .double(map(bytes, count) { (bits: Int64) in Double(bits) })
    case (.unsigned, 1): .double(map(bytes, count) { (bits: UInt8) in Double(bits) })
    case (.unsigned, 2): .double(map(bytes, count) { (bits: UInt16) in Double(bits) })
    case (.unsigned, 4): .double(map(bytes, count) { (bits: UInt32) in Double(bits) })
    case (.unsigned, _): .double(map(bytes, count) { (bits: UInt64) in Double(bits) })
    }
  }

  @inline(__always)
  private func map<Bits: FixedWidthInteger & BitwiseCopyable, Number>(
    _ bytes: UnsafeRawBufferPointer, _ count: Int, _ number: (Bits) -> Number
  ) -> [Number] {
    let isBigEndian = self.isBigEndian
    return [Number](unsafeUninitializedCapacity: count) { buffer, initializedCount in
      for index in 0..<count {
        let bits = bytes.loadUnaligned(
          fromByteOffset: index * MemoryLayout<Bits>.size, as: Bits.self)
        buffer.initializeElement(
          at: index, to: number(isBigEndian ? Bits(bigEndian: bits) : Bits(littleEndian: bits)))
      }
      initializedCount = count
    }
  }

  /// IEEE 754 half to single, by bits: Swift has no `Float16` on every platform.
  static func float(half bits: UInt16) -> Float {
    let sign = UInt32(bits & 0x8000) << 16
    let exponent = UInt32(bits >> 10) & 0x1f
    let fraction = UInt32(bits & 0x3ff)
    switch exponent {
    case 0:
      let magnitude = Float(fraction) * 0x1p-24
      return sign == 0 ? magnitude : -magnitude
    case 0x1f: return Float(bitPattern: sign | 0x7f80_0000 | fraction << 13)
    default: return Float(bitPattern: sign | (exponent + 112) << 23 | fraction << 13)
    }
  }
}
