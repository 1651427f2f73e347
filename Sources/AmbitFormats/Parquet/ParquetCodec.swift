/// How pages are compressed, with the format's own numbers.
enum ParquetCodec: Int {
  case none, snappy, gzip, lzo, brotli, lz4, zstd, lz4Raw

  /// What cannot be unpacked by name; nil for those that can.
  static func unreadName(_ code: Int) -> String? {
    switch ParquetCodec(rawValue: code) {
    case .none?, .snappy, .gzip, .zstd: nil
    case .lzo: "LZO"
    case .brotli: "Brotli"
    case .lz4, .lz4Raw: "LZ4"
    case nil: "codec \(code)"
    }
  }

  /// Calls `body` with `source` unpacked to exactly `count` bytes. Throws `InputError.malformed`.
  func unpacked<Result>(
    _ source: UnsafeBufferPointer<UInt8>, count: Int,
    _ body: (UnsafeBufferPointer<UInt8>) throws -> Result
  ) throws -> Result {
    if self == .none {
      guard source.count == count else {
        throw InputError(.malformed, "a page is \(source.count) bytes long, not \(count)")
      }
      return try body(source)
    }
    // What a damaged header may claim is bounded by what the codec can do.
    guard count <= 64 + source.count * largestRatio else {
      throw InputError(.malformed, "a page of \(source.count) bytes cannot unpack to \(count)")
    }
    guard !source.isEmpty else {
      throw InputError(.malformed, "a page is empty, expected \(count) packed bytes")
    }
    let bytes =
      switch self {
      case .snappy: try Snappy.decompress(source, count: count)
      case .gzip: try Gzip.decompress(source, limit: count)
      case .zstd: try Zstd.decompress(source, count: count)
      default: preconditionFailure("columns of other codecs are refused before")
      }
    guard bytes.count == count else {
      throw InputError(.malformed, "a page unpacks to \(bytes.count) bytes, not \(count)")
    }
    return try bytes.withUnsafeBufferPointer(body)
  }

  /// How many bytes one byte can become: Snappy copies 64 by three, deflate 1,032 a byte, zstd repeats one
  /// byte 128 KiB long in a block of four.
  private var largestRatio: Int {
    switch self {
    case .snappy: 32
    case .gzip: 1_040
    default: 1 << 16
    }
  }
}
