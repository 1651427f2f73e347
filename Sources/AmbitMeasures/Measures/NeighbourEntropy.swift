/// `knn_entropy` [k5]: the differential entropy of a checkpoint's outputs, in nats.
///
/// Kozachenko and Leonenko's `ψ(n) − ψ(k) + ln V_d + (d/n) Σ ln ρ_k(i)`, ρ_k the distance to the k-th
/// nearest row of the set, `V_d` the volume of the unit ball. Consistent in any dimension, but its bias
/// grows with it: in a joint plane it is small, at d = 10 about 1 %, at d = 20 of the wrong size, so it
/// is refused above 10. It belongs to the plane that it is taken in and depends on the unit there:
/// scaling by s adds `d ln s`, so differences between checkpoints have a meaning and values have none.
/// Invariant to rotation and translation. Undefined where more than k outputs coincide. Sources:
/// Kozachenko & Leonenko 1987; Kraskov, Stögbauer & Grassberger 2004.
struct NeighbourEntropy: Measure {
  let id = "knn_entropy"
  let polarity = Polarity.higher
  let summary = "differential entropy by k-nearest-neighbour distances, at most 10 dimensions"
  let source = "Kozachenko & Leonenko 1987, Probl. Inf. Transm. 23:95"
  static let variant = "k\(NeighbourEntropyEngine.k)"
  let variants = [Self.variant]
  let domain = MeasureDomain.plane
  static let mostDimensions = 10
}
