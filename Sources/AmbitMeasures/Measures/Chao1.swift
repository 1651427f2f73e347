/// `chao1`: a lower bound of the number of clusters that a checkpoint can reach.
///
/// `S + (n−1)/n · f₁²/2f₂`: the clusters seen, and what those seen once and twice say of the rest. Few
/// clusters of a joint k-means go unseen, since every one holds outputs of some checkpoint; where none
/// is rare, it is the number seen.
struct Chao1: ClusterMeasure {
  let scope = Scope.pooled
  let id = "chao1"
  let polarity = Polarity.higher
  let effectKind = EffectKind.logRatio
  let summary = "clusters seen plus those that rare ones hint at, S + (n−1)/n · f₁²/2f₂"
  let source = "Chao 1984, Scand. J. Stat. 11:265"

  func value(of counts: AbundanceCounts, at levels: ClusterLevels) -> Double {
    Richness.chao1(counts)
  }
}
