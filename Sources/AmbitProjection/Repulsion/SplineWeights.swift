/// The four weights of a cubic B-spline at one place between nodes, and their slopes.
struct SplineWeights {
  let weights: SIMD4<Float>
  let slopes: SIMD4<Float>

  /// - Parameter offset: how far the place lies beyond the second of the four nodes, from 0 to 1.
  @inline(__always)
  init(offset u: Float) {
    let v = 1 - u
    let (u2, v2) = (u * u, v * v)
    weights = SIMD4(
      v2 * v * (1 / 6), 2 / 3 - u2 + u2 * u * 0.5, 2 / 3 - v2 + v2 * v * 0.5, u2 * u * (1 / 6))
    slopes = SIMD4(v2 * -0.5, u * (1.5 * u - 2), v * (2 - 1.5 * v), u2 * 0.5)
  }
}
