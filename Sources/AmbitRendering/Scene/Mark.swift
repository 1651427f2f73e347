/// One thing on the page. All coordinates are points on the page, all of a scene's marks are painted
/// in order, later ones on top.
public indirect enum Mark: Sendable, Hashable {
  case path(Path, fill: Colour?, stroke: Stroke?)
  case markers(Markers)
  case text(TextRun)
  /// A picture, stretched over the rectangle.
  case image(RasterImage, Rectangle)
  /// Marks of which only the part inside the rectangle is seen.
  case clipped(Rectangle, [Mark])
}
