internal import CPNG
internal import CPangoCairo

extension Scene {
  /// The scene as a PNG file: 8-bit RGB, or RGBA where the background is not opaque, with the
  /// resolution in a pHYs chunk and the notes in tEXt chunks (iTXt where they are not ASCII).
  ///
  /// - Throws: `RenderingError` where `dpi` is not within 20…2400, a side would exceed 32,000 pixels,
  ///   or a library fails.
  public func png(dpi: Double = 300, notes: [FigureNote] = []) throws(RenderingError) -> [UInt8] {
    let size = try pixelSize(dpi: dpi)
    let surface = cairo_image_surface_create(
      CAIRO_FORMAT_ARGB32, Int32(size.width), Int32(size.height))
    defer { cairo_surface_destroy(surface) }
    guard cairo_surface_status(surface) == CAIRO_STATUS_SUCCESS, let surface else {
      throw RenderingError.cairo(cairo_surface_status(surface), format: "PNG")
    }
    try paint(on: surface, scale: dpi / 72, size: size)
    let opaque = background.alpha >= 1
    let pixels = Self.straight(surface, size: size, opaque: opaque)
    return try Self.encode(
      pixels, size: size, channels: opaque ? 3 : 4,
      pixelsPerMetre: UInt32((dpi / 0.0254).rounded()), notes: notes)
  }

  /// The pixels of a picture of this scene.
  private func pixelSize(dpi: Double) throws(RenderingError) -> (width: Int, height: Int) {
    guard dpi >= 20, dpi <= 2400 else {
      throw RenderingError(
        .invalidSetting, subject: "dpi", problem: "expected 20 to 2400, found \(dpi)",
        hint: "300 suits print, 600 line art")
    }
    let width = (self.width * dpi / 72).rounded()
    let height = (self.height * dpi / 72).rounded()
    guard width >= 1, height >= 1, width <= 32_000, height <= 32_000 else {
      throw RenderingError(
        .invalidSetting, subject: "dpi",
        problem: "the picture would have \(width) × \(height) pixels; 32000 a side is the limit",
        hint: "use a lower dpi, or the formats pdf or svg")
    }
    return (Int(width), Int(height))
  }

  private func paint(
    on surface: OpaquePointer, scale: Double, size: (width: Int, height: Int)
  ) throws(RenderingError) {
    let cairo = cairo_create(surface)!
    defer { cairo_destroy(cairo) }
    cairo_scale(cairo, scale, scale)
    var painter = CairoPainter(cairo: cairo, paintMarkers: { _, _ in })
    let direct = painter
    painter = CairoPainter(cairo: cairo) { markers, clip in
      guard markers.positions.count >= 32 else { return direct.paintOneByOne(markers) }
      cairo_surface_flush(surface)
      let bytes = UnsafeMutableRawPointer(cairo_image_surface_get_data(surface)!)
      let stride = Int(cairo_image_surface_get_stride(surface))
      MarkerSprites(markers, scale: scale).paint(
        at: markers.positions, scale: scale,
        on: bytes.assumingMemoryBound(to: UInt32.self), rowLength: stride / 4,
        columns: Self.pixels(from: clip.x, to: clip.maxX, scale: scale, limit: size.width),
        rows: Self.pixels(from: clip.y, to: clip.maxY, scale: scale, limit: size.height))
      cairo_surface_mark_dirty(surface)
    }
    painter.paint(self)
    guard cairo_status(cairo) == CAIRO_STATUS_SUCCESS else {
      throw RenderingError.cairo(cairo_status(cairo), format: "PNG")
    }
    cairo_surface_flush(surface)
  }

  private static func pixels(
    from start: Double, to end: Double, scale: Double, limit: Int
  ) -> Range<Int> {
    let first = min(max(Int((start * scale).rounded()), 0), limit)
    return first..<max(first, min(Int((end * scale).rounded()), limit))
  }

  /// Cairo's premultiplied native-endian words as bytes of RGB or straight RGBA.
  private static func straight(
    _ surface: OpaquePointer, size: (width: Int, height: Int), opaque: Bool
  ) -> [UInt8] {
    let stride = Int(cairo_image_surface_get_stride(surface)) / 4
    let words = UnsafeRawPointer(cairo_image_surface_get_data(surface)!)
      .assumingMemoryBound(to: UInt32.self)
    let channels = opaque ? 3 : 4
    let count = size.width * size.height * channels
    return [UInt8](unsafeUninitializedCapacity: count) { target, initialized in
      var position = 0
      for row in 0..<size.height {
        for column in 0..<size.width {
          let word = words[row * stride + column]
          if opaque {
            target[position] = UInt8(truncatingIfNeeded: word >> 16)
            target[position + 1] = UInt8(truncatingIfNeeded: word >> 8)
            target[position + 2] = UInt8(truncatingIfNeeded: word)
          } else {
            let alpha = word >> 24
            for (channel, shift) in [UInt32(16), 8, 0].enumerated() {
              let value = word >> shift & 0xFF
              target[position + channel] =
                alpha == 0 ? 0 : UInt8(truncatingIfNeeded: (value * 255 + alpha / 2) / alpha)
            }
            target[position + 3] = UInt8(truncatingIfNeeded: alpha)
          }
          position += channels
        }
      }
      initialized = count
    }
  }

  /// A PNG file of rows without padding; without a resolution where that is 0.
  static func encode(
    _ pixels: [UInt8], size: (width: Int, height: Int), channels: UInt32, pixelsPerMetre: UInt32,
    notes: [FigureNote]
  ) throws(RenderingError) -> [UInt8] {
    let strings = notes.flatMap { [Array($0.keyword.utf8CString), Array($0.text.utf8CString)] }
    let starts = strings.reduce(into: [0]) { $0.append($0.last! + $1.count) }
    var result = ambit_png_result()
    let status = strings.flatMap { $0 }.withUnsafeBufferPointer { characters in
      let texts = notes.indices.map {
        ambit_png_text(
          keyword: characters.baseAddress! + starts[2 * $0],
          text: characters.baseAddress! + starts[2 * $0 + 1])
      }
      return ambit_png_encode(
        pixels, UInt32(size.width), UInt32(size.height), channels, pixelsPerMetre, texts,
        texts.count, &result)
    }
    defer { ambit_png_release(&result) }
    guard status == 0 else { throw RenderingError.png(result) }
    return Array(UnsafeBufferPointer(start: result.bytes, count: result.count))
  }
}

extension RenderingError {
  static func cairo(_ status: cairo_status_t, format: String) -> RenderingError {
    RenderingError(
      .backend, subject: format,
      problem: "Cairo failed: \(String(cString: cairo_status_to_string(status)))",
      hint: "check the free memory, or use a lower dpi")
  }
}
