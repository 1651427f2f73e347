/// The same symbol at many places, painted in the order of `positions`.
public struct Markers: Sendable, Hashable {
  /// The symbol.
  public var shape: MarkerShape
  /// The diameter in points of the circle of the same area.
  public var size: Double
  /// Of the inside; none leaves it empty.
  public var fill: Colour?
  /// Of the outline, half inside and half outside it.
  public var edge: Stroke?
  /// The centres, in page coordinates.
  public var positions: [SIMD2<Double>]

  /// The same symbol at each of `positions`.
  public init(
    _ shape: MarkerShape, size: Double, fill: Colour?, edge: Stroke? = nil,
    at positions: [SIMD2<Double>]
  ) {
    self.shape = shape
    self.size = size
    self.fill = fill
    self.edge = edge
    self.positions = positions
  }

  /// How far ink reaches from a position, in points.
  package var reach: Double { size * 0.9 + (edge?.width ?? 0) }
}
