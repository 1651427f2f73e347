/// A picture of pixels: 8-bit sRGB with straight alpha, row by row from the top left.
public struct RasterImage: Sendable, Hashable {
  /// In pixels.
  public let width: Int
  /// In pixels.
  public let height: Int
  /// Red, green, blue, alpha of each pixel, without padding.
  public let bytes: [UInt8]

  /// A picture of `width · height` pixels.
  public init(width: Int, height: Int, bytes: [UInt8]) {
    precondition(width > 0 && height > 0, "an image has pixels")
    precondition(bytes.count == width * height * 4, "four bytes a pixel")
    self.width = width
    self.height = height
    self.bytes = bytes
  }
}
