/// `mst_length`: the length of the shortest tree that joins all outputs in the plane.
///
/// `L = Σ ‖xᵢ − xⱼ‖` over the n − 1 edges of the Euclidean minimum spanning tree. Grows as
/// `√n β ∫ √f` with β ≈ 0.633, so at equal n twice the log ratio estimates a difference of Rényi-½
/// entropies. Units of the plane. Invariant to rotation and translation, scales linearly. Equal
/// outputs add nothing; one outlier adds only its distance. Compared at equal n.
/// Source: Beardwood, Halton & Hammersley 1959; Steele 1988 (trees).
struct SpanningTreeLength: PlaneMeasure {
  let id = "mst_length"
  let polarity = Polarity.higher
  let summary = "length of the Euclidean minimum spanning tree, Σ of its n − 1 edges"
  let source = "Beardwood, Halton & Hammersley 1959, Proc. Camb. Phil. Soc. 55:299; Steele 1988"
  let levels: [PeelLevel] = []
  let tier = PlaneTier.fields
  let effectKind = EffectKind.logRatio
  let dependsOnCount = true

  func value(of shape: PlaneShape, level: PeelLevel) -> Double { shape.treeLength }
}
