internal import CPangoCairo

/// A Pango layout of one text run: the only place that talks to Pango about shapes and sizes.
///
/// Hinting is off and glyph positions are not rounded, so a text is as wide at 72 dpi as at 600.
/// A handle on C memory: make it, use it, let go of it on the same thread.
final class PangoLine {
  let layout: OpaquePointer
  private let context: OpaquePointer

  /// A layout for measuring, or for painting on `cairo`.
  init(_ text: StyledText, font: Font, cairo: OpaquePointer? = nil) {
    if let cairo {
      context = pango_cairo_create_context(cairo)
    } else {
      context = pango_font_map_create_context(pango_cairo_font_map_get_default())
    }
    let options = cairo_font_options_create()
    cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE)
    cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF)
    cairo_font_options_set_antialias(options, CAIRO_ANTIALIAS_GRAY)
    pango_cairo_context_set_font_options(context, options)
    cairo_font_options_destroy(options)
    pango_context_set_round_glyph_positions(context, 0)
    // The language steers which Han font is chosen; without it the user's locale would.
    pango_context_set_language(context, pango_language_from_string("en"))

    layout = pango_layout_new(context)
    let description = pango_font_description_new()
    pango_font_description_set_family(description, font.families.joined(separator: ","))
    pango_font_description_set_absolute_size(description, font.size * Double(PANGO_SCALE))
    pango_font_description_set_weight(
      description, font.weight == .bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL)
    pango_layout_set_font_description(layout, description)
    pango_font_description_free(description)

    let string = text.plain
    pango_layout_set_text(layout, string, Int32(string.utf8.count))
    if text.pieces.contains(where: { $0.script != .normal || $0.isBold }) {
      let attributes = Self.attributes(of: text, font: font)
      pango_layout_set_attributes(layout, attributes)
      pango_attr_list_unref(attributes)
    } else {
      pango_layout_set_single_paragraph_mode(layout, 1)
    }
  }

  deinit {
    g_object_unref(UnsafeMutableRawPointer(layout))
    g_object_unref(UnsafeMutableRawPointer(context))
  }

  private static func attributes(of text: StyledText, font: Font) -> OpaquePointer? {
    let list = pango_attr_list_new()
    var start: UInt32 = 0
    for piece in text.pieces {
      let end = start + UInt32(piece.string.utf8.count)
      func insert(_ attribute: UnsafeMutablePointer<PangoAttribute>?) {
        attribute?.pointee.start_index = start
        attribute?.pointee.end_index = end
        pango_attr_list_insert(list, attribute)
      }
      if piece.isBold { insert(pango_attr_weight_new(PANGO_WEIGHT_BOLD)) }
      if piece.script != .normal {
        let rise = StyledText.rise(of: piece.script) * font.size * Double(PANGO_SCALE)
        insert(pango_attr_scale_new(StyledText.scriptScale))
        insert(pango_attr_rise_new(Int32(rise.rounded())))
      }
      start = end
    }
    return list
  }

  /// Advance width, ascent and descent, in points.
  var extent: TextExtent {
    var logical = PangoRectangle()
    pango_layout_get_extents(layout, nil, &logical)
    let baseline = Double(pango_layout_get_baseline(layout)) / Double(PANGO_SCALE)
    let height = Double(logical.height) / Double(PANGO_SCALE)
    return TextExtent(
      width: Double(logical.width) / Double(PANGO_SCALE), ascent: baseline,
      descent: height - baseline)
  }

  /// Whether the first letter with a direction is of a right-to-left script.
  var isRightToLeft: Bool {
    pango_layout_get_line_readonly(layout, 0)?.pointee.resolved_dir
      == UInt32(PANGO_DIRECTION_RTL.rawValue)
  }

  /// The left edge and width of each piece, in points from the left edge of the run.
  func spans(of text: StyledText) -> [(left: Double, width: Double)] {
    // The ends of a line of mixed direction may both lie inside it.
    if text.pieces.count == 1 { return [(0, extent.width)] }
    let line = pango_layout_get_line_readonly(layout, 0)
    var start: Int32 = 0
    return text.pieces.map { piece in
      let end = start + Int32(piece.string.utf8.count)
      var (first, last): (Int32, Int32) = (0, 0)
      pango_layout_line_index_to_x(line, start, 0, &first)
      pango_layout_line_index_to_x(line, end, 0, &last)
      start = end
      return (
        Double(min(first, last)) / Double(PANGO_SCALE),
        Double(abs(last - first)) / Double(PANGO_SCALE)
      )
    }
  }

  /// Breaks the text into lines no wider than `width` points, at words where possible.
  func lines(of string: String, width: Double) -> [String] {
    pango_layout_set_single_paragraph_mode(layout, 0)
    pango_layout_set_width(layout, Int32((width * Double(PANGO_SCALE)).rounded(.down)))
    pango_layout_set_wrap(layout, PANGO_WRAP_WORD_CHAR)
    let bytes = Array(string.utf8)
    return (0..<pango_layout_get_line_count(layout)).compactMap { index in
      guard let line = pango_layout_get_line_readonly(layout, index) else { return nil }
      let start = Int(line.pointee.start_index)
      var part = bytes[start..<start + Int(line.pointee.length)]
      while let last = part.last, last == 0x20 { part.removeLast() }
      return String(decoding: part, as: UTF8.self)
    }
  }

  /// Where in the UTF-8 bytes of the text a letter stands that no font has. Pango sets a flag on the
  /// glyph in its place.
  var unknownGlyphOffsets: [Int] {
    guard pango_layout_get_unknown_glyphs_count(layout) > 0 else { return [] }
    let flag: UInt32 = 0x1000_0000  // PANGO_GLYPH_UNKNOWN_FLAG, a macro that is not imported.
    var offsets: [Int] = []
    for number in 0..<pango_layout_get_line_count(layout) {
      var run = pango_layout_get_line_readonly(layout, number)?.pointee.runs
      while let node = run {
        defer { run = node.pointee.next }
        guard let item = node.pointee.data?.assumingMemoryBound(to: PangoGlyphItem.self).pointee,
          let glyphs = item.glyphs?.pointee
        else { continue }
        for index in 0..<Int(glyphs.num_glyphs) where glyphs.glyphs[index].glyph & flag != 0 {
          offsets.append(Int(item.item.pointee.offset) + Int(glyphs.log_clusters[index]))
        }
      }
    }
    return offsets
  }
}
