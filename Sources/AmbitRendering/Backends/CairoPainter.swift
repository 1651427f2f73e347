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
