/// The size of a line of text, in points.
public struct TextExtent: Sendable, Hashable {
  /// From the start of the first letter to where a next one would start.
  public var width: Double
  /// Above the baseline, of the fonts used.
  public var ascent: Double
  /// Below the baseline, of the fonts used.
  public var descent: Double

  /// An extent from its three lengths.
  public init(width: Double, ascent: Double, descent: Double) {
    self.width = width
    self.ascent = ascent
    self.descent = descent
  }

  /// Ascent and descent together.
  public var height: Double { ascent + descent }
}
