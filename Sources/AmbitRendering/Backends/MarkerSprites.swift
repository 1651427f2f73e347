internal import CPangoCairo

/// A marker painted once for each of 4 × 4 sub-pixel phases, to be copied thousands of times.
///
/// Copying a sprite costs some 0.1 µs where a Cairo fill costs 5 µs; the position is rounded to a
/// quarter of a pixel, which at 300 dpi is 0.06 points.
struct MarkerSprites {
  /// Pixels per side.
  let side: Int
  /// Premultiplied ARGB, phase by phase (y phase slower), then row by row.
  private let pixels: [UInt32]
  private let middle: Double

  private static let phaseCount = 4

  /// - Parameter scale: pixels per point.
  init(_ markers: Markers, scale: Double) {
    let middle = (markers.reach * scale).rounded(.up) + 1
    let side = Int(2 * middle) + 1
    self.middle = middle
    self.side = side
    var pixels: [UInt32] = []
    pixels.reserveCapacity(side * side * Self.phaseCount * Self.phaseCount)
    for phase in 0..<Self.phaseCount * Self.phaseCount {
      let offset = SIMD2(Double(phase % Self.phaseCount), Double(phase / Self.phaseCount))
      let centre = (SIMD2(repeating: middle) + offset / Double(Self.phaseCount)) / scale
      var one = markers
      one.positions = [centre]
      pixels += Self.render(one, side: side, scale: scale)
    }
    self.pixels = pixels
  }

  private static func render(_ markers: Markers, side: Int, scale: Double) -> [UInt32] {
    let surface = cairo_image_surface_create(CAIRO_FORMAT_ARGB32, Int32(side), Int32(side))
    let cairo = cairo_create(surface)!
    defer {
      cairo_destroy(cairo)
      cairo_surface_destroy(surface)
    }
    cairo_scale(cairo, scale, scale)
    CairoPainter(cairo: cairo, paintMarkers: { _, _ in }).paintOneByOne(markers)
    cairo_surface_flush(surface)
    guard let bytes = cairo_image_surface_get_data(surface) else { return [] }
    let stride = Int(cairo_image_surface_get_stride(surface))
    return (0..<side).flatMap { row in
      (0..<side).map { column in
        UnsafeRawPointer(bytes).load(fromByteOffset: row * stride + column * 4, as: UInt32.self)
      }
    }
  }

  /// Paints the sprite over `canvas` at each position (in pixels), inside the pixel rectangle given
  /// by half-open ranges.
  func paint(
    at positions: [SIMD2<Double>], scale: Double, on canvas: UnsafeMutablePointer<UInt32>,
    rowLength: Int, columns: Range<Int>, rows: Range<Int>
  ) {
    let phases = Double(Self.phaseCount)
    pixels.withUnsafeBufferPointer { sprite in
      for position in positions {
        let quarters = ((position * scale - SIMD2(repeating: middle)) * phases)
          .rounded(.toNearestOrAwayFromZero)
        guard abs(quarters.x) < 1e9, abs(quarters.y) < 1e9 else { continue }
        let (x, y) = (Int(quarters.x), Int(quarters.y))
        let left = x >> 2
        let top = y >> 2
        let phase = (y & 3) * Self.phaseCount + (x & 3)
        let firstColumn = max(columns.lowerBound, left)
        let lastColumn = min(columns.upperBound, left + side)
        guard firstColumn < lastColumn else { continue }
        for row in max(
          rows.lowerBound, top)..<max(rows.lowerBound, top, min(rows.upperBound, top + side))
        {
          let source = phase * side * side + (row - top) * side - left
          let target = canvas + row * rowLength
          for column in firstColumn..<lastColumn {
            let over = sprite[source + column]
            if over != 0 { target[column] = Self.composite(over, over: target[column]) }
          }
        }
      }
    }
  }

  /// Porter and Duff's "over" on premultiplied 8-bit components, two components at a time.
  @inline(__always)
  private static func composite(_ source: UInt32, over target: UInt32) -> UInt32 {
    let keep = 255 - (source >> 24)
    if keep == 0 { return source }
    var even = (target & 0x00FF_00FF) &* keep &+ 0x0080_0080
    even = (even &+ (even >> 8 & 0x00FF_00FF)) >> 8 & 0x00FF_00FF
    var odd = (target >> 8 & 0x00FF_00FF) &* keep &+ 0x0080_0080
    odd = (odd &+ (odd >> 8 & 0x00FF_00FF)) & 0xFF00_FF00
    return source &+ even &+ odd
  }
}
