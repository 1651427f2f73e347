/// `hull_vertices`: the number N of corners of the hull of all points.
///
/// Grows like log n (Gaussian, polygon) or n^⅓ (smooth convex support). It describes the edge of the
/// cloud; more corners are neither more nor less diverse.
struct HullVertices: PlaneMeasure {
  let id = "hull_vertices"
  let polarity = Polarity.neither
  let summary = "number of corners of the convex hull"
  let source = "Rényi & Sulanke 1963, Z. Wahrsch. 2:75"
  let levels: [PeelLevel] = []
  let effectKind = EffectKind.difference
  let dependsOnCount = true

  func value(of shape: PlaneShape, level: PeelLevel) -> Double {
    Double(shape.cornerCount(.all))
  }
}
