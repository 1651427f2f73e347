/// Rounding to half precision; `Float16` is not on every platform.
package enum HalfPrecision {
  /// The nearest half-precision number, ties to even; infinite beyond 65,504.
  package static func rounded(_ value: Float) -> Float {
    let size = abs(value)
    guard size.isFinite else { return value }
    // Below 2⁻¹⁴ halves are evenly spaced.
    if size < 0x1p-14 { return (value * 0x1p24).rounded(.toNearestOrEven) * 0x1p-24 }
    let bits = value.bitPattern
    let half = Float(bitPattern: (bits &+ 0xFFF &+ (bits >> 13 & 1)) & ~0x1FFF)
    return abs(half) > 65_504 ? (value < 0 ? -Float.infinity : .infinity) : half
  }
}
