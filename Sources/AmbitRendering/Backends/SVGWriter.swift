/// Builds an SVG document. Ids come from the order of the marks, so the same scene gives the same
/// bytes.
struct SVGWriter {
  private(set) var body = ""
  private(set) var definitions = ""
  private var nextIdentifier = 0

  /// - Throws: `RenderingError` where a picture cannot be encoded.
  mutating func add(_ marks: [Mark]) throws(RenderingError) {
    for mark in marks {
      switch mark {
      case .path(let path, let fill, let stroke): add(path, fill: fill, stroke: stroke)
      case .markers(let markers): add(markers)
      case .text(let run): add(run)
      case .image(let image, let place): try add(image, place)
      case .clipped(let rectangle, let inner):
        let identifier = newIdentifier("clip")
        definitions += "<clipPath id=\"\(identifier)\"><rect x=\"\(number(rectangle.x))\""
        definitions += " y=\"\(number(rectangle.y))\" width=\"\(number(rectangle.width))\""
        definitions += " height=\"\(number(rectangle.height))\"/></clipPath>\n"
        body += "<g clip-path=\"url(#\(identifier))\">\n"
        try add(inner)
        body += "</g>\n"
      }
    }
  }

  private mutating func newIdentifier(_ prefix: String) -> String {
    nextIdentifier += 1
    return "\(prefix)\(nextIdentifier)"
  }

  private mutating func add(_ path: Path, fill: Colour?, stroke: Stroke?) {
    if path.elements.isEmpty { return }
    body += "<path d=\"\(data(path))\"\(paint(fill: fill, stroke: stroke))/>\n"
  }

  private mutating func add(
    _ image: RasterImage, _ place: Rectangle
  ) throws(RenderingError) {
    let file = try Scene.encode(
      image.bytes, size: (image.width, image.height), channels: 4, pixelsPerMetre: 0, notes: [])
    body += "<image x=\"\(number(place.x))\" y=\"\(number(place.y))\""
    body += " width=\"\(number(place.width))\" height=\"\(number(place.height))\""
    body += " preserveAspectRatio=\"none\""
    body += " xlink:href=\"data:image/png;base64,\(Base64.text(file))\"/>\n"
  }

  private mutating func add(_ markers: Markers) {
    if markers.positions.isEmpty { return }
    let identifier = newIdentifier("marker")
    let outline = data(markers.shape.outline(size: markers.size))
    definitions += "<path id=\"\(identifier)\" d=\"\(outline)\"/>\n"
    body += "<g\(paint(fill: markers.fill, stroke: markers.edge))>\n"
    for position in markers.positions {
      body += "<use xlink:href=\"#\(identifier)\" x=\"\(number(position.x))\""
      body += " y=\"\(number(position.y))\"/>\n"
    }
    body += "</g>\n"
  }

  /// One `<text>` for each piece, at the place and of the width that Pango measured: a viewer with
  /// other fonts squeezes the letters and cannot run into its neighbours.
  private mutating func add(_ run: TextRun) {
    let line = PangoLine(run.text, font: run.font)
    let left = -line.extent.width * run.anchor.fraction
    for (piece, span) in zip(run.text.pieces, line.spans(of: run.text)) where span.width > 0 {
      let isSmall = piece.script != .normal
      let size = run.font.size * (isSmall ? StyledText.scriptScale : 1)
      let rise = StyledText.rise(of: piece.script) * run.font.size
      let start = SIMD2(left + span.left, -rise)
      let isRightToLeft = line.isRightToLeft
      body += "<text"
      if run.rotation == 0 {
        let place = run.position + start + SIMD2(isRightToLeft ? span.width : 0, 0)
        body += " x=\"\(number(place.x))\" y=\"\(number(place.y))\""
      } else {
        body += " transform=\"translate(\(number(run.position.x)) \(number(run.position.y)))"
        body += " rotate(\(number(-run.rotation)))\""
        body += " x=\"\(number(start.x + (isRightToLeft ? span.width : 0)))\""
        body += " y=\"\(number(start.y))\""
      }
      body += " textLength=\"\(number(span.width))\" lengthAdjust=\"spacingAndGlyphs\""
      if isRightToLeft { body += " direction=\"rtl\"" }
      body += " font-family=\"\(Self.escaped(Self.familyList(run.font)))\""
      body += " font-size=\"\(number(size))\""
      if run.font.weight == .bold || piece.isBold { body += " font-weight=\"bold\"" }
      body += "\(paint(fill: run.colour, stroke: nil))>\(Self.escaped(piece.string))</text>\n"
    }
  }

  private static func familyList(_ font: Font) -> String {
    let generic: Set<String> = ["sans-serif", "serif", "monospace"]
    return font.families.map { generic.contains($0) ? $0 : "'\($0)'" }.joined(separator: ", ")
  }

  private func paint(fill: Colour?, stroke: Stroke?) -> String {
    var text = " fill=\"\(fill.map(hexadecimal) ?? "none")\""
    if let fill, fill.alpha < 1 { text += " fill-opacity=\"\(number(fill.alpha))\"" }
    if let stroke {
      text += " stroke=\"\(hexadecimal(stroke.colour))\" stroke-width=\"\(number(stroke.width))\""
      text += " stroke-linejoin=\"round\""
      if stroke.colour.alpha < 1 {
        text += " stroke-opacity=\"\(number(stroke.colour.alpha))\""
      }
      if stroke.dash.isEmpty {
        text += " stroke-linecap=\"round\""
      } else {
        text += " stroke-dasharray=\"\(stroke.dash.map(number).joined(separator: " "))\""
      }
    }
    return text
  }

  private func data(_ path: Path) -> String {
    path.elements.map { element in
      switch element {
      case .move(let point): "M" + pair(point)
      case .line(let point): "L" + pair(point)
      case .curve(let first, let second, let point):
        "C" + pair(first) + " " + pair(second) + " " + pair(point)
      case .close: "Z"
      }
    }.joined()
  }

  private func pair(_ point: SIMD2<Double>) -> String { "\(number(point.x)) \(number(point.y))" }

  /// A thousandth of a point is a 24,000th of an inch.
  private func number(_ value: Double) -> String { DecimalText.short(value, decimals: 3) }

  func hexadecimal(_ colour: Colour) -> String {
    "#"
      + [colour.red, colour.green, colour.blue].map { component in
        let level = Int((min(max(component, 0), 1) * 255).rounded())
        return (level < 16 ? "0" : "") + String(level, radix: 16)
      }.joined()
  }

  /// The text with XML's five characters as entities, and without characters that XML 1.0 forbids.
  static func escaped(_ text: String) -> String {
    var escaped = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": escaped += "&amp;"
      case "<": escaped += "&lt;"
      case ">": escaped += "&gt;"
      case "\"": escaped += "&quot;"
      case "'": escaped += "&#39;"
      case "\t", "\n", "\r": escaped += " "
      default:
        let isForbidden = scalar.value < 0x20 || scalar.value == 0xFFFE || scalar.value == 0xFFFF
        if !isForbidden { escaped.unicodeScalars.append(scalar) }
      }
    }
    return escaped
  }
}
