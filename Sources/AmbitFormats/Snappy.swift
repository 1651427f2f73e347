import CSnappy

/// Snappy's raw blocks, by libsnappy.
enum Snappy {
  /// Unpacks a block that must come out as exactly `count` bytes. Throws `InputError.malformed`.
  static func decompress(_ source: UnsafeBufferPointer<UInt8>, count: Int) throws -> [UInt8] {
    try source.withMemoryRebound(to: CChar.self) { source in
      var length = 0
      guard
        snappy_uncompressed_length(source.baseAddress, source.count, &length) == SNAPPY_OK,
        length == count
      else {
        throw InputError(.malformed, "the Snappy data does not unpack to \(count) bytes")
      }
      var status = SNAPPY_OK
      let output = [UInt8](unsafeUninitializedCapacity: count) { target, filled in
        status = target.withMemoryRebound(to: CChar.self) {
          snappy_uncompress(source.baseAddress, source.count, $0.baseAddress, &length)
        }
        filled = status == SNAPPY_OK ? length : 0
      }
      guard status == SNAPPY_OK, output.count == count else {
        throw InputError(.malformed, "the Snappy data is broken")
      }
      return output
    }
  }
}
