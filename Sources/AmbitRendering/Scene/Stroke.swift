/// How an outline is drawn. Corners and ends are round.
public struct Stroke: Sendable, Hashable {
  /// Of the line.
  public var colour: Colour
  /// In points.
  public var width: Double
  /// Lengths of marks and gaps in points; empty for a solid line.
  public var dash: [Double]

  /// A line of `width` points.
  public init(_ colour: Colour, width: Double, dash: [Double] = []) {
    self.colour = colour
    self.width = width
    self.dash = dash
  }
}
