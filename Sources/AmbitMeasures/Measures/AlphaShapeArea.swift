/// `alpha_shape_area` [x1 x1.5 x2 x3 x5]: the area of the cloud seen at one resolution, with its holes.
///
/// The sum of the areas of the Delaunay triangles whose circumradius is below α. α is the factor of the
/// variant times the median distance of the *baseline's* outputs to their fifth nearest neighbour, in
/// this plane: the same length for every checkpoint, resample and relabelling. Read the curve over α,
/// never one α: x1 and x1.5 fall apart where points are sparse, x5 closes holes.
/// Units: squared units of the plane. Invariant to rotation and translation; scales with the square
/// only together with α, so a uniform contraction also fills gaps. Grows with n; compared at equal n.
/// Isolated points have no area; blind to density inside. Source: Edelsbrunner, Kirkpatrick & Seidel
/// 1983.
struct AlphaShapeArea: PlaneMeasure {
  /// A point of the curve; the raw value is the variant.
  enum Factor: String, CaseIterable, Sendable {
    case x1
    case x1half = "x1.5"
    case x2
    case x3
    case x5

    var value: Double {
      switch self {
      case .x1: 1
      case .x1half: 1.5
      case .x2: 2
      case .x3: 3
      case .x5: 5
      }
    }
  }

  let factor: Factor
  let id = "alpha_shape_area"
  let polarity = Polarity.higher
  let source = "Edelsbrunner, Kirkpatrick & Seidel 1983, IEEE Trans. Inf. Theory 29:551"
  let levels: [PeelLevel] = []
  let tier = PlaneTier.fields
  let effectKind = EffectKind.logRatio
  let dependsOnCount = true

  init(_ factor: Factor) { self.factor = factor }

  var variant: String { factor.rawValue }
  var summary: String {
    "area of Delaunay triangles of circumradius < \(variant.dropFirst()) × the baseline's median "
      + "5th-neighbour distance"
  }

  func value(of shape: PlaneShape, level: PeelLevel) -> Double {
    shape.unitLength > 0 ? shape.alphaShapeArea(radius: factor.value * shape.unitLength) : .nan
  }
}
