internal import CPangoCairo

/// Paints marks on a Cairo context whose unit is the point. PNG and PDF share it; they differ only in
/// how they paint many markers.
struct CairoPainter {
  let cairo: OpaquePointer
  /// Paints markers inside a clip; the context is already clipped to it.
  let paintMarkers: (Markers, Rectangle) -> Void

  func paint(_ scene: Scene) {
    setSource(scene.background)
    cairo_paint(cairo)
    cairo_set_line_join(cairo, CAIRO_LINE_JOIN_ROUND)
    cairo_set_line_cap(cairo, CAIRO_LINE_CAP_ROUND)
    paint(scene.marks, clip: scene.page)
  }

  private func paint(_ marks: [Mark], clip: Rectangle) {
    for mark in marks {
      switch mark {
      case .path(let path, let fill, let stroke): paint(path, fill: fill, stroke: stroke)
      case .markers(let markers): paintMarkers(markers, clip)
      case .text(let run): paint(run)
      case .image(let image, let place): paint(image, place)
      case .clipped(let rectangle, let inner):
        guard let visible = clip.intersection(rectangle) else { continue }
        cairo_save(cairo)
        cairo_rectangle(cairo, visible.x, visible.y, visible.width, visible.height)
        cairo_clip(cairo)
        paint(inner, clip: visible)
        cairo_restore(cairo)
      }
    }
  }

  func paint(_ path: Path, fill: Colour?, stroke: Stroke?) {
    cairo_new_path(cairo)
    trace(path)
    if let fill {
      setSource(fill)
      if stroke == nil { cairo_fill(cairo) } else { cairo_fill_preserve(cairo) }
    }
    if let stroke {
      setSource(stroke.colour)
      cairo_set_line_width(cairo, stroke.width)
      cairo_set_dash(cairo, stroke.dash, Int32(stroke.dash.count), 0)
      // Round ends would fill the gaps of a dashed line.
      cairo_set_line_cap(cairo, stroke.dash.isEmpty ? CAIRO_LINE_CAP_ROUND : CAIRO_LINE_CAP_BUTT)
      cairo_stroke(cairo)
    }
    cairo_new_path(cairo)
  }

  private func paint(_ image: RasterImage, _ place: Rectangle) {
    let surface = cairo_image_surface_create(
      CAIRO_FORMAT_ARGB32, Int32(image.width), Int32(image.height))
    defer { cairo_surface_destroy(surface) }
    guard let data = cairo_image_surface_get_data(surface) else { return }
    let stride = Int(cairo_image_surface_get_stride(surface)) / 4
    let words = UnsafeMutableRawPointer(data).assumingMemoryBound(to: UInt32.self)
    cairo_surface_flush(surface)
    image.bytes.withUnsafeBytes { bytes in
      for row in 0..<image.height {
        for column in 0..<image.width {
          let pixel = bytes.loadUnaligned(
            fromByteOffset: (row * image.width + column) * 4, as: UInt32.self)
          words[row * stride + column] = Self.premultiplied(UInt32(littleEndian: pixel))
        }
      }
    }
    cairo_surface_mark_dirty(surface)
    cairo_save(cairo)
    cairo_translate(cairo, place.x, place.y)
    cairo_scale(
      cairo, place.width / Double(image.width), place.height / Double(image.height))
    cairo_set_source_surface(cairo, surface, 0, 0)
    let pattern = cairo_get_source(cairo)
    // Without it the outermost pixels fade into what lies beyond the picture.
    cairo_pattern_set_extend(pattern, CAIRO_EXTEND_PAD)
    cairo_rectangle(cairo, 0, 0, Double(image.width), Double(image.height))
    cairo_fill(cairo)
    cairo_restore(cairo)
  }

  /// Straight red, green, blue, alpha from the lowest byte up, as Cairo's word.
  @inline(__always)
  private static func premultiplied(_ pixel: UInt32) -> UInt32 {
    let alpha = pixel >> 24
    if alpha == 0 { return 0 }
    func scaled(_ component: UInt32) -> UInt32 {
      let product = component * alpha + 128
      return (product + product >> 8) >> 8
    }
    return alpha << 24 | scaled(pixel & 0xFF) << 16 | scaled(pixel >> 8 & 0xFF) << 8
      | scaled(pixel >> 16 & 0xFF)
  }

  /// Paints each marker as a path of its own, so that overlaps of translucent ones add up.
  func paintOneByOne(_ markers: Markers) {
    let outline = markers.shape.outline(size: markers.size)
    for position in markers.positions {
      paint(outline.translated(by: position), fill: markers.fill, stroke: markers.edge)
    }
  }

  private func trace(_ path: Path) {
    for element in path.elements {
      switch element {
      case .move(let point): cairo_move_to(cairo, point.x, point.y)
      case .line(let point): cairo_line_to(cairo, point.x, point.y)
      case .curve(let first, let second, let point):
        cairo_curve_to(cairo, first.x, first.y, second.x, second.y, point.x, point.y)
      case .close: cairo_close_path(cairo)
      }
    }
  }

  private func paint(_ run: TextRun) {
    cairo_save(cairo)
    cairo_translate(cairo, run.position.x, run.position.y)
    cairo_rotate(cairo, -run.rotation * .pi / 180)
    let line = PangoLine(run.text, font: run.font, cairo: cairo)
    let extent = line.extent
    cairo_move_to(cairo, -extent.width * run.anchor.fraction, -extent.ascent)
    setSource(run.colour)
    pango_cairo_show_layout(cairo, line.layout)
    cairo_restore(cairo)
    cairo_new_path(cairo)
  }

  func setSource(_ colour: Colour) {
    cairo_set_source_rgba(cairo, colour.red, colour.green, colour.blue, colour.alpha)
  }
}
