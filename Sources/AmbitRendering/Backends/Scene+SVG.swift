extension Scene {
  /// The scene as an SVG 1.1 document in UTF-8. Text stays text: real `<text>` elements that can be
  /// searched and edited, at measured positions. The notes stand in its description.
  ///
  /// Cairo's own SVG turns letters into outlines, which is why this writer exists.
  ///
  /// - Throws: `RenderingError` of code `backend` where a picture in it cannot be encoded.
  public func svg(notes: [FigureNote] = []) throws(RenderingError) -> [UInt8] {
    var writer = SVGWriter()
    try writer.add([.path(.rectangle(page), fill: background, stroke: nil)])
    try writer.add(marks)
    let size = (
      width: DecimalText.short(width, decimals: 3), height: DecimalText.short(height, decimals: 3)
    )
    var text = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
    text += "<svg xmlns=\"http://www.w3.org/2000/svg\""
    text += " xmlns:xlink=\"http://www.w3.org/1999/xlink\" version=\"1.1\""
    text += " width=\"\(size.width)pt\" height=\"\(size.height)pt\""
    text += " viewBox=\"0 0 \(size.width) \(size.height)\">\n"
    if let title = notes.first(where: { $0.keyword == "Title" }) {
      text += "<title>\(SVGWriter.escaped(title.text))</title>\n"
    }
    if !notes.isEmpty {
      let description = notes.map { "\($0.keyword): \($0.text)" }.joined(separator: "; ")
      text += "<desc>\(SVGWriter.escaped(description))</desc>\n"
    }
    if !writer.definitions.isEmpty { text += "<defs>\n\(writer.definitions)</defs>\n" }
    text += writer.body
    text += "</svg>\n"
    return Array(text.utf8)
  }
}
