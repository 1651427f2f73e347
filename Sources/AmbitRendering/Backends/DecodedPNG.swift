internal import CPNG

/// The pixels of a PNG file, for looking at what was written.
package struct DecodedPNG: Sendable, Equatable {
  package let width: Int
  package let height: Int
  /// 3 for RGB, 4 for RGB with straight alpha.
  package let channels: Int
  /// Row by row from the top, without padding.
  package let bytes: [UInt8]

  /// - Throws: `RenderingError` of code `backend` where the bytes are no valid PNG file.
  package init(_ file: [UInt8]) throws(RenderingError) {
    var result = ambit_png_result()
    let status = ambit_png_decode(file, file.count, &result)
    defer { ambit_png_release(&result) }
    guard status == 0 else { throw RenderingError.png(result) }
    width = Int(result.width)
    height = Int(result.height)
    channels = Int(result.channels)
    bytes = Array(UnsafeBufferPointer(start: result.bytes, count: result.count))
  }

  /// The components of one pixel.
  package func pixel(_ x: Int, _ y: Int) -> [UInt8] {
    let start = (y * width + x) * channels
    return Array(bytes[start..<start + channels])
  }
}

extension RenderingError {
  /// What libpng said.
  static func png(_ result: ambit_png_result) -> RenderingError {
    let message = withUnsafeBytes(of: result.message) {
      String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self)
    }
    return RenderingError(
      .backend, subject: "PNG", problem: "libpng failed: \(message)",
      hint: "check the free memory, or use a lower dpi")
  }
}
