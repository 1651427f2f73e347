/// A text size and weight. The family is a chain: the first font that has a glyph draws it, and
/// whatever else is installed stands behind the chain, so any script is drawn.
public struct Font: Sendable, Hashable {
  /// The two weights that the figures use.
  public enum Weight: Sendable, Hashable { case regular, bold }

  /// In points.
  public var size: Double
  /// Regular or bold.
  public var weight: Weight
  /// The chain, first choice first.
  public var families: [String]

  /// The chain that figures use unless told otherwise.
  public static let defaultFamilies = ["DejaVu Sans", "Noto Sans", "sans-serif"]

  /// A font; 8 points unless told otherwise.
  public init(
    size: Double = 8, weight: Weight = .regular, families: [String] = Font.defaultFamilies
  ) {
    self.size = size
    self.weight = weight
    self.families = families
  }
}
