/// Elementary functions on sixteen numbers at a time, for a transformer's inner loops.
///
/// Written with products and sums alone, so that they vectorise on any machine.
package enum VectorMath {
  package typealias Lanes = SIMD16<Float>

  /// eˣ with a relative error below 2e-7 for x in [−87, 88]; 0 below, and held at e⁸⁸ above.
  ///
  /// x = n ln 2 + r; a polynomial in r (Cephes `expf`) is scaled by 2ⁿ through its exponent bits.
  @inline(__always)
  package static func exp(_ x: Lanes) -> Lanes {
    let capped = x.replacing(with: 88, where: x .> 88)
    // Adding 1.5 · 2²³ rounds to an integer, which then stands in the low bits.
    let shifted = capped * 1.442_695_04 + 12_582_912
    let n = shifted - 12_582_912
    let r = capped - n * 0.693_359_375 + n * 2.121_944_4e-4
    var p = r * 1.987_569_15e-4 + 1.398_199_95e-3
    p = p * r + 8.333_451_9e-3
    p = p * r + 4.166_579_6e-2
    p = p * r + 1.666_666_5e-1
    p = p * r + 0.5
    p = p * (r * r) + r + 1
    let bits = unsafeBitCast(shifted, to: SIMD16<Int32>.self) &+ (127 - 0x4B40_0000)
    let scale = unsafeBitCast(bits &<< 23, to: Lanes.self)
    return (p * scale).replacing(with: 0, where: x .< -87)
  }

  /// The error function with an absolute error below 5e-7: a ratio of polynomials on [−4, 4] (the one
  /// of Eigen's and XLA's fast `erf`), beyond which it is ±1 in single precision.
  @inline(__always)
  package static func erf(_ x: Lanes) -> Lanes {
    var t = x.replacing(with: 4, where: x .> 4)
    t = t.replacing(with: -4, where: t .< -4)
    let s = t * t
    var p = s * -2.726_142_258e-10 + 2.770_681_425e-8
    p = p * s - 2.101_024_021e-6
    p = p * s - 5.692_506_395e-5
    p = p * s - 7.349_906_303e-4
    p = p * s - 2.954_599_809e-3
    p = p * s - 1.609_603_333e-2
    var q = s * -1.456_607_185e-5 - 2.133_740_556e-4
    q = q * s - 1.682_826_974e-3
    q = q * s - 7.373_329_167e-3
    q = q * s - 1.426_473_905e-2
    return t * p / q
  }

  /// The hyperbolic tangent, absolute error below 5e-7.
  @inline(__always)
  package static func tanh(_ x: Lanes) -> Lanes {
    1 - 2 / (exp(2 * x) + 1)
  }

  /// The sum of all lanes, in halves: the standard library's adds them one after another.
  @inline(__always)
  package static func sum(_ x: Lanes) -> Float {
    let eight = x.lowHalf + x.highHalf
    let four = eight.lowHalf + eight.highHalf
    let two = four.lowHalf + four.highHalf
    return two.x + two.y
  }

  /// The largest lane, in halves.
  @inline(__always)
  package static func largest(_ x: Lanes) -> Float {
    let eight = x.lowHalf.replacing(with: x.highHalf, where: x.highHalf .> x.lowHalf)
    let four = eight.lowHalf.replacing(
      with: eight.highHalf, where: eight.highHalf .> eight.lowHalf)
    return Swift.max(Swift.max(four.x, four.y), Swift.max(four.z, four.w))
  }
}
