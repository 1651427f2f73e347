/// `precision` [k5]: the share of the checkpoint's outputs inside the k-ball of some reference output.
///
/// `mean_j 1[∃i: d(xᵢ, yⱼ) < r_k(xᵢ)]` with x the reference, y the checkpoint, `r_k(xᵢ)` the distance
/// from xᵢ to its k-th nearest neighbour among the x. In [0, 1]; below 1 even for equal laws, the more
/// so in high dimension, so read it against its null band. Rises when outputs contract. Invariant to
/// rotation, translation and a common scale; one far reference output has a huge ball.
/// Source: Kynkäänniemi et al. 2019.
struct Precision: NeighbourMeasure {
  let id = "precision"
  let polarity = Polarity.neither
  let summary = "share of the checkpoint's outputs within the reference's k-nearest-neighbour balls"
  let source = "Kynkäänniemi et al. 2019, arXiv:1904.06991"
  let tail = PermutationTest.Tail.low

  func value(of counts: NeighbourCounts) -> Double {
    Double(counts.tunedInBase) / Double(counts.tuned)
  }
}
