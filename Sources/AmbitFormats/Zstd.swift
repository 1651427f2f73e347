import CZstd

/// Zstandard (RFC 8878) by libzstd.
public enum Zstd {
  /// Whether the bytes begin as zstd does: with a frame, or with one to be skipped as `pzstd` writes it.
  public static func isCompressed(_ bytes: some Collection<UInt8>) -> Bool {
    if bytes.starts(with: [0x28, 0xB5, 0x2F, 0xFD]) { return true }
    let start = Array(bytes.prefix(4))
    return start.count == 4 && start[0] & 0xF0 == 0x50 && start[1...] == [0x2A, 0x4D, 0x18]
  }

  /// Unpacks all frames, one after the other.
  ///
  /// Throws `InputError`: `malformed` where the data is broken or cut off, `tooLarge` once more than
  /// `limit` bytes would come out, `unsupported` where a frame needs a window beyond 128 MiB.
  public static func decompress(_ bytes: [UInt8], limit: Int) throws -> [UInt8] {
    guard let stream = ZSTD_createDStream() else {
      throw InputError(.unreadable, "zstd cannot be set up")
    }
    defer { ZSTD_freeDStream(stream) }
    let block = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: ZSTD_DStreamOutSize())
    defer { block.deallocate() }
    var output: [UInt8] = []
    try bytes.withUnsafeBytes { source in
      var input = ZSTD_inBuffer(src: source.baseAddress, size: source.count, pos: 0)
      // 0 exactly where a frame has ended and all of it is out.
      var pending = 1
      while true {
        var target = ZSTD_outBuffer(dst: block.baseAddress, size: block.count, pos: 0)
        pending = ZSTD_decompressStream(stream, &target, &input)
        guard ZSTD_isError(pending) == 0 else { throw fault(pending) }
        guard output.count + target.pos <= limit else {
          throw InputError(
            .tooLarge, "the zstd'd data unpacks to more than \(DecimalText.grouped(limit)) bytes",
            hint: "unpack it and check what it holds")
        }
        output.append(contentsOf: block[0..<target.pos])
        if input.pos == input.size, target.pos < target.size { break }
      }
      guard pending == 0 else {
        throw InputError(.malformed, "the zstd'd data ends too early", hint: "copy the file again")
      }
    }
    return output
  }

  /// Unpacks data that must come out as exactly `count` bytes. Throws `InputError.malformed`.
  static func decompress(_ source: UnsafeBufferPointer<UInt8>, count: Int) throws -> [UInt8] {
    var status = 0
    let output = [UInt8](unsafeUninitializedCapacity: count) { target, filled in
      status = ZSTD_decompress(target.baseAddress, count, source.baseAddress, source.count)
      filled = ZSTD_isError(status) == 0 ? status : 0
    }
    guard ZSTD_isError(status) == 0 else { throw fault(status) }
    guard output.count == count else {
      throw InputError(.malformed, "the zstd'd data unpacks to \(output.count) bytes, not \(count)")
    }
    return output
  }

  private static func fault(_ status: Int) -> InputError {
    let reason = String(cString: ZSTD_getErrorName(status))
    guard reason.contains("memory") else {
      return InputError(
        .malformed, "the zstd'd data is broken: \(reason)", hint: "copy the file again")
    }
    return InputError(
      .unsupported, "the zstd'd data needs a window of more than 128 MiB",
      hint: "unpack it first: `zstd -d --long=31`")
  }
}
