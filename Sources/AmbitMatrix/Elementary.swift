#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#elseif canImport(Darwin)
internal import Darwin
#endif

/// The C library's elementary functions, so that no numeric target needs Foundation.
public enum Elementary {
  /// ln x.
  public static func log(_ x: Double) -> Double { _log(x) }
  /// eˣ.
  public static func exp(_ x: Double) -> Double { _exp(x) }
  /// The cosine, of radians.
  public static func cos(_ x: Double) -> Double { _cos(x) }
  /// The sine, of radians.
  public static func sin(_ x: Double) -> Double { _sin(x) }
  /// The angle of (x, y), in radians.
  public static func atan2(_ y: Double, _ x: Double) -> Double { _atan2(y, x) }
  /// xʸ.
  public static func pow(_ x: Double, _ y: Double) -> Double { _pow(x, y) }
  /// The complementary error function.
  public static func erfc(_ x: Double) -> Double { _erfc(x) }
  /// ln |Γ(x)|.
  public static func logGamma(_ x: Double) -> Double { _lgamma(x) }
}

private func _log(_ x: Double) -> Double { log(x) }
private func _exp(_ x: Double) -> Double { exp(x) }
private func _cos(_ x: Double) -> Double { cos(x) }
private func _sin(_ x: Double) -> Double { sin(x) }
private func _atan2(_ y: Double, _ x: Double) -> Double { atan2(y, x) }
private func _pow(_ x: Double, _ y: Double) -> Double { pow(x, y) }
private func _erfc(_ x: Double) -> Double { erfc(x) }
private func _lgamma(_ x: Double) -> Double { lgamma(x) }
