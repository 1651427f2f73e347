/// `density` [k5]: how many reference k-balls hold an output of the checkpoint, over k.
///
/// `1/k · mean_j #{i: d(xᵢ, yⱼ) < r_k(xᵢ)}` with x the reference, y the checkpoint. Its mean for equal
/// laws is 1, in any dimension; it has no upper bound. Above 1 the checkpoint's outputs crowd where the
/// reference's are dense (contraction), below 1 they lie where these are rare. Invariant to rotation,
/// translation and a common scale. Source: Naeem et al. 2020.
struct Density: NeighbourMeasure {
  let id = "density"
  let polarity = Polarity.neither
  let summary = "mean number of the reference's k-nearest-neighbour balls over an output, over k"
  let source = "Naeem et al. 2020, arXiv:2002.09797"
  let tail = PermutationTest.Tail.twoSided
  let nullValue: Double? = 1
  let upperBound = Double.infinity

  func value(of counts: NeighbourCounts) -> Double {
    Double(counts.pairs) / (Double(counts.k) * Double(counts.tuned))
  }
}
