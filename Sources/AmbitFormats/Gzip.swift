import CZlib

/// Gzip (RFC 1952) by zlib.
public enum Gzip {
  /// Whether the bytes begin as gzip does.
  public static func isCompressed(_ bytes: some Collection<UInt8>) -> Bool {
    bytes.starts(with: [0x1F, 0x8B, 0x08])
  }

  /// Unpacks all members, one after the other; zero bytes behind the last one are allowed.
  ///
  /// Throws `InputError`: `malformed` where the data is broken or cut off, `tooLarge` once more than
  /// `limit` bytes would come out.
  public static func decompress(_ bytes: [UInt8], limit: Int) throws -> [UInt8] {
    try bytes.withUnsafeBufferPointer { try decompress($0, limit: limit) }
  }

  /// As above, for bytes that are borrowed.
  static func decompress(_ source: UnsafeBufferPointer<UInt8>, limit: Int) throws -> [UInt8] {
    var output: [UInt8] = []
    let block = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: 1 << 18)
    defer { block.deallocate() }
    var consumed = 0
    repeat {
      consumed += try decompressMember(
        UnsafeBufferPointer(rebasing: source[consumed...]), block: block, limit: limit,
        into: &output)
      if source[consumed...].allSatisfy({ $0 == 0 }) { break }
    } while consumed < source.count
    return output
  }

  /// The CRC-32 that gzip, zip and Parquet keep of their contents.
  static func checksum(_ bytes: UnsafeBufferPointer<UInt8>) -> UInt32 {
    UInt32(truncatingIfNeeded: crc32_z(0, bytes.baseAddress, bytes.count))
  }

  private static func decompressMember(
    _ source: UnsafeBufferPointer<UInt8>, block: UnsafeMutableBufferPointer<UInt8>, limit: Int,
    into output: inout [UInt8]
  ) throws -> Int {
    var stream = z_stream()
    let gzipOnly: CInt = 15 + 16
    guard ambit_inflateInit2(&stream, gzipOnly) == Z_OK else {
      throw InputError(.unreadable, "zlib cannot be set up")
    }
    defer { inflateEnd(&stream) }
    var position = 0
    while true {
      // avail_in is 32 bits wide, a file may be longer.
      let slice = min(source.count - position, 1 << 30)
      stream.next_in = UnsafeMutablePointer(mutating: source.baseAddress! + position)
      stream.avail_in = UInt32(slice)
      stream.next_out = block.baseAddress
      stream.avail_out = UInt32(block.count)
      let status = inflate(&stream, Z_NO_FLUSH)
      position += slice - Int(stream.avail_in)
      let produced = block.count - Int(stream.avail_out)
      guard output.count + produced <= limit else {
        throw InputError(
          .tooLarge, "the gzip'd data unpacks to more than \(DecimalText.grouped(limit)) bytes",
          hint: "unpack it and check what it holds")
      }
      output.append(contentsOf: block[0..<produced])
      switch status {
      case Z_STREAM_END: return position
      case Z_OK where produced > 0 || stream.avail_in > 0 || position < source.count: continue
      case Z_OK, Z_BUF_ERROR:
        throw InputError(.malformed, "the gzip'd data ends too early", hint: "copy the file again")
      default:
        throw InputError(.malformed, "the gzip'd data is broken", hint: "copy the file again")
      }
    }
  }

  /// Packs `bytes` into one member whose header holds neither time nor name, so that the same bytes
  /// come out the same.
  public static func compress(_ bytes: [UInt8], level: Int = 6) -> [UInt8] {
    precondition((0...9).contains(level), "zlib knows levels 0 to 9")
    var stream = z_stream()
    let isReady = ambit_deflateInit2(&stream, CInt(level), 15 + 16) == Z_OK
    precondition(isReady, "zlib cannot be set up")
    defer { deflateEnd(&stream) }
    var output: [UInt8] = []
    let block = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: 1 << 16)
    defer { block.deallocate() }
    bytes.withUnsafeBufferPointer { source in
      var position = 0
      var status = Z_OK
      while status != Z_STREAM_END {
        let slice = min(source.count - position, 1 << 30)
        let isLast = position + slice == source.count
        stream.next_in = source.baseAddress.map { UnsafeMutablePointer(mutating: $0 + position) }
        stream.avail_in = UInt32(slice)
        stream.next_out = block.baseAddress
        stream.avail_out = UInt32(block.count)
        status = deflate(&stream, isLast ? Z_FINISH : Z_NO_FLUSH)
        position += slice - Int(stream.avail_in)
        output.append(contentsOf: block[0..<(block.count - Int(stream.avail_out))])
      }
    }
    // zlib writes the operating system into byte 9; 255 says unknown, on every machine.
    output[9] = 255
    return output
  }
}
