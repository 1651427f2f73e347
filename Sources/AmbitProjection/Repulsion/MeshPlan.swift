/// How the push of all points on all is computed: pair by pair, or on a mesh.
///
/// Mesh: φ is cut into a part that is smooth on the scale of the mesh, and a rest that is zero beyond
/// `reach`. The smooth part is convolved by Fourier transform, the rest summed over near pairs. The
/// finer the mesh, the fewer near pairs; the plan with the smallest estimated cost is taken. It
/// depends on the points alone, never on the machine.
struct MeshPlan: Equatable, Sendable {
  /// The distance between nodes.
  let spacing: Float
  /// How far the near part goes; 0 where the points lie so densely that the mesh alone suffices.
  let reach: Float
  /// Nanoseconds on one core, as measured on one machine.
  let cost: Double

  /// Meshes with a near part: the distance between nodes, and how many nodes far the near part goes.
  /// With quintic splines the force between two points is then right to 6·10⁻⁴ and better: the wider
  /// the nodes, the smoother is the rest beyond the same number of them.
  static let meshes: [(spacing: Float, nodes: Float)] = [
    (0.354, 5), (0.5, 5), (0.707, 4.5), (1, 4), (1.414, 3.75), (2, 3.5), (2.828, 3.25), (4, 3),
    (5.657, 3),
  ]
  /// The mesh that resolves φ itself, and from how many points per unit of area on: a point pushes
  /// itself a little, which matters only where no other point is near.
  static let finest: Float = 0.25
  static let finestFrom = 0.5
  /// How many nodes lie beyond the points on each side: room for the splines, and so far from where
  /// the transform repeats itself that its kink there does not reach the points.
  static let margin = 8

  /// Nanoseconds on one core of a machine with 512-bit vectors, fitted to 100 timings of 300 to 50,000
  /// points of five maps (mean error 7 %): a pair of points, exactly; a pair of near ones; a point on
  /// the mesh, and if it has near ones; a node and binary digit of the length of a transform; and for
  /// the loops alone.
  static let exactPair = 0.55
  static let nearPair = 0.74
  static let meshPoint = 85.0
  static let nearPoint = 14.0
  static let meshNode = 0.18
  static let meshStart = 9400.0

  /// The cheapest mesh for points with these bounds.
  init(span: SIMD2<Float>, count: Int, histogram: PointHistogram) {
    let widest = max(span.x, span.y)
    var best: MeshPlan?
    let density = Double(count) / Double(max(span.x * span.y, 1e-12))
    if density >= Self.finestFrom {
      // Never less than sixteen nodes across, for φ must be resolved as the points see it.
      var spacing = Self.finest
      while spacing > widest / 16, spacing > 1e-12 { spacing *= 0.5 }
      best = Self(spacing: spacing, reach: 0, span: span, count: count, histogram: histogram)
    }
    // Where all pairs are near, cutting them in two would only lose digits.
    for (spacing, nodes) in Self.meshes where best == nil || widest > 2 {
      guard widest / spacing <= 1500 || spacing == Self.meshes.last?.spacing else { continue }
      let next = Self(
        spacing: spacing, reach: nodes * spacing, span: span, count: count, histogram: histogram)
      if next.cost < best?.cost ?? .infinity { best = next }
    }
    self = best ?? Self(spacing: 1, reach: 4, span: span, count: count, histogram: histogram)
  }

  /// A plan with given numbers.
  init(
    spacing: Float, reach: Float, span: SIMD2<Float>, count: Int, histogram: PointHistogram
  ) {
    self.spacing = spacing
    self.reach = reach
    let columns = Double(Self.length(span.x, spacing))
    let rows = Double(Self.length(span.y, spacing))
    let digits = Double((columns * rows).exponent + 1)
    var cost =
      Self.meshStart + Self.meshPoint * Double(count) + Self.meshNode * columns * rows * digits
    if reach > 0 {
      // Five cells of half the reach each way.
      cost +=
        Self.nearPoint * Double(count)
        + Self.nearPair * histogram.pairs(within: 1.25 * Double(reach))
    }
    self.cost = cost
  }

  /// How many nodes a side of that length needs, without the empty half of the transform.
  static func nodes(_ span: Float, _ spacing: Float) -> Int {
    Int((span / spacing).rounded(.up)) + 2 * margin
  }

  /// The length of the transform of a side.
  static func length(_ span: Float, _ spacing: Float) -> Int {
    FourierTransform.length(atLeast: 2 * nodes(span, spacing))
  }
}
