/// The six weights of a quintic B-spline at one place between nodes, and their slopes.
///
/// The last two lanes are 0, so that eight nodes are read and written at once.
struct SplineWeights {
  /// How many nodes a point is laid on, each way.
  static let nodeCount = 6

  let weights: SIMD8<Float>
  let slopes: SIMD8<Float>

  /// - Parameter offset: how far the place lies beyond the third of the six nodes, from 0 to 1.
  @inline(__always)
  init(offset u: Float) {
    let c0 = SIMD8<Float>(1, 26, 66, 26, 1, 0, 0, 0) * (1 / 120)
    let c1 = SIMD8<Float>(-5, -50, 0, 50, 5, 0, 0, 0) * (1 / 120)
    let c2 = SIMD8<Float>(10, 20, -60, 20, 10, 0, 0, 0) * (1 / 120)
    let c3 = SIMD8<Float>(-10, 20, 0, -20, 10, 0, 0, 0) * (1 / 120)
    let c4 = SIMD8<Float>(5, -20, 30, -20, 5, 0, 0, 0) * (1 / 120)
    let c5 = SIMD8<Float>(-1, 5, -10, 10, -5, 1, 0, 0) * (1 / 120)
    var sum = c5
    sum = sum * u + c4
    sum = sum * u + c3
    sum = sum * u + c2
    sum = sum * u + c1
    weights = sum * u + c0
    var slope = c5 * 5
    slope = slope * u + c4 * 4
    slope = slope * u + c3 * 3
    slope = slope * u + c2 * 2
    slopes = slope * u + c1
  }
}
