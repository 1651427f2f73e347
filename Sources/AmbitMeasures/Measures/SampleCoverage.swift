/// `sample_coverage`: the share of a checkpoint's law that lies in the clusters its outputs fell in.
///
/// Chao and Jost's `1 − (f₁/n) (n−1)f₁ / ((n−1)f₁ + 2f₂)`; 1 less it is the chance that the next output
/// is in a new cluster. At equal n a wider model is covered less, so lower means more diverse.
struct SampleCoverage: ClusterMeasure {
  let scope = Scope.pooled
  let id = "sample_coverage"
  let polarity = Polarity.lower
  let effectKind = EffectKind.difference
  let summary = "chance that the next output lies in a cluster already seen (Chao & Jost)"
  let source = "Chao & Jost 2012, Ecology 93:2533; Good 1953, Biometrika 40:237"

  func value(of counts: AbundanceCounts, at levels: ClusterLevels) -> Double {
    SampleCoverageEstimate.chaoJost(counts)
  }
}
