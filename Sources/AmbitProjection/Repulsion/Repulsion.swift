internal import AmbitMatrix

/// The push of all points on all, `Σⱼ φᵢⱼ² (yᵢ − yⱼ)`, and Z, the sum of φ over all pairs.
///
/// Exact sums where they are cheaper, else a mesh whose root mean square error is below 10⁻³ of the
/// push. Keeps its plan for some calls; the plan depends on the points that it was asked about alone.
struct Repulsion {
  /// How the last call was computed.
  enum Path: Equatable {
    case exact
    case mesh(MeshPlan)
  }

  private(set) var path = Path.exact
  private var mesh: ParticleMesh?
  private var callsUntilPlan = 0
  private let choice: Choice

  /// Which ways may be taken.
  enum Choice {
    case cheapest
    case alwaysExact
    case alwaysMesh
  }

  init(_ choice: Choice = .cheapest) { self.choice = choice }

  /// Writes the push on each point to `forces`; returns Z, a point's pair with itself left out.
  mutating func evaluate(
    _ points: MapPoints, into forces: MapPoints, workers: Workers
  ) -> Double {
    let (low, high) = points.bounds
    let span = high - low
    if callsUntilPlan == 0 || !(mesh?.holds(span) ?? true) {
      plan(points, low: low, span: span, workers: workers)
      callsUntilPlan = 10
    }
    callsUntilPlan -= 1
    let sum =
      mesh?.evaluate(points, low: low, span: span, into: forces, workers: workers)
      ?? ExactRepulsion.evaluate(
        targets: points, sources: points, into: forces, workers: workers)
    return max(sum - Double(points.count), .leastNormalMagnitude)
  }

  private mutating func plan(
    _ points: MapPoints, low: SIMD2<Float>, span: SIMD2<Float>, workers: Workers
  ) {
    let count = Double(points.count)
    let next: Path
    if choice == .alwaysExact || !(min(span.x, span.y) > 0 && max(span.x, span.y).isFinite) {
      next = .exact
    } else {
      let best = MeshPlan(
        span: span, count: points.count,
        histogram: PointHistogram(points, low: low, span: span))
      let isCheaper = best.cost < MeshPlan.exactPair * count * count
      next = isCheaper || choice == .alwaysMesh ? .mesh(best) : .exact
    }
    guard case .mesh(let plan) = next else {
      (path, mesh) = (.exact, nil)
      return
    }
    if case .mesh(let current) = path, let mesh, mesh.holds(span),
      current.spacing == plan.spacing, current.reach == plan.reach, !mesh.isWasteful(for: span)
    {
      return
    }
    mesh = ParticleMesh(plan: plan, span: 1.06 * span, workers: workers)
    path = next
  }
}
