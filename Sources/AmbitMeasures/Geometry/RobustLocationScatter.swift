/// Where the bulk of a planar cloud lies and how it spreads, hardly moved by its outliers.
///
/// A deterministic relative of the minimum covariance determinant: from the classical mean and
/// covariance, concentration steps keep the `h = ⌈(n + 3) / 2⌉` points of smallest Mahalanobis
/// distance (with all ties) and take their mean and covariance again, until the determinant stops
/// falling, at most `maximumSteps` times. There is no random start, so the result is a function of
/// the cloud alone, whatever the order of its points, and affine-equivariant. It withstands the
/// outliers from which one classical start recovers, not the full breakdown point of MCD. The scatter
/// is not rescaled for consistency: only its shape is used.
///
/// Where more than half the points coincide or lie on one line, that half has no area; then the
/// classical estimate of the whole cloud stands (`isFallback`). O(n) a step.
/// Source: Rousseeuw & Van Driessen 1999 (the concentration step).
public struct RobustLocationScatter: Equatable, Sendable {
  /// The mean of the central points.
  public var location: SIMD2<Double>
  /// Their variance of x; all three are divided by their number.
  public var xx: Double
  /// The covariance of x and y.
  public var xy: Double
  /// The variance of y.
  public var yy: Double
  /// Whether the classical estimate had to be used.
  public var isFallback: Bool

  /// The most concentration steps taken.
  public static let maximumSteps = 6

  /// Estimates from `points`, in any order; they are sorted first, since sums depend on the order.
  public init(of points: [SIMD2<Double>]) {
    let workspace = PlaneWorkspace(capacity: points.count)
    workspace.load(points)
    self = workspace.robustScatter()
  }

  init(_ moments: PlaneMoments, isFallback: Bool) {
    location = moments.mean
    xx = moments.xx
    xy = moments.xy
    yy = moments.yy
    self.isFallback = isFallback
  }

  /// The squared Mahalanobis distance of `point`; along the line for a cloud on a line, and 0 for a
  /// cloud of equal points.
  public func squaredDistance(to point: SIMD2<Double>) -> Double {
    let form = QuadraticForm(inverting: self)
    let offset = point - location
    return form.value(offset.x, offset.y)
  }
}

/// The inverse of a 2 × 2 covariance, as `a·x² + b·x·y + c·y²`.
struct QuadraticForm {
  var a = 0.0
  var b = 0.0
  var c = 0.0

  init(inverting scatter: RobustLocationScatter) {
    let determinant = scatter.xx * scatter.yy - scatter.xy * scatter.xy
    if PlaneMoments.isSingular(scatter.xx, scatter.xy, scatter.yy) {
      // On a line the pseudo-inverse measures along it.
      let trace = scatter.xx + scatter.yy
      guard trace > 0 else { return }
      let scale = 1 / (trace * trace)
      a = scatter.xx * scale
      b = 2 * scatter.xy * scale
      c = scatter.yy * scale
    } else {
      a = scatter.yy / determinant
      b = -2 * scatter.xy / determinant
      c = scatter.xx / determinant
    }
  }

  @inline(__always)
  func value(_ x: Double, _ y: Double) -> Double { a * x * x + b * x * y + c * y * y }
}

/// Count, mean and covariance (divided by the count) of planar points.
struct PlaneMoments {
  var count: Double
  var mean: SIMD2<Double>
  var xx: Double
  var xy: Double
  var yy: Double

  var determinant: Double { xx * yy - xy * xy }

  /// Whether the covariance is that of points on one line, as far as doubles can tell.
  static func isSingular(_ xx: Double, _ xy: Double, _ yy: Double) -> Bool {
    !(xx > 0 && yy > 0 && xx * yy - xy * xy > 1e-13 * xx * yy)
  }

  var isSingular: Bool { Self.isSingular(xx, xy, yy) }
}

extension PlaneMoments {
  /// The moments of some points, in two passes.
  init(of points: [SIMD2<Double>]) {
    let count = Double(max(1, points.count))
    let mean = points.reduce(.zero, +) / count
    var (xx, xy, yy) = (0.0, 0.0, 0.0)
    for point in points {
      let offset = point - mean
      xx += offset.x * offset.x
      xy += offset.x * offset.y
      yy += offset.y * offset.y
    }
    self.init(
      count: Double(points.count), mean: mean, xx: xx / count, xy: xy / count, yy: yy / count)
  }
}
