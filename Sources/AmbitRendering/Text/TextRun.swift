/// One line of text on the page.
public struct TextRun: Sendable, Hashable {
  /// Which end of the text stands at the position.
  public enum Anchor: Sendable, Hashable {
    case start, middle, end

    /// The share of the width that lies before the position.
    package var fraction: Double {
      switch self {
      case .start: 0
      case .middle: 0.5
      case .end: 1
      }
    }
  }

  /// The letters and their style.
  public var text: StyledText
  /// A point on the baseline.
  public var position: SIMD2<Double>
  /// Size, weight and families.
  public var font: Font
  /// Of all letters; emoji keep their own.
  public var colour: Colour
  /// Which part of the text stands at the position.
  public var anchor: Anchor
  /// Degrees counter-clockwise about the position.
  public var rotation: Double

  /// A line of text at `position`.
  public init(
    _ text: StyledText, at position: SIMD2<Double>, font: Font = Font(), colour: Colour = .black,
    anchor: Anchor = .start, rotation: Double = 0
  ) {
    self.text = text
    self.position = position
    self.font = font
    self.colour = colour
    self.anchor = anchor
    self.rotation = rotation
  }
}
