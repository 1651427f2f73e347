/// `ellipse_area`: the area of the 95 % covariance ellipse, `2π ln(20) · √det S`, S with n − 1.
///
/// That ellipse holds 95 % of a Gaussian cloud. Affine-equivariant, with a bias of order 1/n that
/// cancels in the ratio at equal n. Ruled by outliers; blind to holes and modes.
struct EllipseArea: PlaneMeasure {
  let id = "ellipse_area"
  let polarity = Polarity.higher
  let summary = "area of the 95 % Gaussian ellipse, 2π ln(20) √det S"
  let source = "Jennrich & Turner 1969, J. Theor. Biol. 22:227"
  let levels: [PeelLevel] = []
  let effectKind = EffectKind.logRatio
  let dependsOnCount = false

  /// `2π ln 20`: `χ²₂` exceeds `2 ln 20` with probability 1/20.
  static let scale = 2 * Double.pi * 2.995_732_273_553_991

  func value(of shape: PlaneShape, level: PeelLevel) -> Double {
    let (xx, xy, yy) = shape.covariance
    if shape.area(.all) == 0 || PlaneMoments.isSingular(xx, xy, yy) { return 0 }
    return Self.scale * (xx * yy - xy * xy).squareRoot()
  }
}
