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

  /// The near part goes this many nodes far: with cubic splines, forces are right to 10⁻³ and better.
  static let reachInNodes: Float = 6
  /// The finest mesh that resolves φ itself.
  static let finest: Float = 0.125
  /// How many nodes lie beyond the points on each side.
  static let margin = 3

  /// Nanoseconds on one core of a machine with 512-bit vectors, fitted to 130 timings of 300 to 5,000
  /// points of a real map at three sizes (mean error 4 %): a pair of points, exactly; a pair of near
  /// ones; a point on the mesh, and if it has near ones; a node and binary digit of the length of a
  /// transform; and for the loops alone.
  static let exactPair = 0.55
  static let nearPair = 0.34
  static let meshPoint = 35.0
  static let nearPoint = 28.0
  static let meshNode = 0.2
  static let meshStart = 5000.0

  /// The cheapest mesh for points with these bounds.
  init(span: SIMD2<Float>, count: Int, histogram: PointHistogram) {
    let widest = max(span.x, span.y)
    var best: MeshPlan?
    let density = Double(count) / Double(max(span.x * span.y, 1e-12))
    if density >= 20 {
      // Never less than 24 nodes across, for φ must be resolved as the points see it.
      var spacing = Self.finest
      while spacing > widest / 24, spacing > 1e-12 { spacing *= 0.5 }
      best = Self(spacing: spacing, reach: 0, span: span, count: count, histogram: histogram)
    }
    for step in 0..<10 {
      let spacing: Float = [0.25, 0.354, 0.5, 0.707, 1, 1.414, 2, 2.828, 4, 5.657][step]
      guard widest / spacing <= 1500 || step == 9 else { continue }
      let next = Self(
        spacing: spacing, reach: Self.reachInNodes * spacing, span: span, count: count,
        histogram: histogram)
      if next.cost < best?.cost ?? .infinity { best = next }
    }
    self = best ?? Self(spacing: 1, reach: 6, span: span, count: count, histogram: histogram)
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
