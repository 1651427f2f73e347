#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#elseif canImport(Darwin)
internal import Darwin
#endif

/// The symbols, in the order in which checkpoints use them. Every symbol is a closed outline, and
/// the solid ones cover the same area at the same size, so that none shouts.
public enum MarkerShape: String, Sendable, Hashable, CaseIterable {
  case circle, square, triangleUp, diamond, triangleDown, plus, star, cross
  case triangleLeft, triangleRight

  /// The outline about the origin, of the area of a circle with diameter `size` (plus, cross and
  /// star are a little lighter).
  public func outline(size: Double) -> Path {
    switch self {
    case .circle: .circle(centre: .zero, radius: size / 2)
    case .square: polygon(corners: 4, radius: size * 0.6267, startDegrees: 45)
    case .diamond: polygon(corners: 4, radius: size * 0.6267, startDegrees: 0)
    case .triangleUp: polygon(corners: 3, radius: size * 0.7, startDegrees: -90)
    case .triangleDown: polygon(corners: 3, radius: size * 0.7, startDegrees: 90)
    case .triangleLeft: polygon(corners: 3, radius: size * 0.7, startDegrees: 180)
    case .triangleRight: polygon(corners: 3, radius: size * 0.7, startDegrees: 0)
    case .plus: crossing(arm: size * 0.62, startDegrees: 0)
    case .cross: crossing(arm: size * 0.62, startDegrees: 45)
    case .star:
      .polyline(
        (0..<10).map {
          Self.onCircle($0 % 2 == 0 ? size * 0.72 : size * 0.32, degrees: -90 + 36 * Double($0))
        }, closed: true)
    }
  }

  private func polygon(corners: Int, radius: Double, startDegrees: Double) -> Path {
    .polyline(
      (0..<corners).map {
        Self.onCircle(radius, degrees: startDegrees + 360 * Double($0) / Double(corners))
      }, closed: true)
  }

  /// Two crossing bars as one twelve-cornered outline.
  private func crossing(arm: Double, startDegrees: Double) -> Path {
    let half = arm * 0.28
    let corners: [SIMD2<Double>] = (0..<4).flatMap { quarter in
      [SIMD2(arm, -half), SIMD2(arm, half), SIMD2(half, half)].map {
        Self.rotated($0, degrees: startDegrees + 90 * Double(quarter))
      }
    }
    return .polyline(corners, closed: true)
  }

  private static func onCircle(_ radius: Double, degrees: Double) -> SIMD2<Double> {
    rotated(SIMD2(radius, 0), degrees: degrees)
  }

  private static func rotated(_ point: SIMD2<Double>, degrees: Double) -> SIMD2<Double> {
    let (cosine, sine) = (cos(degrees * .pi / 180), sin(degrees * .pi / 180))
    return SIMD2(point.x * cosine - point.y * sine, point.x * sine + point.y * cosine)
  }
}
