#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#elseif canImport(Darwin)
internal import Darwin
#endif

/// How large and how opaque the points of a cloud are drawn: both fall smoothly with their number, so
/// that a hundred points are seen and ten thousand do not become a blot. The idea is datamapplot's;
/// the powers are our own, for panels of an inch or two.
public struct PointStyle: Sendable, Hashable {
  /// The diameter in points.
  public let size: Double
  /// Of the fill.
  public let alpha: Double

  /// - Parameters:
  ///   - count: points in the panel's cloud.
  ///   - panelWidth: in points.
  public init(count: Int, panelWidth: Double) {
    let hundreds = Double(max(count, 1)) / 100
    size = min(max(2.6 * pow(panelWidth / 110, 0.5) * pow(hundreds, -0.25), 0.6), 3.2)
    alpha = min(max(0.75 * pow(hundreds, -0.18), 0.12), 0.85)
  }
}
