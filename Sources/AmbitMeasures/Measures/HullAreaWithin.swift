internal import AmbitMatrix

/// `hull_area` [peel100] within prompts: the area of the hull of one prompt's outputs in the raw plane.
///
/// `½ |Σ (xᵢ yᵢ₊₁ − xᵢ₊₁ yᵢ)|`, the mean over prompts; the effect is the mean of the prompts' log ratios,
/// which at equal r is free of the bias that makes hulls grow with r. The pooled hull is ruled by the
/// spread between prompts; this one does not see it. Needs eight samples a prompt: hulls of fewer say
/// more of r than of the model. Units: squared units of the plane. A prompt whose outputs lie on one
/// line has the area 0, raised to the floor of log ratios. Affine-equivariant.
struct HullAreaWithin: PromptMeasure {
  let id = "hull_area"
  let polarity = Polarity.higher
  let summary = "area of the convex hull of a prompt's outputs, from 8 samples a prompt on"
  let source = "Rényi & Sulanke 1963, Z. Wahrsch. 2:75 (its growth with r)"
  let variants = [PeelLevel.all.variant]
  let isPlanar = true
  let domain = MeasureDomain.plane
  let samplesNeeded = 8

  func values(of rows: Matrix, offsets: [Int], workers: Workers) -> [[Double]] {
    perPrompt(rows, offsets: offsets, workers: workers) { own in
      [ConvexPolygon(hullOf: (0..<own.rowCount).map { own.place($0) }).area]
    }
  }

  func values(of sample: PromptSample) -> [Double] {
    [ConvexPolygon(hullOf: sample.places).area]
  }
}
