internal import CPangoCairo

extension Scene {
  /// The scene as a one-page PDF file with its fonts embedded and its text selectable. The notes
  /// become the keywords of the document; "Title" becomes its title. The creation date is fixed.
  ///
  /// - Throws: `RenderingError` of code `backend`.
  public func pdf(notes: [FigureNote] = []) throws(RenderingError) -> [UInt8] {
    let sink = ByteSink()
    let status = withExtendedLifetime(sink) {
      let surface = cairo_pdf_surface_create_for_stream(
        { closure, bytes, count in
          let sink = Unmanaged<ByteSink>.fromOpaque(closure!).takeUnretainedValue()
          sink.bytes.append(contentsOf: UnsafeBufferPointer(start: bytes, count: Int(count)))
          return CAIRO_STATUS_SUCCESS
        }, Unmanaged.passUnretained(sink).toOpaque(), width, height)!
      defer { cairo_surface_destroy(surface) }
      describe(surface, notes: notes)
      let cairo = cairo_create(surface)!
      defer { cairo_destroy(cairo) }
      let plain = CairoPainter(cairo: cairo, paintMarkers: { _, _ in })
      CairoPainter(cairo: cairo) { markers, _ in
        if markers.shape == .circle, markers.edge == nil, let fill = markers.fill {
          Self.paintDots(markers, fill, on: plain)
        } else {
          plain.paintOneByOne(markers)
        }
      }.paint(self)
      cairo_show_page(cairo)
      cairo_surface_finish(surface)
      return max(cairo_status(cairo).rawValue, cairo_surface_status(surface).rawValue)
    }
    guard status == CAIRO_STATUS_SUCCESS.rawValue else {
      throw RenderingError.cairo(cairo_status_t(rawValue: status), format: "PDF")
    }
    return sink.bytes
  }

  private func describe(_ surface: OpaquePointer, notes: [FigureNote]) {
    // Without a date of ours Cairo writes the clock's.
    cairo_pdf_surface_set_metadata(
      surface, CAIRO_PDF_METADATA_CREATE_DATE, "2000-01-01T00:00:00Z")
    cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_CREATOR, "Ambit")
    if let title = notes.first(where: { $0.keyword == "Title" }) {
      cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_TITLE, title.text)
    }
    let keywords = notes.map { "\($0.keyword): \($0.text)" }.joined(separator: "; ")
    if !keywords.isEmpty {
      cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_KEYWORDS, keywords)
    }
  }

  /// A dot as a line of no length with round ends: a tenth of the bytes of a circle's curves.
  private static func paintDots(_ markers: Markers, _ fill: Colour, on painter: CairoPainter) {
    painter.setSource(fill)
    cairo_set_line_width(painter.cairo, markers.size)
    cairo_set_dash(painter.cairo, nil, 0, 0)
    cairo_set_line_cap(painter.cairo, CAIRO_LINE_CAP_ROUND)
    for position in markers.positions {
      cairo_move_to(painter.cairo, position.x, position.y)
      cairo_line_to(painter.cairo, position.x, position.y)
      cairo_stroke(painter.cairo)
    }
  }
}

/// Where Cairo's stream callback puts its bytes; a class because the callback gets a pointer to it.
private final class ByteSink {
  var bytes: [UInt8] = []
}
