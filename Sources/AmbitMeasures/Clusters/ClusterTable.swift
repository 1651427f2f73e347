/// How many outputs of two checkpoints lie in each cluster of one clustering.
///
/// A cluster is in a checkpoint's support where its share is at least `3/n`, with n the outputs of the
/// smaller set: a cluster of less may go unseen by chance (the rule of three). It counts as lost where
/// it is in the reference's support and not in the checkpoint's, and Fisher's exact test, adjusted by
/// Benjamini and Hochberg over the clusters that are large enough to be tested, says so at 5 %; gained
/// the other way round. In the reference's support alone without that, it is undecided.
package struct ClusterTable: Sendable {
  /// Outputs of the reference and of the checkpoint, one number a cluster.
  let base: [Int]
  let tuned: [Int]
  let baseCount: Int
  let tunedCount: Int
  /// The n of the rule of three: of the whole sets, also in parts of them.
  let supportCount: Int

  /// The outputs of a set that a cluster must be expected to have.
  static let detectable = 3
  static let level = 0.05

  /// - Parameter supportCount: the outputs of the smaller of the two whole sets; of these where nil.
  package init(base: [Int], tuned: [Int], supportCount: Int? = nil) {
    self.base = base
    self.tuned = tuned
    baseCount = base.reduce(0, +)
    tunedCount = tuned.reduce(0, +)
    self.supportCount = supportCount ?? min(baseCount, tunedCount)
  }

  /// How many clusters both support, and each alone.
  package var supports: (both: Int, base: Int, tuned: Int) {
    var (both, first, second) = (0, 0, 0)
    for cluster in base.indices {
      let (isInBase, isInTuned) = (isInBase(cluster), isInTuned(cluster))
      both += isInBase && isInTuned ? 1 : 0
      first += isInBase ? 1 : 0
      second += isInTuned ? 1 : 0
    }
    return (both, first, second)
  }

  /// What became of a cluster, where that is certain.
  package struct Change: Equatable, Sendable {
    package let cluster: Int
    package let isLost: Bool
    package let adjustedP: Double
  }

  /// The clusters lost and gained, by cluster.
  package var changes: [Change] {
    guard baseCount > 0, tunedCount > 0 else { return [] }
    var tests = 0
    var candidates: [(p: Double, cluster: Int)] = []
    let whole = Double(baseCount + tunedCount)
    let share = Double(baseCount) / whole
    for cluster in base.indices {
      // Were it as frequent in the one as in the other, would the other be sure to have it?
      let expected = max(
        base[cluster] * tunedCount / baseCount, tuned[cluster] * baseCount / tunedCount)
      guard expected >= Self.detectable else { continue }
      tests += 1
      let margin = Double(base[cluster] + tuned[cluster])
      let excess = Double(base[cluster]) - margin * share
      let variance = margin * share * (1 - share) * (whole - margin) / max(1, whole - 1)
      // So near what is expected, no exact test is significant, and only such p values matter.
      guard excess * excess > 1.5 * variance else { continue }
      let p = FisherExactTest.pValue(
        inFirst: base[cluster], of: baseCount, inSecond: tuned[cluster], of: tunedCount)
      if p <= Self.level { candidates.append((p, cluster)) }
    }
    // Benjamini and Hochberg; p values above the level cannot bring another one below it.
    candidates.sort { ($0.p, $0.cluster) < ($1.p, $1.cluster) }
    var lowest = 1.0
    var found: [Change] = []
    for (rank, candidate) in candidates.enumerated().reversed() {
      lowest = min(lowest, Double(tests) / Double(rank + 1) * candidate.p)
      let cluster = candidate.cluster
      guard lowest <= Self.level, isInBase(cluster) != isInTuned(cluster) else { continue }
      found.append(Change(cluster: cluster, isLost: isInBase(cluster), adjustedP: lowest))
    }
    return found.sorted { $0.cluster < $1.cluster }
  }

  private func isInBase(_ cluster: Int) -> Bool {
    base[cluster] > 0 && base[cluster] * supportCount >= Self.detectable * baseCount
  }

  private func isInTuned(_ cluster: Int) -> Bool {
    tuned[cluster] > 0 && tuned[cluster] * supportCount >= Self.detectable * tunedCount
  }
}
