/// The area of a cloud's hull against the share of its points that is kept.
///
/// Which points go first is decided by robust Mahalanobis distance, as for `hull_area`. Where the ratios
/// of two models differ between the levels, tail and core tell different stories; the ratio at one half
/// is the robust one. Affine-equivariant; grows with n, so draw profiles of equal n together.
public struct PeelProfile: Equatable, Sendable {
  /// The shares kept: everything down to the central half.
  public static let fractions = [1, 0.95, 0.9, 0.75, 0.5]
  /// The area at each of `fractions`; 0 where nothing but a line is left.
  public let areas: [Double]

  /// Peels a cloud in any order. O(n log n).
  public init(of points: [SIMD2<Double>]) {
    areas = Self.fractions.map { ConvexPolygon(hullOf: points, keeping: $0).area }
  }
}
