/// `cluster_entropy`: how evenly the outputs of a checkpoint are spread over kinds, in nats.
///
/// Chao, Wang and Jost's estimate of `−Σ p log p` from the counts of the kinds. `within`: kinds are the
/// complete-linkage clusters of a prompt's outputs, over all checkpoints jointly, at one cosine radius;
/// the mean over prompts. With meaning clusters by entailment this is the discrete semantic entropy of
/// Farquhar et al. 2024; here the clusters are of vectors. `pooled`: clusters of one joint k-means. Of
/// many rare kinds only some are ever seen, and then it still falls short. The effect is a difference of nats: of logarithms of effective numbers of kinds. Invariant to
/// rotation and to the length of each row.
struct ClusterEntropy: ClusterMeasure {
  let scope: Scope
  let id = "cluster_entropy"
  let polarity = Polarity.higher
  let effectKind = EffectKind.difference
  let source =
    "Chao, Wang & Jost 2013, Methods Ecol. Evol. 4:1091; Farquhar et al. 2024, Nature 630:625"

  var summary: String {
    scope == .within
      ? "entropy in nats of the kinds of answers per prompt, bias-corrected (Chao, Wang & Jost)"
      : "entropy in nats of the clusters of all outputs, bias-corrected (Chao, Wang & Jost)"
  }

  func value(of counts: AbundanceCounts, at levels: ClusterLevels) -> Double {
    counts.total > 1 ? CountEntropy.chaoWangJost(counts) : .nan
  }
}
