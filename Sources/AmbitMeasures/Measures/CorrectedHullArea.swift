/// `hull_area` [baldin_reiss gaussian_equivalent disk_equivalent]: the hull's area without its bias, if
/// the law were of a known kind.
///
/// With A the area of the hull of all n points and N its corners:
/// - `baldin_reiss`: `A (n + 1) / (n − N + 1)`, unbiased for the area of a convex support with a uniform
///   law on it;
/// - `gaussian_equivalent`: `A / g(n)`, the `√det Σ` of the Gaussian whose hull of n points has this
///   mean area;
/// - `disk_equivalent`: `A π / u(n)`, the area of the ellipse on which n uniform points have it.
///
/// Units: squared units of the plane. Affine-equivariant. Wrong for other laws, so checkpoints are
/// compared at equal n all the same, where the log ratio of the last two is that of `A`. One outlier
/// rules all three. `ExpectedHullArea` has g and u.
struct CorrectedHullArea: PlaneMeasure {
  enum Law: String, Sendable {
    case uniformOnConvexSet = "baldin_reiss"
    case gaussian = "gaussian_equivalent"
    case uniformOnDisk = "disk_equivalent"
  }

  let law: Law
  let id = "hull_area"
  let polarity = Polarity.higher
  let levels: [PeelLevel] = []
  let effectKind = EffectKind.logRatio
  let dependsOnCount = true

  init(_ law: Law) { self.law = law }

  var variant: String { law.rawValue }

  var summary: String {
    switch law {
    case .uniformOnConvexSet:
      "area of a uniform law's convex support, hull area × (n + 1)/(n − corners + 1)"
    case .gaussian: "√det Σ of the Gaussian with such a hull, hull area / g(n)"
    case .uniformOnDisk:
      "area of the ellipse with such a hull of uniform points, hull area × π/u(n)"
    }
  }

  var source: String {
    switch law {
    case .uniformOnConvexSet: "Baldin & Reiß 2016, Stoch. Proc. Appl. 126:3716"
    case .gaussian, .uniformOnDisk: "Randon-Furling, Majumdar & Comtet 2009, PRL 103:140602"
    }
  }

  func value(of shape: PlaneShape, level: PeelLevel) -> Double {
    let area = shape.area(.all)
    if area == 0 { return 0 }
    switch law {
    case .uniformOnConvexSet:
      let n = Double(shape.count)
      return area * (n + 1) / (n - Double(shape.cornerCount(.all)) + 1)
    case .gaussian: return area / shape.expectedArea.gaussian
    case .uniformOnDisk: return area * Double.pi / shape.expectedArea.disk
    }
  }
}
