/// `hull_perimeter`: the length of the boundary of the hull of all points.
///
/// Units of the plane. By Cauchy's formula π times the mean width of the cloud. Grows with n.
struct HullPerimeter: PlaneMeasure {
  let id = "hull_perimeter"
  let polarity = Polarity.higher
  let summary = "length of the boundary of the convex hull, π × mean width"
  let source = "Randon-Furling, Majumdar & Comtet 2009, Phys. Rev. Lett. 103:140602"
  let levels: [PeelLevel] = []
  let effectKind = EffectKind.logRatio
  let dependsOnCount = true

  func value(of shape: PlaneShape, level: PeelLevel) -> Double {
    let outline = shape.outline(.all)
    var length = 0.0
    for index in outline.indices {
      let step = outline[index + 1 == outline.count ? 0 : index + 1] - outline[index]
      length += (step * step).sum().squareRoot()
    }
    return length
  }
}
