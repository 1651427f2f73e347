/// `knn_divergence` [to_base from_base]: Kullback–Leibler divergences of two checkpoints, in nats.
///
/// Wang, Kulkarni and Verdú's `(d/n) Σ ln(ν_k(i)/ρ_k(i)) + ln(m/(n − 1))` with k = 5, ρ_k the distance to
/// the k-th nearest row of the row's own set, ν_k that of the other. `to_base` is
/// `KL(checkpoint ‖ reference)`: large where the checkpoint writes what the reference hardly does.
/// `from_base` is `KL(reference ‖ checkpoint)`: large where the reference writes what the checkpoint
/// hardly does. May be negative by estimation. Its bias has the wrong sign from d = 5 on (a truth of 0.29
/// is estimated as −0.09), so it is refused above 3. Of a copy it is negative too, since each row then
/// meets itself in the other set. Invariant to rotation, translation and a common scale. Undefined where
/// more than k outputs coincide. Source: Wang, Kulkarni & Verdú 2009.
struct NeighbourDivergence: Measure {
  let id = "knn_divergence"
  let polarity = Polarity.neither
  let summary =
    "Kullback–Leibler divergence by k-nearest-neighbour distances, at most 3 dimensions"
  let source = "Wang, Kulkarni & Verdú 2009, IEEE Trans. Inf. Theory 55:2392"
  let variants = ["to_base", "from_base"]
  let domain = MeasureDomain.plane
  static let mostDimensions = 3
}
