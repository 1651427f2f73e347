internal import CZlib

extension ZipArchive {
  /// The unpacked bytes of a member, checked against its CRC-32.
  ///
  /// The claimed size is not trusted: output grows with what really unpacks, and more than
  /// 1,032 times the packed size, deflate's limit, is refused at once.
  ///
  /// - Throws: `NPYError` for a cut or altered member, encryption, or a method other than 0 and 8.
  func contents(of member: Member) throws(NPYError) -> [UInt8] {
    guard !member.isEncrypted else {
      throw NPYError("\"\(member.name)\" is encrypted", hint: "write it without a password")
    }
    // The local header repeats the sizes, but NumPy writes placeholders there; only its lengths count.
    let header = member.headerOffset
    guard header + 30 <= bytes.count, bytes.little32(at: header) == 0x0403_4b50 else {
      throw Self.damaged("\"\(member.name)\" is not where the directory says")
    }
    let start = header + 30 + bytes.little16(at: header + 26) + bytes.little16(at: header + 28)
    let end = start + member.packedSize
    guard end <= bytes.count else { throw Self.damaged("\"\(member.name)\" is cut") }
    let packed = bytes[start..<end]
    let unpacked: [UInt8]
    switch member.method {
    case 0: unpacked = Array(packed)
    case 8: unpacked = try Self.inflated(packed, size: member.size, name: member.name)
    default:
      throw NPYError(
        "\"\(member.name)\" is packed by method \(member.method); stored and deflated are read",
        hint: "write it with np.savez or np.savez_compressed")
    }
    guard unpacked.count == member.size, Self.checksum(unpacked) == member.checksum else {
      throw Self.damaged("\"\(member.name)\" does not match its checksum")
    }
    return unpacked
  }

  static func checksum(_ bytes: [UInt8]) -> UInt32 {
    bytes.withUnsafeBufferPointer { buffer in
      UInt32(truncatingIfNeeded: crc32_z(0, buffer.baseAddress, buffer.count))
    }
  }

  private static func inflated(
    _ packed: ArraySlice<UInt8>, size: Int, name: String
  ) throws(NPYError) -> [UInt8] {
    guard size <= packed.count * 1032 + 64 else {
      throw damaged("\"\(name)\" claims \(size) bytes, more than it can hold")
    }
    // One byte more than claimed, so that a surplus shows.
    guard let unpacked = inflateRaw(packed, limit: size + 1) else {
      throw damaged("\"\(name)\" cannot be unpacked")
    }
    return unpacked
  }

  /// A raw deflate stream, unpacked up to `limit` bytes; `nil` where it is malformed or cut.
  private static func inflateRaw(_ packed: ArraySlice<UInt8>, limit: Int) -> [UInt8]? {
    var stream = z_stream()
    guard ambit_inflateInit2(&stream, -MAX_WBITS) == Z_OK else { return nil }
    defer { inflateEnd(&stream) }
    var output: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: min(limit, 1 << 18))
    return packed.withUnsafeBufferPointer { input in
      var consumed = 0
      while output.count < limit {
        // zlib counts in 32 bits and never writes through its input pointer.
        let offered = min(input.count - consumed, 1 << 30)
        let room = min(chunk.count, limit - output.count)
        stream.next_in = input.baseAddress.map { UnsafeMutablePointer(mutating: $0 + consumed) }
        stream.avail_in = UInt32(offered)
        let status = chunk.withUnsafeMutableBufferPointer { target in
          stream.next_out = target.baseAddress
          stream.avail_out = UInt32(room)
          return inflate(&stream, Z_NO_FLUSH)
        }
        consumed += offered - Int(stream.avail_in)
        let written = room - Int(stream.avail_out)
        output.append(contentsOf: chunk[..<written])
        if status == Z_STREAM_END { return output }
        guard status == Z_OK, written > 0 || offered > 0 else { return nil }
      }
      return output
    }
  }
}
