/// `recall` [k5]: the share of the reference's outputs inside the k-ball of some checkpoint output.
///
/// `mean_i 1[∃j: d(xᵢ, yⱼ) < r_k(yⱼ)]` with x the reference, y the checkpoint, `r_k(yⱼ)` the distance
/// from yⱼ to its k-th nearest neighbour among the y. In [0, 1]; its value for equal laws is not 1 (0.73
/// in 64 dimensions with 1,000 rows), so read it against its null band. Falls when outputs contract and
/// when modes are lost. Invariant to rotation, translation and a common scale; one far checkpoint
/// output has a huge ball. Source: Kynkäänniemi et al. 2019.
struct Recall: NeighbourMeasure {
  let id = "recall"
  let polarity = Polarity.higher
  let summary = "share of the reference's outputs within the checkpoint's k-nearest-neighbour balls"
  let source = "Kynkäänniemi et al. 2019, arXiv:1904.06991"
  let tail = PermutationTest.Tail.low

  func value(of counts: NeighbourCounts) -> Double {
    Double(counts.baseInTuned) / Double(counts.base)
  }
}
