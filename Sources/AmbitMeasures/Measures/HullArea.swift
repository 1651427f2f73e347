/// `hull_area`: the area of the peeled convex hull, `½ |Σ (xᵢ yᵢ₊₁ − xᵢ₊₁ yᵢ)|`.
///
/// Units: squared units of the plane. Affine-equivariant, so at equal n the log ratio is free of the
/// bias that makes every hull grow with n. Blind to holes and modes; without a peel one outlier
/// rules it. Source: science of the minimum convex polygon (Mohr 1947), Rényi & Sulanke 1963.
struct HullArea: PlaneMeasure {
  let id = "hull_area"
  let polarity = Polarity.higher
  let summary = "area of the convex hull of the central 100, 95 or 50 % of points"
  let source = "Mohr 1947, Am. Midl. Nat. 37:223; Rényi & Sulanke 1963, Z. Wahrsch. 2:75"
  let levels = PeelLevel.allCases
  let effectKind = EffectKind.logRatio
  let dependsOnCount = true

  func value(of shape: PlaneShape, level: PeelLevel) -> Double { shape.area(level) }
}
